import check from '../../../checks/identity/clusters-can-pull.ts';
import { roleIds } from '../../../src/facts/access/roles.ts';
import { denied } from '../../../src/model/evidence.ts';
import type { RoleAssignment } from '../../../src/model/facets/role-assignments.ts';
import { cluster, consumers, declared } from '../../clusters.ts';
import { assigned, customRole, onRepositories, roles, rolesWithoutDefinitions, subscriptionId } from '../../roles.ts';
import { acr, testCheck } from '../../support.ts';

const legacy = acr({ roleAssignmentMode: 'LegacyRegistryPermissions' });
const abac = acr({ roleAssignmentMode: 'AbacRepositoryPermissions' });
const aks = consumers(cluster('aks'));
const toNodes = (roleId: string, changes: Partial<RoleAssignment> = {}) =>
  assigned(roleId, { principalId: 'kubelet-aks', ...changes });
const cites = ['roleAssignments/assignments/0/roleId'];
const nodes = ['consumers/clusters/0/kubelet/objectId'];
const acrName = 'Microsoft.ContainerRegistry';

testCheck(check, [
  [
    'pass',
    'the nodes hold AcrPull',
    { registry: legacy, consumers: aks, roleAssignments: roles([toNodes(roleIds.acrPull)]) },
    { cites },
  ],
  [
    'fail',
    'AcrPull is dead in ABAC mode',
    { registry: abac, consumers: aks, roleAssignments: roles([toNodes(roleIds.acrPull)]) },
    { cites: nodes, says: 'No role lets the nodes of aks pull', fix: "'Container Registry Repository Reader'" },
  ],
  [
    'pass',
    'Reader at the subscription pulls in the older mode',
    { registry: legacy, consumers: aks, roleAssignments: roles([toNodes(roleIds.reader, { scope: subscriptionId })]) },
  ],
  [
    'fail',
    'Reader at the subscription does not pull in ABAC mode',
    { registry: abac, consumers: aks, roleAssignments: roles([toNodes(roleIds.reader, { scope: subscriptionId })]) },
  ],
  [
    'pass',
    'a custom role with every read of the provider',
    {
      registry: legacy,
      consumers: aks,
      roleAssignments: roles([toNodes('custom')], [customRole({ actions: [`${acrName}/*/read`] })]),
    },
  ],
  [
    'fail',
    'notActions take the pull away',
    {
      registry: legacy,
      consumers: aks,
      roleAssignments: roles(
        [toNodes('custom')],
        [customRole({ actions: [`${acrName}/*/read`], notActions: [`${acrName}/registries/pull/read`] })],
      ),
    },
    { fix: '--role AcrPull' },
  ],
  [
    'fail',
    'the configuration lists a cluster that holds nothing',
    { registry: legacy, consumers: declared(aks, 'aks'), roleAssignments: roles([]) },
    { cites: nodes },
  ],
  [
    'pass',
    'a condition names the repositories',
    {
      registry: abac,
      consumers: aks,
      roleAssignments: roles([
        toNodes(roleIds.repositoryReader, { condition: onRepositories("StringStartsWith 'team/'", 'content/read') }),
      ]),
    },
  ],
  [
    'unknown',
    'a condition we cannot read',
    { registry: abac, consumers: aks, roleAssignments: roles([toNodes(roleIds.repositoryReader, { condition: '?' })]) },
    { says: 'condition' },
  ],
  [
    'unknown',
    'the mode is not answered',
    { registry: acr(), consumers: aks, roleAssignments: roles([toNodes(roleIds.acrPull)]) },
    { says: 'mode' },
  ],
  [
    'unknown',
    'a group pulls, and who is in it is not told',
    {
      registry: legacy,
      consumers: declared(aks, 'aks'),
      roleAssignments: roles([assigned(roleIds.contributor, { principalType: 'Group', principalId: 'pullers' })]),
    },
    { says: 'group pullers' },
  ],
  [
    'fail',
    'the group has no access to images in ABAC mode either',
    {
      registry: abac,
      consumers: declared(aks, 'aks'),
      roleAssignments: roles([assigned(roleIds.contributor, { principalType: 'Group', principalId: 'pullers' })]),
    },
  ],
  [
    'unknown',
    "the nodes' role could not be read",
    { registry: legacy, consumers: aks, roleAssignments: rolesWithoutDefinitions(toNodes('custom')) },
    { says: 'could not be read' },
  ],
  [
    'fail',
    'a role that could not be read is a pipeline’s',
    {
      registry: legacy,
      consumers: declared(aks, 'aks'),
      roleAssignments: rolesWithoutDefinitions(assigned('custom')),
    },
    { cites: nodes },
  ],
  [
    'fail',
    'another service principal pulls',
    { registry: legacy, consumers: declared(aks, 'aks'), roleAssignments: roles([assigned(roleIds.acrPull)]) },
    { cites: nodes },
  ],
  [
    'unknown',
    'one pulls of whom Azure does not say that it is no group',
    {
      registry: legacy,
      consumers: declared(aks, 'aks'),
      roleAssignments: roles([assigned(roleIds.acrPull, { principalType: null, principalId: 'who' })]),
    },
    { says: 'group who' },
  ],
  [
    'unknown',
    'the cluster is on a service principal',
    {
      registry: legacy,
      consumers: declared(consumers(cluster('aks', { kubelet: null, servicePrincipal: 'client' })), 'aks'),
      roleAssignments: roles([assigned(roleIds.acrPull)]),
    },
    { says: 'service principal' },
  ],
  [
    'unknown',
    'a listed cluster was not found',
    { registry: legacy, consumers: declared(consumers(), 'gone'), roleAssignments: roles([]) },
    { says: 'gone' },
  ],
  [
    'unknown',
    'the clusters of a subscription may not be listed',
    {
      registry: legacy,
      consumers: {
        clusters: [],
        declared: [],
        searched: [{ subscription: subscriptionId, clusters: denied('no', []) }],
      },
      roleAssignments: roles([]),
    },
  ],
  ['not-applicable', 'no cluster has a role here', { registry: legacy, consumers: aks, roleAssignments: roles([]) }],
]);
