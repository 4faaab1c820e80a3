import { expect, test } from 'vitest';
import { importPipelines } from '../../src/collect/import-pipelines.ts';
import { storageAccounts } from '../../src/collect/storage-accounts.ts';
import { observed, type UnreadEntry } from '../../src/model/evidence.ts';
import { acr, registryId } from '../support.ts';
import { askingOf, fakeAzure } from './azure.ts';

const path = `${registryId}/importPipelines`;
/** As Azure's own example answers it (containerregistry 2023-11-01-preview, ImportPipelineList). */
const pipeline = (properties: object = {}) => ({
  id: `${path}/drop`,
  name: 'drop',
  location: 'westus',
  identity: { type: 'UserAssigned', userAssignedIdentities: { '/id': { clientId: 'c', principalId: 'p' } } },
  properties: {
    source: {
      type: 'AzureStorageBlobContainer',
      uri: 'https://AccountName.blob.core.windows.net/containername',
      keyVaultUri: 'https://myvault.vault.azure.net/secrets/acrimportsas',
    },
    trigger: { sourceTrigger: { status: 'enabled' } },
    options: ['OverwriteTags', 'DeleteSourceBlobOnSuccess'],
    ...properties,
  },
});

const collected = async (items: readonly unknown[], unread: UnreadEntry[] = []) => {
  const { azure } = fakeAzure({ [path]: items });
  return importPipelines.collect(azure, acr(), askingOf(azure, unread));
};

test('a pipeline is told with its account and container, and without the secret it reads with', async () => {
  const pipelines = await collected([pipeline()]);
  expect(pipelines).toEqual([
    {
      id: `${path}/drop`,
      name: 'drop',
      account: 'accountname',
      container: 'containername',
      bySas: true,
      trigger: 'Enabled',
      options: ['OverwriteTags', 'DeleteSourceBlobOnSuccess'],
    },
  ]);
  expect(JSON.stringify(pipelines)).not.toMatch(/secrets|principalId/);
});

test('what ARM leaves out is null, and an address that is none is no account', async () => {
  const source = { uri: 'https://example.com/images' };
  expect(await collected([pipeline({ source, trigger: undefined, options: undefined })])).toMatchObject([
    { account: null, container: null, bySas: false, trigger: null, options: null },
  ]);
});

test('an account in a DNS zone of its own is read', async () => {
  const source = { uri: 'https://drop.z12.blob.storage.azure.net/images?x=1' };
  expect(await collected([pipeline({ source })])).toMatchObject([{ account: 'drop', container: 'images' }]);
});

test('an odd element is an unread entry', async () => {
  const unread: UnreadEntry[] = [];
  expect(await collected([{ id: 7 }, pipeline()], unread)).toHaveLength(1);
  expect(unread).toHaveLength(1);
});

test('a Standard registry is not asked', async () => {
  const { azure, asked } = fakeAzure({});
  expect(await importPipelines.collect(azure, acr({ sku: 'Standard' }), askingOf(azure))).toEqual([]);
  expect(asked).toEqual([]);
});

const one = '/subscriptions/00000000-0000-0000-0000-000000000001';
const accounts = `${one}/providers/Microsoft.Storage/storageAccounts`;
const account = (name: string) => ({
  id: `${one}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/${name}`,
  name,
  properties: { primaryEndpoints: { blob: 'https://x' } },
});

const found = async (lists: Readonly<Record<string, readonly unknown[]>>, ...named: string[]) => {
  const { azure, asked } = fakeAzure({ '/subscriptions': [], ...lists });
  const pipelines = observed(named.map((name) => ({ account: name })));
  const known = { subscriptions: [{ id: one }], registries: [{ facets: { importPipelines: pipelines } }] } as never;
  return { facet: await storageAccounts.collect(azure, known, askingOf(azure)), asked };
};

test('the account that a pipeline reads is looked for, and no other is kept', async () => {
  const { facet } = await found({ [accounts]: [account('drop'), account('other')] }, 'drop');
  expect(facet.accounts).toEqual([{ id: account('drop').id, name: 'drop' }]);
  expect(JSON.stringify(facet)).not.toMatch(/other|primaryEndpoints/);
});

test('a list of accounts that cannot be read is evidence', async () => {
  expect((await found({}, 'drop')).facet.searched).toMatchObject([{ ids: { state: 'unreadable' } }]);
});

test('without a pipeline nobody is asked for accounts', async () => {
  expect(await found({})).toEqual({ facet: { accounts: [], searched: [] }, asked: [] });
});
