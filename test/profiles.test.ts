import { describe, expect, test } from 'vitest';
import { checks } from '../checks/index.ts';
import { checkPage } from '../src/dev/check-page.ts';
import { type Profile, profiles } from '../src/model/check.ts';

/** Which profile asks for what first; a profile holds the ones before it. Changing a line changes what pipelines fail on. */
const catalogue: Readonly<Record<Profile, string>> = {
  recommended: `
    admin-user-disabled anonymous-pull-disabled base-image-updates-tracked cache-credentials-healthy
    clusters-can-pull connected-registries-healthy content-trust-retired customer-managed-key-rotates
    data-plane-logged defender-scans-registries deletes-recoverable federated-subjects-exact
    home-region-has-zones ip-allow-rules-narrow lifecycle-policies-compatible no-severe-image-findings
    one-private-endpoint-per-network premium-sku private-dns-no-internet-fallback private-dns-records-complete
    private-dns-zone-group-attached private-dns-zone-linked private-endpoint-approved
    private-endpoint-connections-settled private-endpoint-covers-every-region private-endpoint-has-room
    public-network-access-disabled pull-request-builds-off purge-commands-safe purges-have-a-safety-net
    purges-spare-newest quarantine-has-promoter registry-reachable replica-near-consumers replicas-healthy
    replicas-serve repository-conditions-anchored role-assignments-effective scope-map-actions-coherent
    scope-maps-in-use scope-maps-least-privilege service-endpoints-unused storage-within-included
    task-definitions-secret-free task-identities-least-privilege task-source-registry-identity
    tasks-bypass-needed tasks-can-reach-registry tasks-succeeding token-passwords-expire
    token-passwords-short-lived trusted-services-bypass unlisted-networks-refused untagged-manifests-cleaned
    webhooks-deliver workload-roles-least-privilege
  `,
  hardened: `
    builds-inside-registry cleanup-scheduled dedicated-data-endpoints delete-locked geo-replicated
    images-signed implicit-pull-bounded push-gated-by-tests quarantine-on-push repository-permissions-mode
  `,
  regulated: `
    arm-audience-tokens customer-managed-key export-disabled
  `,
};

const table = profiles.flatMap((profile) =>
  catalogue[profile]
    .trim()
    .split(/\s+/)
    .map((id) => [id, profile] as const),
);

test('the catalogue and the checks are the same', () => {
  expect(checks.map(({ id }) => id).sort()).toEqual(table.map(([id]) => id).sort());
});

describe.each(checks.map((check) => [check.id, check] as const))('%s', (id, check) => {
  test('is in its profile, for a reason that its page gives', () => {
    expect([id, check.profile]).toEqual(table.find(([listed]) => listed === id));
    expect(check.profileReason.length).toBeGreaterThan(30);
    expect(checkPage(check)).toContain(`## Why it is in the ${check.profile} profile\n\n${check.profileReason}`);
  });
});
