import check from '../../../checks/governance/customer-managed-key-usable.ts';
import { denied, notCollected, observed, type Unseen } from '../../../src/model/evidence.ts';
import type { KeyVault, KeyVaults } from '../../../src/model/facets/key-vaults.ts';
import type { ManagedIdentity } from '../../../src/model/facets/registry.ts';
import { acr, encrypted, subscriptionId, testCheck } from '../../support.ts';

const kv: KeyVault = {
  id: `${subscriptionId}/resourceGroups/rg-keys/providers/Microsoft.KeyVault/vaults/kv`,
  name: 'kv',
  host: 'kv.vault.azure.net',
  purgeProtection: true,
  softDelete: true,
  publicNetworkAccess: 'Enabled',
  rules: { defaultAction: 'Deny', bypass: 'AzureServices' },
};
const user: ManagedIdentity = {
  type: 'userAssigned',
  principalId: null,
  userAssigned: [{ id: '/id-key', principalId: 'p', clientId: 'C1' }],
};
const vaults = (...found: KeyVault[]): KeyVaults => ({
  vaults: found,
  searched: [{ subscription: subscriptionId, ids: observed(found.map(({ id }) => id)) }],
});
const nowhere = (evidence: Unseen): KeyVaults => ({
  vaults: [],
  searched: [{ subscription: subscriptionId, ids: evidence }],
});
const keyed = (
  keyVaults: KeyVaults,
  {
    key = 'https://KV.vault.azure.net:443/keys/acr',
    reader = 'c1' as string | null,
    identity = user as ManagedIdentity | null,
  } = {},
) => ({ registry: acr({ encryption: { ...encrypted(key), identity: reader }, identity }), keyVaults });
const withVault = (changes: Partial<KeyVault>) => keyed(vaults({ ...kv, ...changes }));
const closed = { defaultAction: 'Allow', bypass: 'None' } as const;
const open = { defaultAction: 'Allow', bypass: null } as const;

testCheck(
  check,
  [
    [
      'pass',
      'the vault keeps what is deleted, and lets the registry in',
      keyed(vaults(kv)),
      {
        cites: [
          'registry/encryption/identity',
          'registry/identity/userAssigned/0/clientId',
          'keyVaults/vaults/0/purgeProtection',
          'keyVaults/vaults/0/softDelete',
          'keyVaults/vaults/0/rules/bypass',
        ],
      },
    ],
    ['pass', 'the vault is closed to everybody but trusted services', withVault({ publicNetworkAccess: 'Disabled' })],
    ['pass', 'the vault has no rules', withVault({ rules: null })],
    ['pass', 'the vault lets everybody in', withVault({ rules: open })],
    [
      'pass',
      'the system identity reads the key',
      keyed(vaults(kv), { reader: 'system', identity: { type: 'systemAssigned', principalId: 'p', userAssigned: [] } }),
    ],
    [
      'fail',
      'purge protection is off: Azure leaves it out then',
      withVault({ purgeProtection: null }),
      { says: 'whoever may purge vault kv', fix: '--enable-purge-protection true' },
    ],
    ['fail', 'soft delete is off', withVault({ softDelete: false }), { says: 'is gone' }],
    [
      'fail',
      'the vault is closed, trusted services included',
      withVault({ publicNetworkAccess: 'Disabled', rules: closed }),
      { says: 'vault kv refuses the registry', fix: '--bypass AzureServices' },
    ],
    [
      'fail',
      'its rules refuse everybody, trusted services included',
      withVault({ rules: { defaultAction: 'Deny', bypass: 'None' } }),
    ],
    [
      'fail',
      'the identity that reads the key was taken away',
      keyed(vaults(kv), { reader: 'other' }),
      { says: "none of the registry's" },
    ],
    ['fail', 'the registry has no identity left', keyed(vaults(kv), { identity: null })],
    ['unknown', 'ARM does not say who reads the key', keyed(vaults(kv), { reader: null })],
    [
      'unknown',
      'an identity of the registry without a client id may be the reader',
      keyed(vaults(kv), {
        reader: 'other',
        identity: { ...user, userAssigned: [{ id: '/id', principalId: 'p', clientId: null }] },
      }),
    ],
    ['unknown', 'nobody says whether soft delete is on', withVault({ softDelete: null })],
    [
      'unknown',
      'nobody says whether trusted services come in',
      withVault({ rules: { defaultAction: 'Deny', bypass: null } }),
    ],
    [
      'unknown',
      'a vault without rules says nothing of its public access',
      withVault({ publicNetworkAccess: null, rules: null }),
    ],
    [
      'unknown',
      'the vaults of the subscription may not be read',
      keyed(nowhere(denied('no', [{ action: 'Microsoft.KeyVault/vaults/read', scope: subscriptionId }]))),
      { says: 'vault kv.vault.azure.net was not found' },
    ],
    ['unknown', 'the vault may be in a subscription that was left out', keyed(nowhere(notCollected('left out')))],
    ['unknown', 'the vault is nowhere', keyed(vaults())],
    [
      'unknown',
      'the key is in a managed HSM',
      keyed(vaults(), { key: 'https://hsm.managedhsm.azure.net/keys/acr' }),
      { says: 'managed HSM' },
    ],
    ['unknown', 'ARM did not say which key it is', keyed(vaults(kv), { key: 'sideways' })],
    ['unknown', 'ARM did not say whether there is a key', { registry: acr(), keyVaults: vaults(kv) }],
    [
      'not-applicable',
      'the key is Microsoft’s own',
      { registry: acr({ encryption: encrypted(null) }), keyVaults: vaults() },
    ],
  ],
  {
    'keyVaults/vaults/*/rules': 'a vault that is open to everybody needs no rules to let the registry in',
    'keyVaults/vaults/*/rules/defaultAction': 'trusted services come in whatever the rules say of others',
    'keyVaults/vaults/*/publicNetworkAccess': 'trusted services come in whatever it says',
  },
);
