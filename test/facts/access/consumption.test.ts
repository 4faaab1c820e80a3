import { describe, expect, test } from 'vitest';
import { covers } from '../../../src/facts/access/access.ts';
import { consumersOf } from '../../../src/facts/access/consumption.ts';
import { observed } from '../../../src/model/evidence.ts';
import type { Cluster, Consumers } from '../../../src/model/facets/consumers.ts';
import { acr, registryId } from '../../support.ts';

const subscription = '/subscriptions/00000000-0000-0000-0000-000000000001';
const networkId = (name: string) =>
  `${subscription}/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/${name}`;

const cluster = (name: string, changes: Partial<Cluster> = {}): Cluster => ({
  id: `${subscription}/resourcegroups/rg-aks/providers/Microsoft.ContainerService/managedClusters/${name}`,
  name,
  location: 'westeurope',
  provisioningState: 'Succeeded',
  kubelet: { objectId: `kubelet-${name}`, clientId: null, id: null },
  servicePrincipal: null,
  subnets: [`${networkId(`vnet-${name}`)}/subnets/nodes`],
  nodeResourceGroup: null,
  privateCluster: null,
  azurePolicy: null,
  oidcIssuer: null,
  ...changes,
});

const found = (clusters: readonly Cluster[], declared: Consumers['declared'] = []): Consumers => ({
  clusters,
  searched: [],
  declared,
});

const assigned = (principalId: string, scope: string) => ({
  assignments: [
    {
      id: 'the-assignment',
      scope,
      principalId,
      principalType: null,
      roleId: 'any-role',
      condition: null,
      conditionVersion: null,
    },
  ],
  definitions: observed([]),
});
const nobody = { assignments: [], definitions: observed([]) };

describe('a cluster consumes the registry when its kubelet identity has an assignment', () => {
  const table: [string, string, boolean][] = [
    ['on the registry', registryId, true],
    ['on the registry, in another casing', registryId.toUpperCase(), true],
    ['on its resource group', `${subscription}/resourceGroups/rg-acr`, true],
    ['on its subscription', subscription, true],
    ['on a management group', '/providers/Microsoft.Management/managementGroups/root', true],
    ['at the root', '/', true],
    ['on a registry whose name only begins the same', `${registryId}two`, false],
    ['on a resource group whose name only begins the same', `${subscription}/resourceGroups/rg-acr-two`, false],
    ['on another subscription', '/subscriptions/00000000-0000-0000-0000-000000000002', false],
  ];
  test.each(table)('%s', (_, scope, consumes) => {
    const { clusters, networks } = consumersOf(acr(), found([cluster('a')]), assigned('KUBELET-a', scope));
    expect(clusters.map(({ at, assignments }) => [at, assignments])).toEqual(
      consumes ? [['consumers/clusters/0', ['the-assignment']]] : [],
    );
    expect(networks.map(({ id }) => id)).toEqual(consumes ? [networkId('vnet-a')] : []);
    expect(covers(scope, registryId)).toBe(consumes);
  });
});

test('the assignment of another principal does not count', () => {
  expect(consumersOf(acr(), found([cluster('a')]), assigned('somebody-else', registryId)).clusters).toEqual([]);
});

test('the configuration lists clusters and networks, by registry name or id', () => {
  const a = cluster('a');
  for (const registry of ['CONTOSO', registryId.toLowerCase()]) {
    const consumers = found(
      [a, cluster('b')],
      [
        {
          registry,
          clusters: [a.id.toUpperCase(), '/elsewhere/managedClusters/gone'],
          networks: [networkId('vnet-ci')],
        },
        { registry: 'another', clusters: [cluster('b').id], networks: [networkId('vnet-b')] },
      ],
    );
    expect(consumersOf(acr(), consumers, nobody)).toEqual({
      clusters: [
        { cluster: a, at: 'consumers/clusters/0', declared: true, assignments: [], networks: [networkId('vnet-a')] },
      ],
      networks: [
        { id: networkId('vnet-a'), declared: false, clusters: ['a'] },
        { id: networkId('vnet-ci'), declared: true, clusters: [] },
      ],
      missing: ['/elsewhere/managedClusters/gone'],
    });
  }
});

test('pools of one network are one network', () => {
  const subnets = [`${networkId('vnet-a')}/subnets/one`, `${networkId('VNET-A')}/subnets/two`];
  const { networks } = consumersOf(acr(), found([cluster('a', { subnets })]), assigned('kubelet-a', registryId));
  expect(networks.map(({ clusters }) => clusters)).toEqual([['a']]);
});
