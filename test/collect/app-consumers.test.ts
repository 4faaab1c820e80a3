import { describe, expect, test } from 'vitest';
import { appConsumers } from '../../src/collect/app-consumers.ts';
import { askingOf, fakeAzure } from './azure.ts';

const subscription = '/subscriptions/00000000-0000-0000-0000-000000000001';
const id = (type: string, name: string) => `${subscription}/resourceGroups/rg/providers/${type}/${name}`;
const known = { subscriptions: [{ id: subscription }], registries: [], declared: [], shared: {} } as never;

const types = [
  'Microsoft.App/containerApps',
  'Microsoft.App/jobs',
  'Microsoft.Web/sites',
  'Microsoft.ContainerInstance/containerGroups',
];

async function collected(lists: Readonly<Record<string, readonly unknown[]>>) {
  const paths = Object.fromEntries(types.map((type) => [`${subscription}/providers/${type}`, lists[type] ?? []]));
  const { azure } = fakeAzure({ ...paths, ...lists });
  return appConsumers.collect(azure, known, askingOf(azure));
}

const site = (name: string, siteConfig: object | undefined, kind = 'app,linux,container') => ({
  id: id('Microsoft.Web/sites', name),
  name,
  kind,
  properties: { siteConfig, virtualNetworkSubnetId: null },
});

describe('how an app pulls is told without its secrets', () => {
  test.each([{}, { configuration: null }])(
    'a container app whose answer has %j pulls in a way that is untold',
    async (said) => {
      const { apps } = await collected({
        'Microsoft.App/containerApps': [
          {
            id: id('Microsoft.App/containerApps', 'web'),
            name: 'web',
            properties: { ...said, template: { containers: [{ image: 'contoso.azurecr.io/web:1' }] } },
          },
        ],
      });
      const login = { by: 'untold', why: "Azure's answer has no configuration" };
      expect(apps).toMatchObject([
        {
          pulls: [
            { server: 'contoso.azurecr.io', login },
            { server: null, login },
          ],
        },
      ]);
    },
  );

  test('a container app, by identity here and by password there, and an image without either', async () => {
    const { apps } = await collected({
      'Microsoft.App/containerApps': [
        {
          id: id('Microsoft.App/containerApps', 'web'),
          name: 'web',
          properties: {
            configuration: {
              secrets: [{ name: 'pw', value: 'hunter2' }],
              registries: [
                { server: 'https://Contoso.azurecr.io/', identity: 'system' },
                { server: 'other.azurecr.io', username: 'ci', passwordSecretRef: 'pw', identity: '' },
              ],
            },
            template: { containers: [{ image: 'contoso.azurecr.io/web:1' }, { image: 'redis' }] },
          },
        },
      ],
    });
    expect(apps).toMatchObject([
      {
        kind: 'container app',
        pulls: [
          { server: 'contoso.azurecr.io', login: { by: 'identity', identity: 'system' } },
          { server: 'other.azurecr.io', login: { by: 'password', userName: 'ci' } },
          { server: 'docker.io', login: { by: 'nothing' } },
        ],
      },
    ]);
    expect(JSON.stringify(apps)).not.toMatch(/hunter2/);
  });

  test('a container group, whose credentials name an identity or a user', async () => {
    const { apps } = await collected({
      'Microsoft.ContainerInstance/containerGroups': [
        {
          id: id('Microsoft.ContainerInstance/containerGroups', 'job'),
          name: 'job',
          properties: {
            containers: [{ properties: { image: 'contoso.azurecr.io/job:1' } }],
            imageRegistryCredentials: [{ server: 'contoso.azurecr.io', username: 'contoso' }],
            subnetIds: [{ id: '/subnet' }],
          },
        },
      ],
    });
    expect(apps).toMatchObject([
      {
        subnets: ['/subnet'],
        pulls: [{ server: 'contoso.azurecr.io', login: { by: 'password', userName: 'contoso' } }],
      },
    ]);
  });

  test.each<[string, object | undefined, string | undefined, object[]]>([
    [
      'with its identity',
      { linuxFxVersion: 'DOCKER|contoso.azurecr.io/a:1', acrUseManagedIdentityCreds: true },
      undefined,
      [{ login: { by: 'identity', identity: 'system' } }],
    ],
    [
      'without its identity',
      { linuxFxVersion: 'DOCKER|contoso.azurecr.io/a:1', acrUseManagedIdentityCreds: false },
      undefined,
      [{ login: { by: 'password', userName: null } }],
    ],
    [
      'on Windows',
      { windowsFxVersion: 'DOCKER|contoso.azurecr.io/a:1', acrUseManagedIdentityCreds: true },
      undefined,
      [{ server: 'contoso.azurecr.io' }],
    ],
    [
      'with site containers that may not be read',
      { linuxFxVersion: 'sitecontainers' },
      undefined,
      [{ server: null, login: { by: 'unread', containers: { state: 'unreadable' } } }],
    ],
    ['whose configuration is not told', undefined, undefined, [{ server: null, login: { by: 'untold' } }]],
    ['of code', { linuxFxVersion: 'NODE|20-lts' }, 'app,linux', []],
  ])('a site %s', async (_, config, kind, pulls) => {
    const one = site('shop', config, kind);
    const { apps } = await collected({ 'Microsoft.Web/sites': [one], [`${one.id}/slots`]: [] });
    expect(apps.flatMap((found) => found.pulls)).toMatchObject(pulls);
  });

  test('the containers of a site, each with the login it states', async () => {
    const one = site('shop', { linuxFxVersion: 'SITECONTAINERS' });
    const container = (image: string, login: object) => ({ name: 'c', properties: { image, isMain: false, ...login } });
    const { apps } = await collected({
      'Microsoft.Web/sites': [one],
      [`${one.id}/slots`]: [],
      [`${one.id}/sitecontainers`]: [
        container('contoso.azurecr.io/main:1', { authType: 'SystemIdentity' }),
        container('contoso.azurecr.io/side:1', { authType: 'userassigned', userManagedIdentityClientId: 'client' }),
        container('other.azurecr.io/log:1', { authType: 'UserCredentials', userName: 'ci', passwordSecret: 'hunter2' }),
        container('mcr.microsoft.com/otel:1', { authType: 'Anonymous' }),
        container('contoso.azurecr.io/new:1', { authType: 'Passkey' }),
        container('contoso.azurecr.io/bare:1', {}),
        { name: 'odd', properties: { image: 7 } },
      ],
    });
    expect(apps.flatMap(({ pulls }) => pulls)).toMatchObject([
      { server: 'contoso.azurecr.io', login: { by: 'identity', identity: 'system' } },
      { server: 'contoso.azurecr.io', login: { by: 'identity', identity: 'client' } },
      { server: 'other.azurecr.io', login: { by: 'password', userName: 'ci' } },
      { server: 'mcr.microsoft.com', login: { by: 'nothing' } },
      { server: 'contoso.azurecr.io', login: { by: 'untold', why: "the authType of a site container is 'Passkey'" } },
      { server: 'contoso.azurecr.io', login: { by: 'untold', why: 'the authType of a site container is not told' } },
      { server: null, login: { by: 'unread', containers: { state: 'unreadable' } } },
    ]);
    expect(JSON.stringify(apps)).not.toMatch(/hunter2/);
  });

  test.each([
    ['its image comes through the subnet', true, ['/subnet']],
    ['ARM does not say how its image comes', undefined, ['/subnet']],
    ['its image comes over the public network all the same', false, []],
  ])('a site in a subnet: %s', async (_, vnetImagePullEnabled, subnets) => {
    const bare = site('shop', { linuxFxVersion: 'DOCKER|contoso.azurecr.io/a:1', acrUseManagedIdentityCreds: true });
    const one = {
      ...bare,
      properties: { ...bare.properties, virtualNetworkSubnetId: '/subnet', vnetImagePullEnabled },
    };
    const { apps } = await collected({ 'Microsoft.Web/sites': [one], [`${one.id}/slots`]: [] });
    expect(apps.map((found) => found.subnets)).toEqual([subnets]);
  });

  test('the environment of a container app, and the subnet that it is in', async () => {
    const environment = (name: string) => id('Microsoft.App/managedEnvironments', name);
    const appIn = (name: string, said: object) => ({
      id: id('Microsoft.App/containerApps', name),
      name,
      properties: { ...said, configuration: { registries: [{ server: 'contoso.azurecr.io', identity: 'system' }] } },
    });
    const { apps, environments } = await collected({
      'Microsoft.App/containerApps': [
        appIn('a', { environmentId: environment('inside') }),
        appIn('b', { managedEnvironmentId: environment('outside') }),
      ],
      [`${subscription}/providers/Microsoft.App/managedEnvironments`]: [
        { id: environment('inside'), properties: { vnetConfiguration: { infrastructureSubnetId: '/subnet' } } },
        { id: environment('outside'), properties: { vnetConfiguration: null } },
      ],
    });
    expect(apps.map((one) => one.environment)).toEqual([environment('inside'), environment('outside')]);
    expect(environments).toMatchObject([
      {
        subscription,
        found: {
          state: 'observed',
          value: [
            { id: environment('inside'), subnet: '/subnet' },
            { id: environment('outside'), subnet: null },
          ],
        },
      },
    ]);
  });

  test('the slots of a site that runs containers', async () => {
    const one = site('shop', { linuxFxVersion: 'DOCKER|contoso.azurecr.io/a:1', acrUseManagedIdentityCreds: true });
    const slot = { ...one, id: `${one.id}/slots/staging`, name: 'shop/staging' };
    const { apps } = await collected({ 'Microsoft.Web/sites': [one], [`${one.id}/slots`]: [slot] });
    expect(apps.map(({ kind, name }) => [kind, name])).toEqual([
      ['web app', 'shop'],
      ['web app slot', 'shop/staging'],
    ]);
  });
});

test('a subscription that the user left out is not said to hold no apps', async () => {
  const other = '00000000-0000-0000-0000-000000000002';
  const { searched } = await collected({ '/subscriptions': [{ subscriptionId: other, displayName: 'other' }] });
  expect(searched.filter(({ subscription: place }) => place.endsWith(other))).toMatchObject([
    { kind: 'container app', apps: { state: 'not-collected' } },
    { kind: 'container app job', apps: { state: 'not-collected' } },
    { kind: 'web app', apps: { state: 'not-collected' } },
    { kind: 'container group', apps: { state: 'not-collected' } },
  ]);
});

test('what could not be listed says so, and hides no other kind', async () => {
  const { azure } = fakeAzure({ [`${subscription}/providers/Microsoft.Web/sites`]: [] });
  const { searched } = await appConsumers.collect(azure, known, askingOf(azure));
  expect(searched.map(({ kind, apps }) => [kind, apps.state])).toEqual([
    ['container app', 'unreadable'],
    ['container app job', 'unreadable'],
    ['web app', 'observed'],
    ['container group', 'unreadable'],
  ]);
});
