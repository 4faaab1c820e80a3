import { describe, expect, test } from 'vitest';
import { consumersOf } from '../../../src/facts/access/consumption.ts';
import { asMember } from '../../../src/model/enums.ts';
import { denied, notCollected, observed } from '../../../src/model/evidence.ts';
import type { Cluster, Consumers } from '../../../src/model/facets/consumers.ts';
import type { RoleAssignments } from '../../../src/model/facets/role-assignments.ts';
import { unasked } from '../../../src/model/outcome.ts';
import { acr, registryId } from '../../support.ts';
import { task } from '../tasks/network.ts';

const subscription = '/subscriptions/00000000-0000-0000-0000-000000000001';
const networkId = (name: string) =>
  `${subscription}/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/${name}`;

const cluster = (name: string, changes: Partial<Cluster> = {}): Cluster => ({
  id: `${subscription}/resourcegroups/rg-aks/providers/Microsoft.ContainerService/managedClusters/${name}`,
  name,
  location: 'westeurope',
  provisioningState: 'Succeeded',
  kubelet: { objectId: `kubelet-${name}`, id: null },
  controlPlane: [],
  nodeImages: [],
  servicePrincipal: null,
  subnets: [`${networkId(`vnet-${name}`)}/subnets/nodes`],
  nodeResourceGroup: null,
  oidcIssuer: null,
  kubernetesVersion: null,
  defender: null,
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
    },
  ],
  definitions: observed([]),
});
const nobody = { assignments: [], definitions: observed([]) };

describe('a cluster is known to pull when its kubelet identity has an assignment at the registry or its group', () => {
  const table: [string, string, boolean][] = [
    ['on the registry', registryId, true],
    ['on the registry, in another casing', registryId.toUpperCase(), true],
    ['on its resource group', `${subscription}/resourceGroups/rg-acr`, true],
    ['on its subscription', subscription, false],
    ['on a management group', '/providers/Microsoft.Management/managementGroups/root', false],
    ['at the root', '/', false],
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
      apps: [],
      networks: [
        { id: networkId('vnet-a'), declared: false, clusters: ['a'], apps: [] },
        { id: networkId('vnet-ci'), declared: true, clusters: [], apps: [] },
      ],
      able: [],
      leaving: [],
      unfound: [
        {
          id: '/elsewhere/managedClusters/gone',
          why: unasked(
            'cluster /elsewhere/managedClusters/gone, which the configuration lists, is outside of the scope of this scan',
          ),
        },
      ],
      unplaced: [],
      unidentified: [],
      unseen: null,
      unseenApp: null,
    });
  }
});

test('pools of one network are one network', () => {
  const subnets = [`${networkId('vnet-a')}/subnets/one`, `${networkId('VNET-A')}/subnets/two`];
  const { networks } = consumersOf(acr(), found([cluster('a', { subnets })]), assigned('kubelet-a', registryId));
  expect(networks.map(({ clusters }) => clusters)).toEqual([['a']]);
});

describe('beside those that are known to pull', () => {
  const pull = '7f951dda-4ed3-4680-a7ca-43fe172d538d';
  const given = (principalId: string, scope: string): RoleAssignments => {
    const { assignments, definitions } = assigned(principalId, scope);
    return { assignments: assignments.map((one) => ({ ...one, roleId: pull })), definitions };
  };
  const legacy = acr({ roleAssignmentMode: 'LegacyRegistryPermissions' });
  const names = (clusters: readonly { readonly name: string }[]) => clusters.map(({ name }) => name);

  test('an inherited role names a cluster as able to pull', () => {
    const { clusters, able } = consumersOf(legacy, found([cluster('a')]), given('kubelet-a', subscription));
    expect([clusters, names(able)]).toEqual([[], ['a']]);
  });

  test('a cluster whose own identity holds the role is meant to pull', () => {
    const mistaken = cluster('a', { controlPlane: ['control-a'] });
    const { clusters } = consumersOf(legacy, found([mistaken]), given('CONTROL-a', registryId));
    expect(names(clusters.map((one) => one.cluster))).toEqual(['a']);
    expect(consumersOf(legacy, found([mistaken]), given('control-a', subscription)).clusters).toEqual([]);
  });

  test('a cluster that is being deleted is left out, with a word', () => {
    const going = cluster('a', { provisioningState: 'Deleting' });
    const { clusters, leaving } = consumersOf(legacy, found([going]), given('kubelet-a', registryId));
    expect([clusters, names(leaving)]).toEqual([[], ['a']]);
  });
});

describe('somebody whom nobody has seen pulls', () => {
  const pull = '7f951dda-4ed3-4680-a7ca-43fe172d538d';
  const legacy = acr({ roleAssignmentMode: 'LegacyRegistryPermissions' });
  const left = { subscription: '/subscriptions/2', clusters: notCollected('left out') };
  const shut = { subscription: '/subscriptions/2', clusters: denied('no', [{ action: 'read', scope: '/' }]) };
  const table: [string, readonly Consumers['searched'][number][], string, string, string, string | null][] = [
    ['at the registry, and a subscription was left out', [left], registryId, 'nobody', 'ServicePrincipal', 'unasked'],
    ['at its group, and a subscription was denied', [shut], registryId, 'nobody', 'ServicePrincipal', 'unread'],
    ['never because a subscription was left out alone', [left], registryId, 'kubelet-a', 'ServicePrincipal', null],
    ['never by an inherited role', [left], subscription, 'nobody', 'ServicePrincipal', null],
    ['never where it is a person', [shut], registryId, 'nobody', 'User', null],
    ['never where every subscription was read', [], registryId, 'nobody', 'ServicePrincipal', null],
  ];
  test.each(table)('%s', (_, searched, scope, principalId, principalType, why) => {
    const { assignments, definitions } = assigned(principalId, scope);
    const roles = {
      assignments: assignments.map((one) => ({
        ...one,
        roleId: pull,
        principalType: asMember('principalType', principalType),
      })),
      definitions,
    };
    const { unseen } = consumersOf(legacy, { ...found([cluster('a')]), searched }, roles);
    expect(unseen?.unseen ?? null).toBe(why);
  });

  test('never an identity that was seen', () => {
    const identity = {
      id: '/identities/app',
      name: 'app',
      principalId: 'nobody',
      credentials: notCollected('no matter'),
    };
    const { assignments, definitions } = assigned('nobody', registryId);
    const roles = { assignments: assignments.map((one) => ({ ...one, roleId: pull })), definitions };
    const app = {
      id: '/apps/shop',
      name: 'shop',
      kind: 'container app' as const,
      location: null,
      environment: null,
      subnets: [],
      pulls: [],
    };
    const own = { type: 'SystemAssigned', principalId: 'NOBODY', userAssigned: [] };
    for (const seen of [
      { federatedCredentials: observed({ identities: [identity], searched: [] }) },
      { tasks: observed([task('nightly', { identity: own })]) },
      { appConsumers: observed({ apps: [{ ...app, identity: own }], searched: [], environments: [] }) },
    ])
      expect(consumersOf(legacy, { ...found([]), searched: [left] }, roles, seen).unseen).toBeNull();
    const itself = { ...legacy, identity: own };
    expect(consumersOf(itself, { ...found([]), searched: [left] }, roles).unseen).toBeNull();
    expect(consumersOf(legacy, { ...found([]), searched: [left] }, roles).unseen).not.toBeNull();
  });
});
