import { expect, test } from 'vitest';
import { AzureError } from '../../src/collect/azure.ts';
import { subscriptionEndpoints } from '../../src/collect/subscription-endpoints.ts';
import type { UnreadEntry } from '../../src/model/evidence.ts';
import { askingOf, fakeAzure } from './azure.ts';

const subscription = '/subscriptions/00000000-0000-0000-0000-000000000001';
const path = `${subscription}/providers/Microsoft.Network/privateEndpoints`;
const registry = (guid: string) =>
  `/subscriptions/${guid}/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/contoso`;
const own = registry('00000000-0000-0000-0000-000000000001');
const other = registry('00000000-0000-0000-0000-00000000ffff');
const link = (privateLinkServiceId: string | null, groupIds = ['registry']) => ({
  properties: { privateLinkServiceId, groupIds },
});
const endpoint = (name: string, properties: object) => ({
  id: `${subscription}/resourceGroups/rg/providers/Microsoft.Network/privateEndpoints/${name}`,
  name,
  properties,
});

async function read(items: readonly unknown[], error?: AzureError) {
  const { azure: listing } = fakeAzure({ [path]: items });
  const azure = { ...listing, get: () => (error ? Promise.reject(error) : Promise.resolve({})) };
  const unread: UnreadEntry[] = [];
  return { found: await subscriptionEndpoints.collect(azure, { id: subscription }, askingOf(azure, unread)), unread };
}

test('automatic and manual connections to registries, and no others', async () => {
  const { found } = await read([
    endpoint('auto', { privateLinkServiceConnections: [link(own)], manualPrivateLinkServiceConnections: [] }),
    endpoint('manual', { privateLinkServiceConnections: [], manualPrivateLinkServiceConnections: [link(other)] }),
    endpoint('vault', { privateLinkServiceConnections: [link(own.replace(/Microsoft.Con.*/, 'a/b/c'), ['vault'])] }),
  ]);
  expect(found.map(({ name, links }) => [name, links.map(({ target }) => target)])).toEqual([
    ['auto', [own]],
    ['manual', [other]],
  ]);
});

test('an odd endpoint hides no other', async () => {
  const { found, unread } = await read([
    endpoint('odd', {}),
    endpoint('auto', { privateLinkServiceConnections: [link(own)] }),
  ]);
  expect(found.map(({ name }) => name)).toEqual(['auto']);
  expect(unread.map(({ entry }) => entry)).toEqual([endpoint('odd', {}).id]);
});

test.each([
  ['answered', undefined, { whose: 'ours', gone: false }],
  ['403', new AzureError('denied', 'no', { status: 403 }), { whose: 'ours', gone: false }],
  ['another tenant', new AzureError('other-tenant', 'no', { tenant: 't' }), { whose: 'another-tenant', tenant: 't' }],
  ['unknown subscription', new AzureError('absent', 'no', { code: 'SubscriptionNotFound' }), { whose: 'unplaced' }],
])('the target by what ARM says: %s', async (_, error, value) => {
  const { found } = await read([endpoint('pe', { privateLinkServiceConnections: [link(other)] })], error);
  expect(found[0]?.links[0]?.placement).toMatchObject({ state: 'observed', value });
});

test('a failure places nothing', async () => {
  const failure = new AzureError('failed', 'busy', { status: 500 });
  const { found } = await read([endpoint('pe', { privateLinkServiceConnections: [link(other)] })], failure);
  expect(found[0]?.links[0]?.placement.state).toBe('unreadable');
});

test('the names that it serves: its own, else those that its zone group writes', async () => {
  const bare = endpoint('grouped', { privateLinkServiceConnections: [link(own)] });
  const told = endpoint('told', {
    privateLinkServiceConnections: [link(own)],
    customDnsConfigs: [{ fqdn: 'Contoso.azurecr.io', ipAddresses: ['10.1.0.4'] }],
  });
  const group = {
    properties: {
      privateDnsZoneConfigs: [
        { properties: { recordSets: [{ fqdn: 'contoso.privatelink.azurecr.io' }, { fqdn: null }] } },
        { properties: {} },
      ],
    },
  };
  const odd = { id: 'odd', properties: { privateDnsZoneConfigs: 'none' } };
  const { azure } = fakeAzure({ [path]: [bare, told], [`${bare.id}/privateDnsZoneGroups`]: [odd, group] });
  const found = await subscriptionEndpoints.collect(azure, { id: subscription }, askingOf(azure, []));
  expect(found[0]?.serves).toMatchObject({ unread: [{ entry: 'odd' }] });
  expect(found.map(({ name, serves }) => [name, serves.state === 'observed' ? serves.value : serves])).toEqual([
    ['grouped', ['contoso.azurecr.io']],
    ['told', ['contoso.azurecr.io']],
  ]);
});
