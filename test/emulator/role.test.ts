import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { AzureError } from '../../src/collect/azure.ts';
import { permissionsOf } from '../../src/dev/permissions.ts';
import { allowing } from '../../src/emulator/index.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import type { Missing } from '../../src/model/evidence.ts';
import type { Facet } from '../../src/model/facets.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import type { Report } from '../../src/pages/report.ts';
import { policiesUnseen } from '../../src/plan/policies.ts';
import { collected, usualFacets } from '../emulated.ts';
import { documentedRole } from '../role.ts';
import { toldVerdicts } from '../verdicts.ts';
import { roleTenant } from './role-tenant.ts';

const role = documentedRole();

const collectedBy = (actions: readonly string[]): Promise<Snapshot> =>
  collected(allowing(roleTenant, actions), usualFacets);

const judged = (snapshot: Snapshot): Report => evaluate(snapshot, { checks, profile: 'regulated' });

const verdictsIn = (report: Report): ReadonlyMap<string, string> =>
  new Map(toldVerdicts(report).map(({ check, subject, verdict }) => [`${check} of ${subject}`, verdict]));

const checkOf = (verdict: string): string => verdict.split(' ')[0] ?? '';

/** Every action that the evidence in a value says is missing, in lower case. */
function missingIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'state' in value && value.state === 'denied' && 'missing' in value ? (value.missing as Missing[]) : [];
  return [...own.map(({ action }) => action.toLowerCase()), ...Object.values(value).flatMap(missingIn)];
}

/** The facets that say so of themselves or of a part, and which actions. */
function deniedFacets({ subscriptions, registries, shared }: Snapshot) {
  const pairs = [...subscriptions, ...registries].flatMap(({ facets }) => Object.entries(facets));
  const denied = [...pairs, ...Object.entries(shared)].flatMap(([facet, evidence]) =>
    missingIn(evidence).map((action) => ({ facet, action })),
  );
  const lists = subscriptions
    .flatMap(({ registries: list }) => missingIn(list))
    .map((action) => ({ facet: 'registry', action }));
  return [...denied, ...lists];
}

const facetsOf = (action: string): readonly string[] =>
  [...usualFacets].filter((facet) => permissionsOf(facet).some((one) => one.toLowerCase() === action.toLowerCase()));

/** What a check is handed. */
const asks = (id: string): readonly Facet[] => {
  const check = checks.find((one) => one.id === id);
  return [...(check?.needs ?? []), ...(check?.evidence ?? []), ...(check?.words ?? [])];
};

/** It judges the networks that are known, and passes where no other is; that another may be is said by clusters-reach-registry. */
const ofKnownNetworks = 'private-dns-records-complete';

const acr = 'Microsoft.ContainerRegistry/registries';

/** For each action, a check that nobody can answer without it. */
const needed: Readonly<Record<string, string>> = {
  'Microsoft.App/containerApps/read': 'apps-pull-keyless',
  'Microsoft.App/jobs/read': 'apps-pull-keyless',
  'Microsoft.App/managedEnvironments/read': 'private-dns-zone-linked',
  'Microsoft.Authorization/denyAssignments/read': 'clusters-can-pull',
  'Microsoft.Authorization/locks/read': 'delete-locked',
  'Microsoft.Authorization/roleAssignments/read': 'workload-roles-least-privilege',
  'Microsoft.Authorization/roleDefinitions/read': 'clusters-can-pull',
  'Microsoft.ContainerInstance/containerGroups/read': 'apps-can-pull',
  [`${acr}/agentpools/read`]: 'tasks-have-a-place-to-run',
  [`${acr}/cacheRules/read`]: 'cache-namespace-bounded',
  [`${acr}/connectedRegistries/read`]: 'connected-registries-healthy',
  [`${acr}/credentialSets/read`]: 'cache-credentials-healthy',
  [`${acr}/exportPipelines/read`]: 'export-disabled',
  [`${acr}/importPipelines/read`]: 'import-pipelines-closed',
  [`${acr}/listUsages/read`]: 'storage-within-included',
  [`${acr}/privateEndpointConnections/read`]: 'private-endpoint-approved',
  [`${acr}/replications/read`]: 'replicas-healthy',
  [`${acr}/runs/read`]: 'tasks-succeeding',
  [`${acr}/scopeMaps/read`]: 'scope-maps-least-privilege',
  [`${acr}/tasks/read`]: 'purge-commands-safe',
  [`${acr}/tokens/read`]: 'token-passwords-expire',
  [`${acr}/webhooks/read`]: 'webhooks-deliver',
  'Microsoft.ContainerService/managedClusters/read': 'clusters-can-pull',
  'Microsoft.Insights/diagnosticSettings/read': 'data-plane-logged',
  'Microsoft.Insights/eventtypes/values/read': 'admin-secrets-untouched',
  'Microsoft.KeyVault/vaults/read': 'customer-managed-key-usable',
  'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read': 'federated-subjects-exact',
  'Microsoft.ManagedIdentity/userAssignedIdentities/read': 'federated-subjects-exact',
  'Microsoft.Network/dnsForwardingRulesets/forwardingRules/read': 'private-dns-zone-linked',
  'Microsoft.Network/dnsForwardingRulesets/read': 'private-dns-zone-linked',
  'Microsoft.Network/dnsForwardingRulesets/virtualNetworkLinks/read': 'private-dns-zone-linked',
  'Microsoft.Network/dnsResolvers/inboundEndpoints/read': 'private-dns-zone-linked',
  'Microsoft.Network/dnsResolvers/read': 'private-dns-zone-linked',
  'Microsoft.Network/networkInterfaces/read': 'private-endpoint-covers-every-region',
  'Microsoft.Network/networkManagers/read': 'clusters-reach-registry',
  'Microsoft.Network/privateDnsZones/A/read': 'private-dns-records-complete',
  'Microsoft.Network/privateDnsZones/CNAME/read': 'private-dns-zone-linked',
  'Microsoft.Network/privateDnsZones/read': 'private-dns-records-complete',
  'Microsoft.Network/privateDnsZones/virtualNetworkLinks/read': 'private-dns-zone-linked',
  'Microsoft.Network/privateEndpoints/privateDnsZoneGroups/read': 'private-dns-zone-group-attached',
  'Microsoft.Network/privateEndpoints/read': 'private-endpoint-has-room',
  'Microsoft.Network/virtualNetworks/read': 'private-endpoint-has-room',
  'Microsoft.Security/assessments/read': 'no-severe-image-findings',
  'Microsoft.Security/assessments/subAssessments/read': 'no-severe-image-findings',
  'Microsoft.Security/pricings/read': 'defender-scans-registries',
  'Microsoft.Storage/storageAccounts/read': 'import-pipelines-closed',
  'Microsoft.Web/sites/read': 'apps-can-pull',
  'Microsoft.Web/sites/sitecontainers/read': 'apps-pull-keyless',
  'Microsoft.Web/sites/slots/read': 'apps-can-pull',
};

/** Without these there is no registry to judge. */
const first = ['Microsoft.Resources/subscriptions/read', `${acr}/read`];

const whole = await collectedBy(role);
const before = verdictsIn(judged(whole));

test('with exactly the documented role nothing is unread', () => {
  const report = judged(whole);
  expect(report.unread).toEqual([]);
  expect(report.complete).toBe(true);
  expect(missingIn(whole)).toEqual([]);
});

/** No check asks: `plan` does, and says that it could not read them. */
const ofPlans = permissionsOf('policies');

test('each action of the role is looked at here', () => {
  expect([...Object.keys(needed), ...first, ...ofPlans].sort()).toEqual([...role].sort());
});

describe('without one action of the role, exactly what rests on it is unread', () => {
  test.each(Object.entries(needed))('%s', async (action, check) => {
    const snapshot = await collectedBy(role.filter((one) => one !== action));
    const denied = deniedFacets(snapshot);
    expect(new Set(denied.map((one) => one.action))).toEqual(new Set([action.toLowerCase()]));
    expect(new Set(denied.map(({ facet }) => facet))).toEqual(new Set(facetsOf(action)));

    const report = judged(snapshot);
    expect(report.complete).toBe(false);
    expect(report.unread.flatMap(({ missing }) => missing ?? []).map((one) => one.action.toLowerCase())).toContain(
      action.toLowerCase(),
    );

    const turned = [...verdictsIn(report)].filter(([key, verdict]) => verdict !== before.get(key));
    const unread = report.subjects.flatMap(({ findings }) =>
      findings.filter((one) => one.verdict === 'unknown' && one.unseen === 'unread'),
    );
    expect(unread.map((one) => one.check)).toContain(check);
    for (const [key, verdict] of turned) {
      const id = checkOf(key);
      if (verdict !== 'unknown') expect([id, verdict]).toEqual([ofKnownNetworks, 'pass']);
      else expect(unread.map((one) => one.check)).toContain(id);
      expect(asks(id).some((facet) => facetsOf(action).includes(facet))).toBe(true);
    }
  });
});

test.each(ofPlans)('without %s, what policies do is unread for plans alone', async (action) => {
  const snapshot = await collectedBy(role.filter((one) => one !== action));
  expect(new Set(deniedFacets(snapshot).map((one) => `${one.facet}: ${one.action}`))).toEqual(
    new Set([`policies: ${action.toLowerCase()}`]),
  );
  expect(judged(snapshot)).toEqual(judged(whole));
  expect(
    policiesUnseen(
      snapshot,
      snapshot.registries.map(({ id }) => id),
    ),
  ).toHaveLength(1);
});

test('without the right to list registries the scan says that it has seen none', async () => {
  const report = judged(await collectedBy(role.filter((one) => one !== `${acr}/read`)));
  expect(report.complete).toBe(false);
  expect(report.unread.flatMap(({ missing }) => missing ?? [])).toContainEqual(
    expect.objectContaining({ action: `${acr}/read` }),
  );
});

test('without the right to list subscriptions there is no scope', async () => {
  const scan = collectedBy(role.filter((one) => one !== 'Microsoft.Resources/subscriptions/read'));
  await expect(scan).rejects.toThrow(AzureError);
  await expect(scan).rejects.toThrow('Microsoft.Resources/subscriptions/read');
});
