import { commands, defineCheck } from '../../src/check.ts';

export default defineCheck({
  id: 'customer-managed-key',
  title: 'The registry is encrypted with a key of your own',
  problem: 'The registry is encrypted with a key of Microsoft only',
  severity: 'low',
  profile: 'regulated',
  profileReason:
    'Content is always encrypted; only a rule that you must hold the key asks for more, and it costs a new registry.',
  since: '1.0',
  article: ['Security notes'],
  frameworks: ['MCSB DP-5', 'CIS Azure 4.0.0 2.1.1.2.1', 'NIST SC-12', 'ISO 27001 A.8.24'],
  alsoKnownAs: [
    'cloudsploit acrCMKEncryption',
    'steampipe container_registry_encrypted_with_cmk',
    'cnspec mondoo-azure-security-acr-cmk-encryption',
    'policy 5b9159ae',
    'review-checklists 0bd05dc2',
  ],
  differs:
    'Regulated profile only and not applicable below Premium; the fix is a new registry, which none of them says.',
  area: 'governance',
  needs: ['registry'],

  why: 'Without a key of your own you can neither revoke access to the stored images nor show an auditor that you could.',
  symptom: 'The encryption blade shows a Microsoft-managed key; a bring-your-own-key audit item stays open.',
  cause: 'The key can only be chosen when a registry is created, and the default is a key that Microsoft holds.',
  confirm: ['az acr encryption show --name <registry> --subscription <subscription>'],
  fix: {
    steps: [
      commands.manual(
        'Create a new Premium registry with a user-assigned identity and a key without a version (az acr create --identity … --key-encryption-key …), import the images, then move the consumers. An existing registry cannot be converted.',
      ),
    ],
    breaks:
      'A new login server unless the name is freed first; no referrers API (signatures are found by tag only), no artifact streaming, task logs for 24 hours; and losing the key or its vault loses every image.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/tutorial-enable-customer-managed-keys'],

  rule: {
    at: 'registry/encryption/status',
    wanted: 'enabled',
    unwanted: ['disabled'],
    premium: 'a customer-managed key',
  },
});
