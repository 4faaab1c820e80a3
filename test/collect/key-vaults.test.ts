import { expect, test } from 'vitest';
import { keyVaults } from '../../src/collect/key-vaults.ts';
import { observed } from '../../src/model/evidence.ts';
import { acr, encrypted } from '../support.ts';
import { askingOf, fakeAzure } from './azure.ts';

const one = '/subscriptions/00000000-0000-0000-0000-000000000001';
const two = '/subscriptions/00000000-0000-0000-0000-000000000002';
const list = (subscription: string) => `${subscription}/providers/Microsoft.KeyVault/vaults`;
const vault = (name: string, properties: object = {}) => ({
  id: `${one}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/${name}`,
  name,
  properties: {
    vaultUri: `https://${name}.vault.azure.net/`,
    enableSoftDelete: true,
    accessPolicies: [{ objectId: 'somebody', permissions: { keys: ['all'] } }],
    ...properties,
  },
});

async function collected(lists: Readonly<Record<string, readonly unknown[]>>, key: string | null) {
  const { azure, asked } = fakeAzure({ '/subscriptions': [], ...lists });
  const registry = observed(acr({ encryption: encrypted(key) }));
  const known = { subscriptions: [{ id: one }, { id: two }], registries: [{ facets: { registry } }] } as never;
  return { facet: await keyVaults.collect(azure, known, askingOf(azure)), asked };
}

const key = 'https://KV.vault.azure.net:443/keys/acr';

test('the vault that holds the key of a registry is told, and no other', async () => {
  const { facet } = await collected(
    {
      [list(one)]: [
        vault('kv', {
          enablePurgeProtection: true,
          publicNetworkAccess: 'disabled',
          networkAcls: { bypass: 'azureservices', defaultAction: 'deny', ipRules: [{ value: '1.2.3.4' }] },
        }),
        vault('other'),
      ],
      [list(two)]: [],
    },
    key,
  );
  expect(facet.vaults).toEqual([
    {
      id: vault('kv').id,
      name: 'kv',
      host: 'kv.vault.azure.net',
      purgeProtection: true,
      softDelete: true,
      publicNetworkAccess: 'Disabled',
      rules: { defaultAction: 'Deny', bypass: 'AzureServices' },
    },
  ]);
  expect(JSON.stringify(facet)).not.toMatch(/somebody|1\.2\.3\.4|other/);
});

test('what ARM leaves out is null', async () => {
  const { facet } = await collected(
    { [list(one)]: [vault('kv', { enableSoftDelete: undefined })], [list(two)]: [] },
    key,
  );
  expect(facet.vaults).toMatchObject([
    { purgeProtection: null, softDelete: null, publicNetworkAccess: null, rules: null },
  ]);
});

test('a subscription whose vaults cannot be listed is evidence beside those of the others', async () => {
  const { facet } = await collected({ [list(one)]: [vault('kv')] }, key);
  expect(facet.vaults).toHaveLength(1);
  expect(facet.searched.map(({ ids }) => ids.state)).toEqual(['observed', 'unreadable']);
});

test('a subscription that the user left out is said', async () => {
  const three = { subscriptionId: '00000000-0000-0000-0000-000000000003', state: 'Enabled' };
  const { facet } = await collected({ '/subscriptions': [three], [list(one)]: [], [list(two)]: [] }, key);
  expect(facet.searched.at(-1)).toMatchObject({ ids: { state: 'not-collected' } });
});

test('an odd element is an unread entry of its list', async () => {
  const { facet } = await collected(
    { [list(one)]: [vault('kv'), vault('odd', { vaultUri: 7 })], [list(two)]: [] },
    key,
  );
  expect(facet.searched[0]?.ids).toMatchObject({ state: 'observed', unread: [{ entry: vault('odd').id }] });
});

test('where no registry has a key of its own, nobody is asked', async () => {
  const { facet, asked } = await collected({}, null);
  expect(facet).toEqual({ vaults: [], searched: [] });
  expect(asked).toEqual([]);
});
