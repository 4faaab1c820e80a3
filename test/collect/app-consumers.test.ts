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
      'with site containers',
      { linuxFxVersion: 'sitecontainers' },
      undefined,
      [{ server: null, login: { by: 'untold' } }],
    ],
    ['whose configuration is not told', undefined, undefined, [{ server: null, login: { by: 'untold' } }]],
    ['of code', { linuxFxVersion: 'NODE|20-lts' }, 'app,linux', []],
  ])('a site %s', async (_, config, kind, pulls) => {
    const one = site('shop', config, kind);
    const { apps } = await collected({ 'Microsoft.Web/sites': [one], [`${one.id}/slots`]: [] });
    expect(apps.flatMap((found) => found.pulls)).toMatchObject(pulls);
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
