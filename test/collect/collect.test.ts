import { describe, expect, test } from 'vitest';
import type { Asked } from '../../src/collect/collect.ts';
import { collect } from '../../src/collect/collect.ts';
import { withPrerequisites } from '../../src/collect/index.ts';
import { registryApiVersions } from '../../src/collect/registry.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import type { Facet } from '../../src/model/facets.ts';
import { arm, azureWith, group, ownNetwork, registries, registry, subscription } from '../azure/support.ts';

const now = () => '2026-11-23T02:00:00Z';
const everything: Asked = {
  registries: [],
  subscriptions: ['00000000-0000-0000-0000-000000000001'],
  managementGroup: null,
  groups: [],
  tags: [],
  declared: [],
  facets: new Set<Facet>(['registry']),
};
const collected = (asked: Partial<Asked> = {}, azure = azureWith()) =>
  collect(azure, { ...everything, ...asked }, { tool: { name: 'acr-audit', version: '0' }, now, progress: () => {} });
const facets = (...wanted: Facet[]) => withPrerequisites(wanted);

const named = (name: string, properties: object = {}, more: object = {}) => ({
  id: registry.replace('contoso', name),
  name,
  location: 'westeurope',
  sku: { name: 'premium' },
  ...more,
  properties: { loginServer: `${name}.azurecr.io`, publicNetworkAccess: 'enabled', ...properties },
});
const subscriptionBody = {
  subscriptionId: '00000000-0000-0000-0000-000000000001',
  displayName: 'Contoso',
  state: 'Enabled',
};
const forbidden = (action: string, scope: string) => ({
  error: {
    code: 'AuthorizationFailed',
    message: `The client 'c' with object id 'o' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid.`,
  },
});
const [newest, ...older] = registryApiVersions;
const preview = { 'api-version': newest };

const withSubscription = () => arm().get(subscription).query(true).reply(200, subscriptionBody);
const withRegistries = (...value: object[]) => arm().get(registries).query(preview).reply(200, { value });

ownNetwork();

describe('registries', () => {
  test('are read in one list, in our spelling, with the request that told', async () => {
    withSubscription();
    withRegistries(
      named('beta'),
      named('alpha', { policies: { softDeletePolicy: { status: 'disabled', retentionDays: 7 } } }),
    );
    const snapshot = await collected();
    expect(snapshot.registries.map(({ name }) => name)).toEqual(['alpha', 'beta']);
    expect(snapshot.registries[0]?.facets.registry).toMatchObject({
      state: 'observed',
      value: {
        sku: 'Premium',
        publicNetworkAccess: 'Enabled',
        adminUserEnabled: null,
        policies: { softDelete: { status: 'disabled', retentionDays: 7 }, retention: null },
        apiVersion: newest,
      },
      sources: [{ kind: 'arm', request: registries, apiVersion: newest, at: now() }],
    });
  });

  test('are asked of the stable api-version where each preview one is refused, and say so', async () => {
    withSubscription();
    for (const version of registryApiVersions.slice(0, -1))
      arm()
        .get(registries)
        .query({ 'api-version': version })
        .reply(400, { error: { code: 'InvalidApiVersionParameter', message: 'no such version' } });
    arm()
      .get(registries)
      .query({ 'api-version': older.at(-1) })
      .reply(200, { value: [named('alpha')] });
    const [alpha] = (await collected()).registries;
    expect(alpha?.facets.registry).toMatchObject({
      value: { apiVersion: older.at(-1), policies: { softDelete: null } },
    });
  });

  test('one that cannot be read does not hide the others', async () => {
    withSubscription();
    withRegistries(named('alpha', {}, { location: 7 }), named('beta'));
    const snapshot = await collected();
    expect(snapshot.registries.map(({ name, facets }) => [name, facets.registry?.state])).toEqual([
      ['alpha', 'unreadable'],
      ['beta', 'observed'],
    ]);
    expect(snapshot.registries[0]?.facets.registry).toMatchObject({
      reason: expect.stringContaining('location'),
    });
  });

  test('of a subscription that would not list are evidence of that', async () => {
    withSubscription();
    arm()
      .get(registries)
      .query(true)
      .reply(403, forbidden('Microsoft.ContainerRegistry/registries/read', subscription));
    expect((await collected()).subscriptions).toMatchObject([
      {
        id: subscription,
        name: 'Contoso',
        registries: {
          state: 'denied',
          missing: [{ action: 'Microsoft.ContainerRegistry/registries/read', scope: subscription }],
        },
      },
    ]);
  });

  test('by resource id need nothing of the subscription', async () => {
    arm().get(registry).query(preview).reply(200, named('contoso'));
    const snapshot = await collected({ registries: [registry], subscriptions: [] });
    expect(snapshot).toMatchObject({
      registries: [{ name: 'contoso', subscription }],
      subscriptions: [{ id: subscription, registries: { state: 'observed' } }],
    });
  });

  test('by resource id that may not be read leave the scope unseen', async () => {
    arm().get(registry).query(true).reply(403, forbidden('Microsoft.ContainerRegistry/registries/read', registry));
    expect(await collected({ registries: [registry], subscriptions: [] })).toMatchObject({
      registries: [],
      subscriptions: [{ registries: { state: 'denied' } }],
    });
  });
});

describe('a scope is narrowed', () => {
  const both = () => {
    withSubscription();
    withRegistries(
      named('alpha', {}, { tags: { env: 'prod', url: 'https://x?a=b' } }),
      named(
        'beta',
        {},
        {
          tags: { env: 'dev' },
          id: `${group.replace('rg-acr', 'rg-other')}/providers/Microsoft.ContainerRegistry/registries/beta`,
        },
      ),
    );
  };
  test.each([
    ['by name, in any casing', { registries: ['ALPHA'] }, ['alpha']],
    ['by several names', { registries: ['beta', 'alpha', 'gamma'] }, ['alpha', 'beta']],
    ['by name and by id', { registries: ['beta', registry.replace('contoso', 'ALPHA')] }, ['alpha', 'beta']],
    ['by several groups', { groups: ['rg-other', 'rg-acr'] }, ['alpha', 'beta']],
    ['by a tag whose value holds the sign', { tags: ['url=https://x?a=b'] }, ['alpha']],
    ['by a tag that nobody has, though every object does', { tags: ['constructor'] }, []],
    ['by group', { groups: ['RG-Other'] }, ['beta']],
    ['by the key of a tag', { tags: ['env'] }, ['alpha', 'beta']],
    ['by key and value of a tag', { tags: ['env=prod'] }, ['alpha']],
    ['to nothing', { tags: ['env=prod'], groups: ['rg-other'] }, []],
  ])('%s', async (_, asked, names) => {
    both();
    expect((await collected(asked)).registries.map(({ name }) => name)).toEqual(names);
  });
});

describe('subscriptions', () => {
  const all = () =>
    arm()
      .get('/subscriptions')
      .query(true)
      .reply(200, {
        value: [
          { subscriptionId: 'a', displayName: 'One', state: 'Enabled' },
          { subscriptionId: 'b', displayName: 'Two', state: 'Disabled' },
          { subscriptionId: 'c', displayName: 'Same', state: 'Enabled' },
          { subscriptionId: 'd', displayName: 'Same', state: 'Enabled' },
        ],
      });
  const empty = (id: string) =>
    arm()
      .get(`/subscriptions/${id}/providers/Microsoft.ContainerRegistry/registries`)
      .query(true)
      .reply(200, { value: [] });

  test('are every one that is enabled, where none is named', async () => {
    all();
    for (const id of ['a', 'c', 'd']) empty(id);
    expect((await collected({ subscriptions: [] })).subscriptions.map(({ id }) => id)).toEqual([
      '/subscriptions/a',
      '/subscriptions/c',
      '/subscriptions/d',
    ]);
  });

  test('of which one says neither what it is called nor whether it is on are looked in', async () => {
    arm()
      .get('/subscriptions')
      .query(true)
      .reply(200, { value: [{ subscriptionId: 'a', displayName: 7, state: {} }] });
    empty('a');
    expect((await collected({ subscriptions: [] })).subscriptions).toMatchObject([
      { id: '/subscriptions/a', name: null, registries: { state: 'observed' } },
    ]);
  });

  test.each([[{ displayName: 'No id', state: 'Enabled' }], [{ subscriptionId: 7 }], ['odd'], [null]])(
    'of which one cannot be told are an unread entry beside the others: %j',
    async (odd) => {
      arm()
        .get('/subscriptions')
        .query(true)
        .reply(200, { value: [odd, { subscriptionId: 'a', displayName: 'One', state: 'Enabled' }] });
      empty('a');
      const snapshot = await collected({ subscriptions: [] });
      expect(snapshot.subscriptions).toMatchObject([
        { id: '/subscriptions/a', registries: { state: 'observed' } },
        { id: '/subscriptions/element-1-of-the-list', registries: { state: 'unreadable' } },
      ]);
    },
  );

  const tenants = ['11111111-1111-1111-1111-111111111111', '22222222-2222-2222-2222-222222222222'];
  test.each<[string, readonly (string | undefined)[], string | undefined]>([
    ['is told where all are of one', [tenants[0], tenants[0]?.toUpperCase()], tenants[0]],
    ['is that of those that tell', [undefined, tenants[1]], tenants[1]],
    ['is not told where they are of several', tenants, undefined],
    ['is not told where Azure does not tell', [undefined], undefined],
  ])('their tenant %s', async (_, told, tenant) => {
    const value = told.map((tenantId, index) => ({
      ...subscriptionBody,
      subscriptionId: `00000000-0000-0000-0000-00000000000${index}`,
      ...(tenantId === undefined ? {} : { tenantId }),
    }));
    arm().get('/subscriptions').query(true).reply(200, { value });
    for (const { subscriptionId } of value)
      arm()
        .get(`/subscriptions/${subscriptionId}/providers/Microsoft.ContainerRegistry/registries`)
        .query(preview)
        .reply(200, { value: [] });
    const snapshot = await collected({ subscriptions: [] });
    expect(snapshot.tenant).toBe(tenant);
    expect(evaluate(snapshot, { checks: [], profile: 'recommended' }).tenant).toBe(tenant);
  });

  test('are found by name', async () => {
    all();
    empty('a');
    expect((await collected({ subscriptions: ['one'] })).subscriptions).toMatchObject([
      { id: '/subscriptions/a', name: 'One' },
    ]);
  });

  test('are found by name and by id together', async () => {
    const one = '00000000-0000-0000-0000-00000000000a';
    arm()
      .get('/subscriptions')
      .query(true)
      .reply(200, { value: [{ subscriptionId: one }, { subscriptionId: 'b', displayName: 'Two' }] });
    for (const id of ['b', one]) empty(id);
    expect((await collected({ subscriptions: ['two', one.toUpperCase()] })).subscriptions).toMatchObject([
      { id: `/subscriptions/${one}`, name: null },
      { id: '/subscriptions/b', name: 'Two' },
    ]);
  });

  test('are looked in without their name, where that may not be read', async () => {
    arm().get(subscription).query(true).reply(403, forbidden('Microsoft.Resources/subscriptions/read', subscription));
    withRegistries(named('alpha'));
    expect(await collected()).toMatchObject({
      subscriptions: [{ id: subscription, name: null }],
      registries: [{ name: 'alpha' }],
    });
  });

  test('that do not exist are an error', async () => {
    const error = { code: 'SubscriptionNotFound', message: 'it could not be found' };
    arm().get(subscription).query(true).reply(404, { error });
    await expect(collected()).rejects.toThrow(/00000001 does not exist, or this credential's tenant is not its tenant/);
  });

  test('are those below a management group', async () => {
    arm()
      .get('/providers/Microsoft.Management/managementGroups/platform/descendants')
      .query(true)
      .reply(200, {
        value: [
          { name: 'child', type: 'Microsoft.Management/managementGroups' },
          {
            name: 'a',
            type: 'Microsoft.Management/managementGroups/subscriptions',
            properties: { displayName: 'One' },
          },
        ],
      });
    empty('a');
    expect((await collected({ subscriptions: [], managementGroup: 'platform' })).subscriptions).toMatchObject([
      { id: '/subscriptions/a', name: 'One' },
    ]);
  });

  test.each([
    ['that nobody has', ['Three'], "no subscription 'Three' among the 4"],
    ['that two have', ['same'], "several subscriptions are named 'same'"],
  ])('by a name %s are an error', async (_, subscriptions, message) => {
    all();
    await expect(collected({ subscriptions })).rejects.toThrow(message);
  });
});

describe('the private path', () => {
  const endpoint = `${group}/providers/Microsoft.Network/privateEndpoints/pe`;
  const nic = `${group}/providers/Microsoft.Network/networkInterfaces/nic`;
  const zone = `${group}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io`;
  const connection = (status: string) => ({
    id: `${registry}/privateEndpointConnections/c`,
    name: 'c',
    properties: { privateEndpoint: { id: endpoint }, privateLinkServiceConnectionState: { status } },
  });
  const endpointBody = {
    id: endpoint,
    name: 'pe',
    properties: {
      subnet: { id: `${group}/providers/Microsoft.Network/virtualNetworks/hub/subnets/pe` },
      networkInterfaces: [{ id: nic }],
      manualPrivateLinkServiceConnections: [
        { properties: { privateLinkServiceId: registry.toUpperCase(), groupIds: ['registry'] } },
      ],
      customDnsConfigs: [{ fqdn: 'contoso.azurecr.io', ipAddresses: ['10.0.0.5'] }],
      ipConfigurations: [],
    },
  };
  const withEndpoint = (status = 'Approved') => {
    withSubscription();
    withRegistries(named('contoso', { privateEndpointConnections: [connection(status)] }));
  };
  const withNic = () =>
    arm()
      .get(nic)
      .query(true)
      .reply(200, {
        properties: {
          ipConfigurations: [
            {
              properties: {
                privateIPAddress: '10.0.0.5',
                privateLinkConnectionProperties: { requiredMemberName: 'registry', fqdns: ['contoso.azurecr.io'] },
              },
            },
            { properties: { privateIPAddress: '10.0.0.9' } },
          ],
        },
      });
  const withZoneGroups = () =>
    arm()
      .get(`${endpoint}/privateDnsZoneGroups`)
      .query(true)
      .reply(200, {
        value: [
          { name: 'default', properties: { privateDnsZoneConfigs: [{ properties: { privateDnsZoneId: zone } }] } },
        ],
      });

  test('is followed from the connection to endpoint, interface and zone group', async () => {
    withEndpoint();
    arm().get(endpoint).query(true).reply(200, endpointBody);
    withNic();
    withZoneGroups();
    const [contoso] = (await collected({ facets: facets('privateEndpoints') })).registries;
    expect(contoso?.facets.privateEndpoints).toMatchObject({
      value: [
        {
          status: 'Approved',
          endpoint: {
            value: {
              network: `${group}/providers/Microsoft.Network/virtualNetworks/hub`,
              groups: ['registry'],
              staticAddresses: false,
              members: { value: [{ member: 'registry', ip: '10.0.0.5', fqdns: ['contoso.azurecr.io'] }] },
              zoneGroups: { value: [{ name: 'default', zones: [zone] }] },
            },
          },
        },
      ],
    });
  });

  test('that ends at an endpoint in a subscription one may not read says so there', async () => {
    withEndpoint();
    arm().get(endpoint).query(true).reply(403, forbidden('Microsoft.Network/privateEndpoints/read', endpoint));
    const [contoso] = (await collected({ facets: facets('privateEndpoints') })).registries;
    expect(contoso?.facets.privateEndpoints).toMatchObject({
      state: 'observed',
      value: [
        {
          endpoint: {
            state: 'denied',
            missing: [{ action: 'Microsoft.Network/privateEndpoints/read', scope: endpoint }],
          },
        },
      ],
    });
  });

  test('of a pending connection is followed to the endpoint and no further', async () => {
    withEndpoint('Pending');
    arm().get(endpoint).query(true).reply(200, endpointBody);
    const [contoso] = (await collected({ facets: facets('privateEndpoints') })).registries;
    expect(contoso?.facets.privateEndpoints).toMatchObject({
      value: [{ status: 'Pending', endpoint: { value: { members: { state: 'not-collected' } } } }],
    });
  });

  const tenant = '7f1d7b0e-0000-4000-8000-000000000001';
  test.each<[string, number, string, string, object]>([
    [
      'in another tenant, which ARM names',
      401,
      'InvalidAuthenticationTokenTenant',
      `The access token is from the wrong issuer 'https://sts.windows.net/x/'. It must match the tenant 'https://sts.windows.net/${tenant}/' associated with this subscription.`,
      { placement: { whose: 'another-tenant', tenant }, endpoint: { state: 'not-collected' } },
    ],
    [
      'in a subscription of ours that may not be read',
      403,
      'AuthorizationFailed',
      'no',
      { placement: { whose: 'ours', gone: false }, endpoint: { state: 'denied' } },
    ],
    [
      'gone',
      404,
      'ResourceNotFound',
      'no such endpoint',
      { placement: { whose: 'ours', gone: true }, endpoint: { state: 'unreadable' } },
    ],
    [
      'in a subscription that nobody can place',
      404,
      'SubscriptionNotFound',
      'no such subscription',
      { placement: { whose: 'unplaced' }, endpoint: { state: 'unreadable' } },
    ],
  ])('that ends at an endpoint %s says so', async (_, status, code, message, expected) => {
    withEndpoint();
    arm().get(endpoint).query(true).reply(status, { error: { code, message } });
    const [contoso] = (await collected({ facets: facets('privateEndpoints') })).registries;
    expect(contoso?.facets.privateEndpoints).toMatchObject({ value: [expected] });
  });

  test.each<[string, object]>([
    ['without properties', { properties: undefined }],
    ['without state', { properties: { privateEndpoint: { id: endpoint } } }],
    [
      'with an endpoint whose id is none',
      { properties: { ...connection('Approved').properties, privateEndpoint: { id: '.x' } } },
    ],
  ])("is asked of the connections' own list where the registry answers one %s", async (_, odd) => {
    withSubscription();
    withRegistries(named('contoso', { privateEndpointConnections: [{ ...connection('Approved'), ...odd }] }));
    arm()
      .get(`${registry}/privateEndpointConnections`)
      .query(true)
      .reply(200, { value: [connection('Rejected'), { id: `${registry}/privateEndpointConnections/d`, name: 'd' }] });
    const [contoso] = (await collected({ facets: facets('privateEndpoints') })).registries;
    expect(contoso?.facets).toMatchObject({
      registry: { state: 'observed', value: { privateEndpointConnections: null } },
      privateEndpoints: {
        value: [{ name: 'c', status: 'Rejected' }],
        unread: [{ entry: `${registry}/privateEndpointConnections/d` }],
      },
    });
  });

  test('leads to the zones of its zone group and of the scanned subscriptions, each read once', async () => {
    withEndpoint();
    arm().get(endpoint).query(true).reply(200, endpointBody);
    withNic();
    withZoneGroups();
    const zones = [
      { id: zone.toUpperCase(), name: 'privatelink.azurecr.io' },
      {
        id: `${group}/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net`,
        name: 'privatelink.blob.core.windows.net',
      },
    ];
    arm().get(`${subscription}/providers/Microsoft.Network/privateDnsZones`).query(true).reply(200, { value: zones });
    arm()
      .get(`${zone}/A`)
      .query({ 'api-version': '2024-06-01' })
      .reply(200, { value: [{ name: 'contoso', properties: { aRecords: [{ ipv4Address: '10.0.0.5' }] } }] });
    arm()
      .get(`${zone}/virtualNetworkLinks`)
      .query({ 'api-version': '2024-06-01' })
      .reply(403, forbidden('Microsoft.Network/privateDnsZones/virtualNetworkLinks/read', zone));
    const { shared } = await collected({ facets: facets('privateDns') });
    expect(shared.privateDns).toMatchObject({
      value: {
        zones: [{ id: zone, records: { value: [{ name: 'contoso', ips: ['10.0.0.5'] }] }, links: { state: 'denied' } }],
      },
    });
  });

  test('leads to the zones of the names of registries, in any casing, and to no other', async () => {
    withSubscription();
    withRegistries(
      named('alpha', { privateEndpointConnections: [connection('Rejected')] }),
      named('contoso', { privateEndpointConnections: [connection('Approved')] }),
    );
    arm().get(endpoint).query(true).reply(403, forbidden('Microsoft.Network/privateEndpoints/read', endpoint));
    const names = ['westeurope.data.Privatelink.azurecr.io', 'PRIVATELINK.azurecr.io', 'azurecr.io', 'azurecr.io.x'];
    const zones = names.map((name) => ({ id: zone.replace('privatelink.azurecr.io', name), name }));
    arm().get(`${subscription}/providers/Microsoft.Network/privateDnsZones`).query(true).reply(200, { value: zones });
    for (const { id } of zones.slice(0, 3))
      for (const part of ['A', 'CNAME', 'virtualNetworkLinks'])
        arm().get(`${id}/${part}`).query(true).reply(200, { value: [] });
    const { shared } = await collected({ facets: facets('privateDns') });
    expect(shared.privateDns).toMatchObject({
      value: {
        zones: [
          { name: 'azurecr.io' },
          { name: 'PRIVATELINK.azurecr.io' },
          { name: 'westeurope.data.Privatelink.azurecr.io' },
        ],
      },
    });
  });

  test('leads to zones above the suffix too, which a custom cloud may have', async () => {
    withEndpoint('Rejected');
    const names = ['local.test', 'acr.local.test', 'other.test'];
    const zones = names.map((name) => ({ id: zone.replace('privatelink.azurecr.io', name), name }));
    arm().get(`${subscription}/providers/Microsoft.Network/privateDnsZones`).query(true).reply(200, { value: zones });
    for (const { id } of zones.slice(0, 2))
      for (const part of ['A', 'CNAME', 'virtualNetworkLinks'])
        arm().get(`${id}/${part}`).query(true).reply(200, { value: [] });
    const azure = azureWith();
    const cloud = { ...azure.cloud, name: 'custom' as const, registrySuffix: 'acr.local.test' };
    const { shared } = await collected({ facets: facets('privateDns') }, { ...azure, cloud });
    expect(shared.privateDns).toMatchObject({
      value: { zones: [{ name: 'acr.local.test' }, { name: 'local.test' }] },
    });
  });

  test('is searched for where no endpoint is approved too: a new one has to use the zone that is there', async () => {
    withEndpoint('Rejected');
    arm().get(`${subscription}/providers/Microsoft.Network/privateDnsZones`).query(true).reply(200, { value: [] });
    expect((await collected({ facets: facets('privateDns') })).shared.privateDns).toMatchObject({
      value: { zones: [], searched: [{ subscription, zones: { state: 'observed' } }] },
    });
  });
});

describe('Defender plans', () => {
  test('are read once a subscription, with the text "True" as what it says', async () => {
    withSubscription();
    withRegistries(named('alpha'), named('beta'));
    arm()
      .get(`${subscription}/providers/Microsoft.Security/pricings`)
      .query({ 'api-version': '2024-01-01' })
      .reply(200, {
        value: [
          {
            name: 'Containers',
            properties: {
              pricingTier: 'standard',
              extensions: [
                { name: 'X', isEnabled: 'True' },
                { name: 'Y', isEnabled: 'False' },
                { name: 'Z', isEnabled: 'Maybe' },
              ],
            },
          },
        ],
      });
    const { subscriptions } = await collected({ facets: facets('defenderPlans') });
    expect(subscriptions[0]?.facets.defenderPlans).toMatchObject({
      value: [
        {
          name: 'Containers',
          tier: 'Standard',
          extensions: [{ enabled: true }, { enabled: false }, { enabled: null }],
        },
      ],
    });
  });

  test('of a subscription without registries are not asked for', async () => {
    withSubscription();
    withRegistries();
    expect((await collected({ facets: facets('defenderPlans') })).subscriptions[0]?.facets).toEqual({});
  });

  test('of a narrowed scan are asked for where its registries are', async () => {
    withSubscription();
    withRegistries();
    const asked = { facets: facets('subscriptionEndpoints'), groups: ['rg-acr'] };
    expect((await collected(asked)).subscriptions[0]?.facets).toEqual({});
  });
});

test('replicas of a registry that cannot have any are not asked for', async () => {
  withSubscription();
  withRegistries(named('alpha', {}, { sku: { name: 'Standard' } }));
  expect((await collected({ facets: facets('replications') })).registries[0]?.facets.replications).toMatchObject({
    state: 'observed',
    value: [],
  });
});

test('a facet of a registry that could not be read is not asked for, and says why', async () => {
  withSubscription();
  withRegistries(named('alpha', {}, { location: 7 }));
  expect((await collected({ facets: facets('cacheRules') })).registries[0]?.facets.cacheRules).toMatchObject({
    state: 'unreadable',
  });
});
