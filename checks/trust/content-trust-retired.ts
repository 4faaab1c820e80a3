import { commands, defineCheck } from '../../src/check.ts';

export default defineCheck({
  id: 'content-trust-retired',
  title: 'The registry does not rest on Docker Content Trust',
  problem: 'The registry still uses Docker Content Trust, which Azure removes on 31 March 2028',
  severity: 'medium',
  profile: 'recommended',
  profileReason: 'Azure ends the feature for everybody; whoever relies on it has a date by which to be gone.',
  since: '1.0',
  article: ['Notation signing'],
  alsoKnownAs: [
    'psrule Azure.ACR.ContentTrust (AZR-000009, deprecated in v1.45)',
    'checkov CKV_AZURE_164',
    'cloudsploit acrContentTrustEnabled',
    'steampipe container_registry_trust_policy_enabled',
    'cnspec mondoo-azure-security-acr-content-trust-enabled',
    'Community-Policy enable-trust-policy',
  ],
  differs: 'The opposite verdict: see below.',
  area: 'trust',
  needs: ['registry'],

  why: 'Signatures of this kind stop to exist on 31 March 2028, and the feature shuts out customer-managed keys and repository permissions until then. Other tools ask for it to be on: since 31 May 2026 Azure refuses to enable it where it was off.',
  symptom:
    'Pushes with DOCKER_CONTENT_TRUST=1 work today; one day in 2028 they do not, and pulls that demand a signature fail.',
  cause: 'It was switched on when it was the only way to sign, or because a scanner asked for it.',
  confirm: ['az acr show --name <registry> --subscription <subscription> --query policies.trustPolicy.status'],
  fix: {
    steps: [commands.acrContentTrustOff()],
    breaks:
      'It deletes all signing data of the registry for good, and clients that set DOCKER_CONTENT_TRUST=1 can no longer pull. Sign with Notation and move the clients first.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-content-trust-deprecation'],

  rule: {
    at: 'registry/policies/trust/status',
    wanted: 'disabled',
    unwanted: ['enabled'],
    // Not for want of a better SKU: a registry that never had the feature loses nothing with it.
    neverOn: { skus: ['Basic', 'Standard'], says: 'only Premium registries ever had Docker Content Trust' },
  },
});
