import check from '../../../checks/governance/customer-managed-key-rotates.ts';
import { acr, encrypted, testCheck } from '../../support.ts';

const cites = ['registry/encryption/keyIdentifier'];
const key = 'https://kv-platform.vault.azure.net/keys/acr';
const version = '3c529a95f6b441689b288a1aa06ed7f2';

testCheck(check, [
  ['pass', 'the key has no version', { registry: acr({ encryption: encrypted(key) }) }, { cites }],
  [
    'fail',
    'the key ends in a version',
    { registry: acr({ encryption: encrypted(`${key}/${version}`) }) },
    { cites, fix: `--key-encryption-key ${key}` },
  ],
  [
    'fail',
    'a sovereign vault, with a version',
    { registry: acr({ encryption: encrypted(`https://kv.vault.usgovcloudapi.net/keys/acr/${version}`) }) },
    { cites },
  ],
  ['not-applicable', 'there is no key of the customer', { registry: acr({ encryption: encrypted(null) }) }],
  ['unknown', 'the key is no key identifier', { registry: acr({ encryption: encrypted('acr') }) }],
  ['unknown', 'ARM left the key out', { registry: acr({ encryption: { ...encrypted(key), keyIdentifier: null } }) }],
  ['unknown', 'ARM left encryption out', { registry: acr() }],
]);
