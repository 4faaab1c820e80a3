import check from '../../../checks/governance/customer-managed-key.ts';
import { acr, encrypted, testCheck } from '../../support.ts';

const cites = ['registry/encryption/status'];

testCheck(check, [
  [
    'pass',
    'a key was given',
    { registry: acr({ encryption: encrypted('https://kv.vault.azure.net/keys/acr') }) },
    { cites },
  ],
  [
    'fail',
    'Microsoft holds the key',
    { registry: acr({ encryption: encrypted(null) }) },
    { cites, fix: 'new Premium registry' },
  ],
  ['not-applicable', 'Basic cannot have one', { registry: acr({ sku: 'Basic', encryption: encrypted(null) }) }],
  ['unknown', 'an old api-version says nothing of encryption', { registry: acr() }],
]);
