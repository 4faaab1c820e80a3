import check from '../../../checks/governance/customer-managed-key-rotates.ts';
import { acr, encrypted, testCheck } from '../../support.ts';

const cites = ['registry/encryption/keyIdentifier'];
const key = 'https://kv-platform.vault.azure.net/keys/acr';
const version = '3c529a95f6b441689b288a1aa06ed7f2';

testCheck(
  check,
  [
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
    [
      'pass',
      'Azure says that it rotates',
      { registry: acr({ encryption: { ...encrypted(key), keyRotationEnabled: true } }) },
      {
        cites: [...cites, 'registry/encryption/keyRotationEnabled'],
      },
    ],
    [
      'fail',
      'the key has no version and is not followed',
      { registry: acr({ encryption: { ...encrypted(key), keyRotationEnabled: false } }) },
      { cites: ['registry/encryption/keyRotationEnabled'], fix: `--key-encryption-key ${key}` },
    ],
    [
      'pass',
      'the vault is named with its port',
      { registry: acr({ encryption: encrypted('https://kv.vault.azure.net:443/keys/acr') }) },
      { cites },
    ],
    ['not-applicable', 'there is no key of the customer', { registry: acr({ encryption: encrypted(null) }) }],
    ['unknown', 'the key is no key identifier', { registry: acr({ encryption: encrypted('acr') }) }],
    ['unknown', 'ARM left the key out', { registry: acr({ encryption: { ...encrypted(key), keyIdentifier: null } }) }],
    ['unknown', 'ARM left encryption out', { registry: acr() }],
  ],
  {
    'registry/encryption/keyRotationEnabled': 'a key without a version is followed; older answers leave the switch out',
  },
);
