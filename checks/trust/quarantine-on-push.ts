import { commands, defineCheck } from '../../src/check.ts';

export default defineCheck({
  id: 'quarantine-on-push',
  title: 'A pushed image is held back until something passes it',
  problem: 'A pushed image can be pulled before anything has looked at it',
  severity: 'low',
  profile: 'hardened',
  profileReason:
    'It closes the window between push and scan, but it is a preview since 2018 and an outage where nothing promotes: only for teams that run a promoter.',
  since: '1.0',
  article: ['Quarantine-on-push', 'Quarantine against signing', 'The sequence of gates'],
  frameworks: ['MCSB v1 DS-6', 'MCSB v1 PV-5', 'ISO 27001 A.8.8'],
  alsoKnownAs: [
    'psrule Azure.ACR.Quarantine (AZR-000008)',
    'checkov CKV_AZURE_166',
    'steampipe container_registry_quarantine_policy_enabled',
    'cnspec mondoo-azure-security-acr-quarantine-policy-enabled',
  ],
  differs: 'Hardened profile, severity low, and never without a promoter: see below.',
  area: 'trust',
  needs: ['registry'],

  why: 'An image is live the moment it is pushed: a node may run it before the scanner has seen it.',
  symptom: 'An image with a critical finding was already running when the finding appeared.',
  cause:
    'Quarantine is off unless somebody turns it on through the resource itself; no az acr command and no portal switch exists.',
  confirm: ['az acr show --name <registry> --subscription <subscription> --query policies.quarantinePolicy.status'],
  fix: {
    steps: [
      commands.manual(
        'Bring up the promoter first: a system of yours that takes the quarantine webhook, scans, and sets the manifest to Passed with an identity that holds AcrQuarantineWriter. Defender is not one: it reportedly does not scan a quarantined image at all.',
      ),
      commands.acrQuarantineOn(),
    ],
    breaks:
      'Every new image stays unpullable until it is promoted, push webhooks are withheld until then, and managed services that push and pull at once (Azure Machine Learning, for one) stop working.',
  },
  refs: [
    'https://github.com/Azure/acr/blob/main/docs/preview/quarantine/readme.md',
    'https://github.com/Azure/acr/issues/499',
    'https://github.com/Azure/acr/issues/804',
  ],

  rule: {
    at: 'registry/policies/quarantine/status',
    wanted: 'enabled',
    unwanted: ['disabled'],
    premium: 'quarantine',
  },
});
