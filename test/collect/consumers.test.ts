import { describe, expect, test } from 'vitest';
import { type Azure, AzureError } from '../../src/collect/azure.ts';
import { consumers, parseCluster } from '../../src/collect/consumers.ts';
import { observed } from '../../src/model/evidence.ts';
import { askingOf, fakeAzure } from './azure.ts';
import { bodiesOf } from './corpus.ts';

const one = '/subscriptions/00000000-0000-0000-0000-000000000001';
const two = '/subscriptions/00000000-0000-0000-0000-000000000002';

const three = '/subscriptions/00000000-0000-0000-0000-000000000003';
const subscriptionBody = (id: string) => ({ subscriptionId: id.slice('/subscriptions/'.length) });

const clusterBody = (subscription: string, name: string) => ({
  id: `${subscription}/resourcegroups/rg/providers/Microsoft.ContainerService/managedClusters/${name}`,
  name,
  location: 'westeurope',
  identity: { type: 'SystemAssigned', principalId: 'control' },
  properties: {
    provisioningState: 'Succeeded',
    nodeResourceGroup: `MC_${name}`,
    servicePrincipalProfile: { clientId: 'msi' },
    identityProfile: { kubeletidentity: { objectId: 'object', clientId: 'client', resourceId: '/identity' } },
    agentPoolProfiles: [
      {
        name: 'system',
        nodeImageVersion: 'AKSUbuntu-2204-202608.05.0',
        vnetSubnetID: '/vnet/subnets/nodes',
        adminPassword: 'hunter2',
      },
      { name: 'user', vnetSubnetID: '/VNET/subnets/nodes' },
      { name: 'none' },
    ],
    apiServerAccessProfile: { enablePrivateCluster: true },
    addonProfiles: { azurePolicy: { enabled: true, config: null }, broken: null },
    oidcIssuerProfile: { enabled: true, issuerURL: 'https://issuer.example' },
  },
});

test('a cluster with managed identities', () => {
  expect(parseCluster(clusterBody(one, 'aks'), '2025-10-01')).toEqual({
    id: `${one}/resourcegroups/rg/providers/Microsoft.ContainerService/managedClusters/aks`,
    name: 'aks',
    location: 'westeurope',
    provisioningState: 'Succeeded',
    kubelet: { objectId: 'object', id: '/identity' },
    servicePrincipal: null,
    subnets: ['/VNET/subnets/nodes'],
    nodeResourceGroup: 'MC_aks',
    controlPlane: ['control'],
    nodeImages: ['AKSUbuntu-2204-202608.05.0', null, null],
    oidcIssuer: 'https://issuer.example',
    kubernetesVersion: null,
    defender: null,
  });
});

test('a cluster on a service principal, about which little is said', () => {
  const body = {
    id: '/a',
    name: 'a',
    location: 'x',
    properties: { servicePrincipalProfile: { clientId: 'an-app' }, agentPoolProfiles: [] },
  };
  expect(parseCluster(body, '2025-10-01')).toMatchObject({
    servicePrincipal: 'an-app',
    kubelet: null,
    subnets: [],
  });
});

describe('every recorded cluster can be read', () => {
  const bodies = bodiesOf('managedClusters');
  test.skipIf(bodies === null)('of the corpus beside the project', () => {
    const clusters = (bodies ?? []).map((body) => parseCluster(body, '2024-09-01'));
    expect(clusters.filter(({ kubelet }) => kubelet?.objectId)).not.toEqual([]);
    expect(clusters.filter(({ servicePrincipal }) => servicePrincipal === 'msi')).toEqual([]);
  });
});

test('each subscription is asked once; one that refuses is evidence, and one that was left out too', async () => {
  const asked: string[] = [];
  const azure: Azure = {
    cloud: { name: 'public', resourceManager: 'https://management.azure.com', registrySuffix: 'azurecr.io' },
    get: () => Promise.reject(new Error('not asked')),
    registry: () => Promise.reject(new Error('not asked')),
    graph: () => Promise.reject(new Error('not asked')),
    firstPages: () => Promise.reject(new Error('not asked')),
    list(path) {
      asked.push(path);
      if (path === '/subscriptions') return Promise.resolve([one, two, three].map(subscriptionBody));
      return path.toLowerCase().startsWith(two)
        ? Promise.reject(new AzureError('denied', 'no'))
        : Promise.resolve([clusterBody(one, 'b'), clusterBody(one, 'a')]);
    },
  };
  const declared = [{ registry: 'contoso', clusters: [clusterBody(two.toUpperCase(), 'c').id], networks: [] }];
  const registries = observed([]);
  const known = {
    subscriptions: [one, two].map((id) => ({ id, name: null, registries, facets: {} })),
    registries: [],
    declared,
    shared: {},
  };
  const value = await consumers.collect(azure, known, askingOf(azure));

  expect(asked).toHaveLength(3);
  expect(value.clusters.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(value.declared).toBe(declared);
  expect(value.searched.map(({ subscription, clusters }) => [subscription.toLowerCase(), clusters.state])).toEqual([
    [two, 'denied'],
    [one, 'observed'],
    [three, 'not-collected'],
  ]);
});

describe('what a cluster says of Defender and its gate', () => {
  const said = (securityProfile: unknown) => {
    const body = clusterBody(one, 'aks');
    return parseCluster({ ...body, properties: { ...body.properties, securityProfile } }, '2025-10-01').defender;
  };

  test.each([
    ['nothing', undefined, null],
    ['no Defender', { imageCleaner: { enabled: true } }, null],
    [
      'Defender without a gate',
      { defender: { securityMonitoring: { enabled: true } } },
      { sensor: true, gating: null, apiVersion: '2025-10-01' },
    ],
    [
      'a gate, and whom it pulls as',
      {
        defender: {
          securityMonitoring: { enabled: true },
          securityGating: {
            enabled: true,
            identities: [{ azureContainerRegistry: 'contoso', identity: { objectId: 'gate', clientId: 'c' } }],
            allowSecretAccess: true,
          },
        },
      },
      {
        sensor: true,
        gating: { enabled: true, identities: [{ registry: 'contoso', principalId: 'gate' }] },
        apiVersion: '2025-10-01',
      },
    ],
    [
      'a gate of which little is told',
      { defender: { securityGating: { enabled: 'yes' } } },
      { sensor: null, gating: { enabled: null, identities: [] }, apiVersion: '2025-10-01' },
    ],
  ])('%s', (_, profile, wanted) => expect(said(profile)).toEqual(wanted));

  test('a gate in another form is no cluster without a gate', () => {
    expect(() => said({ defender: { securityGating: 'on' } })).toThrow('securityGating');
  });
});

test('where the version that tells of gating is refused, an older one is asked', async () => {
  const asked: string[] = [];
  const { azure } = fakeAzure({});
  const older: Azure = {
    ...azure,
    list(path, apiVersion) {
      if (!path.endsWith('/managedClusters')) return azure.list(path, apiVersion);
      asked.push(apiVersion);
      return apiVersion === '2024-09-01'
        ? Promise.resolve([clusterBody(one, 'aks')])
        : Promise.reject(new AzureError('api-version', 'not supported', { status: 400 }));
    },
  };
  const known = {
    subscriptions: [{ id: one, name: null, registries: observed([]), facets: {} }],
    registries: [],
    declared: [],
    shared: {},
  };
  expect((await consumers.collect(older, known, askingOf(older))).clusters).toHaveLength(1);
  expect(asked).toEqual(['2025-10-01', '2024-09-01']);
});
