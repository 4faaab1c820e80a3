import { commands, defineCheck, verdict } from '../../src/check.ts';

const status = 'registry/policies/retention/status';
const days = 'registry/policies/retention/days';

export default defineCheck({
  id: 'untagged-manifests-cleaned',
  title: 'Manifests that lost their tag are removed after a while',
  problem: 'Manifests that lost their tag stay for ever',
  severity: 'medium',
  profile: 'recommended',
  profileReason:
    'Every untagged image is still pullable by digest, is scanned and is paid for; nobody needs it after a month.',
  since: '1.0',
  article: ['Retention + purge + soft delete', 'Ways to clean up'],
  frameworks: ['ISO 27001 A.8.10'],
  alsoKnownAs: [
    'psrule Azure.ACR.Retention (AZR-000010)',
    'checkov CKV_AZURE_167',
    'azqr cr-010',
    'aprl 3ef86f16 (disabled)',
    'steampipe container_registry_retention_policy_enabled',
    'cnspec mondoo-azure-security-acr-retention-policy-enabled',
    'Community-Policy enable-retention-policy',
  ],
  differs: 'Retention on Basic: see below. Zero days is a fail: it deletes at once and for good.',
  area: 'lifecycle',
  needs: ['registry'],
  options: { maxDays: { kind: 'number', default: 30, least: 1, most: 365 } },

  why: 'An image that a rebuild replaced stays pullable by its digest with the holes that the rebuild closed, and fills the registry.',
  symptom: 'Storage grows with every build although the number of tags does not.',
  cause:
    'The retention policy is off by default. It removes only manifests of Docker media types, and only those that lose their tag after it was switched on: OCI images, signatures and older leftovers need a purge task.',
  confirm: ['az acr config retention show --registry <registry> --subscription <subscription>'],
  fix: {
    steps: [
      commands.manual(
        'Decide once what this registry needs: retention rules soft delete out (deletes-recoverable), and what it deletes is gone for good. To keep soft delete, clean by a purge with --untagged-only instead.',
      ),
      commands.acrRetention(7),
    ],
    breaks:
      'Deployments that pin the digest of an image without a tag: once the image is removed it is gone for good, because soft delete cannot be on at the same time. Lock such manifests first.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-retention-policy'],

  evaluate({ registry }, { options: { maxDays } }) {
    const { retention, softDelete } = registry.policies;
    const gate = verdict.unlessPremium(registry, 'the retention policy');
    if (gate) return gate;
    if (softDelete?.status === 'enabled')
      return verdict.notApplicable(
        retention?.status === 'enabled'
          ? 'soft delete is on too, and Azure refuses the two together (lifecycle-policies-compatible)'
          : 'soft delete is on, and Azure refuses retention beside it',
      );
    switch (retention?.status) {
      case 'enabled':
        return keptFor(retention.days, maxDays);
      case 'disabled':
        return verdict.fail(
          { at: status, saw: 'disabled', wanted: 'enabled' },
          'Manifests that lost their tag stay for ever; retention would remove them, and rules soft delete out',
        );
      case undefined:
        return verdict.untold("Azure's answer has no retention policy");
      default:
        return verdict.notSaid(status, retention?.status ?? null);
    }
  },
});

function keptFor(saw: number | null, most: number): verdict.Outcome {
  if (saw === null) return verdict.untold("Azure's answer has no retention days");
  const seen = { at: days, saw, wanted: `1 to ${most}` } as const;
  if (saw === 0) return verdict.fail(seen, 'Manifests are deleted for good the moment they lose their tag');
  return saw <= most
    ? verdict.pass([{ at: status, saw: 'enabled' }, seen])
    : verdict.fail(seen, `Untagged manifests stay for ${saw} days`);
}
