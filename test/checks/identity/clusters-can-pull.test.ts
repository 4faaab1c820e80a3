import check from '../../../checks/identity/clusters-can-pull.ts';
import { roleIds } from '../../../src/facts/access/roles.ts';
import { asMember } from '../../../src/model/enums.ts';
import { denied, notCollected, type Unseen } from '../../../src/model/evidence.ts';
import type { Cluster, Consumers } from '../../../src/model/facets/consumers.ts';
import type { RoleAssignment } from '../../../src/model/facets/role-assignments.ts';
import type { Row } from '../../../src/testing/row.ts';
import { cluster, consumers, declared } from '../../clusters.ts';
import { deny } from '../../denies.ts';
import {
  assigned,
  customRole,
  groupId,
  managementGroupId,
  onRepositories,
  roles,
  rolesWithoutDefinitions,
  subscriptionId,
} from '../../roles.ts';
import { acr, registryId, testCheck } from '../../support.ts';

const legacy = acr({ roleAssignmentMode: 'LegacyRegistryPermissions' });
const withoutArm = acr({
  roleAssignmentMode: 'LegacyRegistryPermissions',
  policies: { azureAdAuthenticationAsArm: { status: 'disabled' } },
});
const abac = acr({ roleAssignmentMode: 'AbacRepositoryPermissions' });
const aks = consumers(cluster('aks'));
const elsewhere = (evidence: Unseen, ...clusters: readonly Cluster[]): Consumers => ({
  clusters,
  declared: [],
  searched: [{ subscription: subscriptionId, clusters: evidence }],
});
const onTeam = onRepositories("StringStartsWith 'team/'", 'content/read');
const clock = '@Environment[UtcNow]';
const toNodes = (roleId: string, changes: Partial<RoleAssignment> = {}) =>
  assigned(roleId, { principalId: 'kubelet-aks', ...changes });
const pulls = roles([toNodes(roleIds.acrPull)]);
const cites = ['roleAssignments/assignments/0/roleId'];
const nodes = ['consumers/clusters/0/kubelet/objectId'];
const acrName = 'Microsoft.ContainerRegistry';

const rows: readonly Row<'registry' | 'roleAssignments' | 'consumers', 'federatedCredentials' | 'denyAssignments'>[] = [
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
    { cites: nodes, says: 'no role lets the nodes of aks pull', fix: "'Container Registry Repository Reader'" },
  ],
  [
    'not-applicable',
    'Reader at the subscription lets a cluster pull, which does not show that it does',
    {
      registry: legacy,
      consumers: aks,
      roleAssignments: roles([toNodes(roleIds.reader, { scope: subscriptionId })]),
    },
    { says: 'cluster aks may pull by an inherited role' },
  ],
  [
    'pass',
    'it does by the configuration',
    {
      registry: legacy,
      consumers: declared(aks, 'aks'),
      roleAssignments: roles([toNodes(roleIds.reader, { scope: subscriptionId })]),
    },
  ],
  [
    'not-applicable',
    'AcrPull at a management group is dead in ABAC mode, and nobody says that the cluster uses this registry',
    {
      registry: abac,
      consumers: aks,
      roleAssignments: roles([toNodes(roleIds.acrPull, { scope: managementGroupId })]),
    },
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
  ...(
    [
      ['fail', 'a condition lets nothing in', '!(ActionMatches{*})', /az role assignment update/],
      [
        'fail',
        'the time of a condition is over',
        `${onTeam} AND (${clock} DateTimeLessThan '2024-01-01T00:00:00Z')`,
        /its time is over/,
      ],
      [
        'unknown',
        'the time of a condition is not over yet',
        `${onTeam} AND (${clock} DateTimeLessThan '2030-01-01T00:00:00Z')`,
        /./,
      ],
      [
        'pass',
        'the time of a condition has begun',
        `${onTeam} AND (${clock} DateTimeGreaterThan '2024-01-01T00:00:00Z')`,
        /./,
      ],
      [
        'unknown',
        'the time of a condition has not begun',
        `${onTeam} AND (${clock} DateTimeGreaterThan '2030-01-01T00:00:00Z')`,
        /./,
      ],
      [
        'unknown',
        'an operator that nobody knows',
        "@Request[Microsoft.ContainerRegistry/registries/repositories:NAME] StringResembles 'team'",
        /StringResembles/,
      ],
      [
        'unknown',
        'a condition asks who it is',
        `${onTeam} AND (@Principal[Microsoft.Directory/x] StringEquals 'y')`,
        /./,
      ],
    ] as const
  ).map(
    ([verdict, when, condition, text]) =>
      [
        verdict,
        when,
        {
          registry: abac,
          consumers: aks,
          roleAssignments: roles([toNodes(roleIds.repositoryReader, { condition })]),
        },
        verdict === 'fail' ? { fix: text } : {},
      ] as const,
  ),
  [
    'unknown',
    'a condition we cannot read',
    {
      registry: abac,
      consumers: aks,
      roleAssignments: roles([toNodes(roleIds.repositoryReader, { condition: '?' })]),
    },
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
    'the clusters of a subscription may not be listed, and somebody whom nobody has seen pulls',
    { registry: legacy, consumers: elsewhere(denied('no', [])), roleAssignments: roles([assigned(roleIds.acrPull)]) },
    { says: 'service principal ci' },
  ],
  [
    'pass',
    'that one is an identity that was seen',
    {
      registry: legacy,
      consumers: { ...aks, ...elsewhere(denied('no', []), ...aks.clusters) },
      roleAssignments: roles([toNodes(roleIds.acrPull), assigned(roleIds.acrPull)]),
      federatedCredentials: {
        identities: [{ id: '/identities/ci', name: 'ci', principalId: 'ci', credentials: notCollected('no matter') }],
        searched: [],
      },
    },
  ],
  [
    'not-applicable',
    'the clusters of a subscription may not be listed, and nobody pulls',
    { registry: legacy, consumers: elsewhere(denied('no', [])), roleAssignments: roles([]) },
  ],
  [
    'fail',
    "the cluster's own identity holds the role, and its nodes none",
    {
      registry: legacy,
      consumers: consumers(cluster('aks', { controlPlane: ['control-plane'] })),
      roleAssignments: roles([assigned(roleIds.acrPull, { principalId: 'control-plane' })]),
    },
    { cites: nodes, fix: '--assignee-object-id kubelet-aks' },
  ],
  [
    'unknown',
    'a cluster on a service principal, and somebody whom nobody has seen pulls',
    {
      registry: legacy,
      consumers: consumers(cluster('aks', { kubelet: null, servicePrincipal: 'client' })),
      roleAssignments: roles([assigned(roleIds.acrPull)]),
    },
    { says: /cluster aks is on a service principal.*service principal ci may be it/ },
  ],
  [
    'not-applicable',
    'the cluster is being deleted',
    {
      registry: legacy,
      consumers: consumers(cluster('aks', { provisioningState: 'Deleting' })),
      roleAssignments: roles([toNodes(roleIds.acrPull)]),
    },
    { says: 'is being deleted' },
  ],
  [
    'not-applicable',
    'nobody whom anybody has seen pulls',
    { registry: legacy, consumers: aks, roleAssignments: roles([assigned(roleIds.acrPull)]) },
    { says: 'service principal ci may pull and is none of the identities seen' },
  ],
  [
    'unknown',
    'the registry refuses tokens for ARM, and the nodes are old',
    {
      registry: withoutArm,
      consumers: consumers(cluster('aks', { nodeImages: ['AKSUbuntu-2204gen2containerd-202409.09.0'] })),
      roleAssignments: roles([toNodes(roleIds.acrPull)]),
    },
    { says: /azureADAuthenticationAsArmPolicy.*node image 202409\.09\.0/ },
  ],
  [
    'pass',
    'the registry refuses tokens for ARM, and the nodes are newer',
    {
      registry: withoutArm,
      consumers: consumers(cluster('aks', { nodeImages: ['AKSUbuntu-2204gen2containerd-202608.05.0', null] })),
      roleAssignments: roles([toNodes(roleIds.acrPull)]),
    },
    { says: 'older node images' },
  ],
  ['not-applicable', 'no cluster has a role here', { registry: legacy, consumers: aks, roleAssignments: roles([]) }],
  [
    'fail',
    'a managed application denies everybody everything',
    { registry: legacy, consumers: aks, roleAssignments: pulls, denyAssignments: [deny()] },
    {
      cites: ['denyAssignments/0/scope'],
      says: 'deny assignment stack at the registry takes the pull from the nodes of aks',
      fix: 'to exclude the kubelet identity of aks from it',
    },
  ],
  [
    'fail',
    'it denies the content, in ABAC mode, at a management group',
    {
      registry: abac,
      consumers: aks,
      roleAssignments: roles([toNodes(roleIds.repositoryReader)]),
      denyAssignments: [deny({ actions: [], dataActions: [`${acrName}/*/read`], scope: managementGroupId })],
    },
  ],
  [
    'fail',
    'a deny is sure where a role is not: the nodes may be in a group',
    {
      registry: legacy,
      consumers: declared(aks, 'aks'),
      roleAssignments: roles([assigned(roleIds.contributor, { principalType: 'Group', principalId: 'pullers' })]),
      denyAssignments: [deny({ principals: [{ id: 'KUBELET-AKS', type: null }] })],
    },
  ],
  ...(
    [
      ['is for another', { principals: [{ id: 'someone', type: 'User' }] }],
      ['spares the nodes', { excluded: [{ id: 'Kubelet-aks', type: 'ServicePrincipal' }] }],
      ['spares the pull', { notActions: [`${acrName}/registries/pull/*`] }],
      ['denies content by data actions, which this mode does not ask for', { actions: [] }],
      ['holds at the group alone', { scope: groupId, onlyAtScope: true }],
      ['is about another registry', { scope: `${registryId}2` }],
      ['only audits', { effect: 'Audit' }],
    ] as const
  ).map(
    ([when, changes]) =>
      [
        'pass',
        `a deny assignment ${when}`,
        { registry: legacy, consumers: aks, roleAssignments: pulls, denyAssignments: [deny(changes)] },
      ] as const,
  ),
  ...(
    [
      ['is for a group', { principals: [{ id: 'g', type: 'Group' }] }, 'who is in it is not told'],
      ['spares a group', { excluded: [{ id: 'g', type: 'Group' }] }, 'it spares a group'],
      ['spares somebody of whom the id is not told', { excluded: [{ id: null, type: 'ServicePrincipal' }] }, 'spares'],
      ['has a condition', { condition: "@Resource[a:b] StringEquals 'c'" }, 'it has a condition'],
      ['has an effect nobody knows', { effect: asMember('denyEffect', 'Dream') }, 'its effect is Dream'],
      ['does not say how far it reaches', { scope: groupId, onlyAtScope: null }, 'below its scope'],
    ] as const
  ).map(
    ([when, changes, says]) =>
      [
        'unknown',
        `a deny assignment ${when}`,
        { registry: legacy, consumers: aks, roleAssignments: pulls, denyAssignments: [deny(changes)] },
        { says },
      ] as const,
  ),
  [
    'unknown',
    'the mode is not told, and a deny holds in one of them',
    {
      registry: acr(),
      consumers: aks,
      roleAssignments: roles([toNodes(roleIds.acrPull), toNodes(roleIds.repositoryReader)]),
      denyAssignments: [deny({ dataActions: [] })],
    },
    { says: 'permission mode' },
  ],
  [
    'unknown',
    'deny assignments may not be read: one could win over the role',
    {
      registry: legacy,
      consumers: aks,
      roleAssignments: pulls,
      denyAssignments: denied('no', [
        { action: 'Microsoft.Authorization/denyAssignments/read', scope: subscriptionId },
      ]),
    },
    { says: 'deny assignments, which win over every role' },
  ],
  [
    'fail',
    'the condition of the role lets nothing in, whatever a deny that was not read says',
    {
      registry: abac,
      consumers: aks,
      roleAssignments: roles([toNodes(roleIds.repositoryReader, { condition: '!(ActionMatches{*})' })]),
      denyAssignments: denied('no', []),
    },
  ],
];

testCheck(
  check,
  // Where a row says nothing of them, there are no deny assignments.
  rows.map(
    ([verdict, when, facts, expect]) => [verdict, when, { denyAssignments: [], ...facts }, expect ?? {}] as const,
  ),
  {
    'consumers/clusters/*/nodeImages/*': 'a node image that was not told leaves the verdict of the roles',
    'consumers/clusters/*/provisioningState': 'only a cluster that Azure says is being deleted is left out',
    'consumers/searched/*/clusters':
      'the clusters that are known are judged; another matters only where the registry names a puller',
    'registry/policies/azureAdAuthenticationAsArm': 'without it the verdict of the roles stands',
    'registry/policies/azureAdAuthenticationAsArm/status': 'without it the verdict of the roles stands',
    'roleAssignments/assignments/*/condition': 'a role without a condition lets more in',
    'roleAssignments/assignments/*/principalType':
      'an object id is the same principal, whatever Azure says of its type',
    'roleAssignments/definitions': 'the roles of the rows are built in',
  },
);
