import check from '../../../checks/identity/workload-roles-least-privilege.ts';
import { roleIds } from '../../../src/facts/access/roles.ts';
import { asMember } from '../../../src/model/enums.ts';
import { denied, observed } from '../../../src/model/evidence.ts';
import { cluster, consumers } from '../../clusters.ts';
import { inGit, task } from '../../facts/tasks/yaml.ts';
import {
  assigned,
  customRole,
  groupId,
  managementGroupId,
  roles,
  rolesWithoutDefinitions,
  subscriptionId,
} from '../../roles.ts';
import { acr, testCheck } from '../../support.ts';
import { mapId, scopeMap, token } from '../../tokens.ts';

const registry = acr({ roleAssignmentMode: 'LegacyRegistryPermissions' });
const abac = acr({ roleAssignmentMode: 'AbacRepositoryPermissions' });
const nobody = consumers();
const cites = ['roleAssignments/assignments/0/roleId'];
const custom = (actions: string[], notActions: string[] = []) => ({
  registry,
  consumers: nobody,
  roleAssignments: roles([assigned('custom')], [customRole({ actions, notActions })]),
});
const acrName = 'Microsoft.ContainerRegistry';
const newPasswords = custom([`${acrName}/registries/generateCredentials/action`]);
const onKubelet = (roleId: string, on = registry) => ({
  registry: on,
  consumers: consumers(cluster('aks')),
  roleAssignments: roles([assigned(roleId, { principalId: 'kubelet-aks', principalType: null })]),
});
const pusher = {
  id: `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/pusher`,
  name: 'pusher',
  principalId: 'pusher',
  credentials: observed([]),
};
const delegation =
  "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {7f951dda-4ed3-4680-a7ca-43fe172d538d}))";

testCheck(
  check,
  [
    [
      'pass',
      'a pipeline pushes and no more',
      { registry, consumers: nobody, roleAssignments: roles([assigned(roleIds.acrPush)]) },
      { cites },
    ],
    [
      'fail',
      'a pipeline is Contributor by a management group',
      {
        registry,
        consumers: nobody,
        roleAssignments: roles([assigned(roleIds.contributor, { scope: managementGroupId })]),
      },
      {
        cites,
        says: 'service principal ci is Contributor at management group root',
        fix: /--role AcrPush[\s\S]*Ask whoever owns management group root/,
      },
    ],
    [
      'fail',
      'whoever hands out roles at the scope of an inherited one is named, not who does so below it',
      {
        registry,
        consumers: nobody,
        roleAssignments: roles([
          assigned(roleIds.contributor, { scope: subscriptionId }),
          assigned(roleIds.owner, { principalId: 'ann', principalType: 'User', scope: managementGroupId }),
          assigned(roleIds.owner, { principalId: 'bob', principalType: 'User', scope: groupId }),
        ]),
      },
      { fix: /Ask whoever owns the subscription \(roles there are handed out by user ann\)/ },
    ],
    [
      'fail',
      'a pipeline is Owner of the subscription',
      { registry, consumers: nobody, roleAssignments: roles([assigned(roleIds.owner, { scope: subscriptionId })]) },
      { says: 'Owner at the subscription' },
    ],
    [
      'fail',
      'a pipeline is Owner of everything in the tenant',
      { registry, consumers: nobody, roleAssignments: roles([assigned(roleIds.owner, { scope: '/' })]) },
      { says: 'Owner at the root of the tenant' },
    ],
    [
      'fail',
      'a pipeline hands out roles',
      { registry, consumers: nobody, roleAssignments: roles([assigned(roleIds.userAccessAdministrator)]) },
    ],
    [
      'pass',
      'a pipeline hands out a role that only pulls',
      {
        registry,
        consumers: nobody,
        roleAssignments: roles([assigned(roleIds.rbacAdministrator, { condition: delegation })]),
      },
    ],
    [
      'fail',
      'Contributor manages in ABAC mode too',
      { registry: abac, consumers: nobody, roleAssignments: roles([assigned(roleIds.contributor)]) },
    ],
    [
      'fail',
      'Owner manages whatever the mode',
      { registry: acr(), consumers: nobody, roleAssignments: roles([assigned(roleIds.owner)]) },
    ],
    ['fail', 'a custom role writes registries', custom([`${acrName}/registries/write`])],
    ['fail', 'a custom role does all to registries', custom([`${acrName}/registries/*`])],
    ['fail', 'a custom role writes everything', custom(['*/write'])],
    [
      'pass',
      'a custom role writes everything but registries',
      custom(['*/write'], [`${acrName}/*`, 'Microsoft.Authorization/*']),
    ],
    ['pass', 'a custom role reads every part of the provider', custom([`${acrName}/*/read`])],
    [
      'fail',
      'the nodes of a cluster may push',
      onKubelet(roleIds.acrPush),
      { cites, says: 'kubelet identity of aks (kubelet-aks) is AcrPush' },
    ],
    ['fail', 'the nodes of a cluster may delete', onKubelet(roleIds.acrDelete)],
    ['pass', 'the nodes of a cluster may pull', onKubelet(roleIds.acrPull)],
    ['pass', 'AcrPush on the nodes is dead in ABAC mode', onKubelet(roleIds.acrPush, abac)],
    [
      'not-applicable',
      'only people and groups are Contributor',
      {
        registry,
        consumers: nobody,
        roleAssignments: roles([
          assigned(roleIds.contributor, { principalType: 'User' }),
          assigned(roleIds.owner, { principalType: 'Group', principalId: 'team' }),
        ]),
      },
    ],
    [
      'unknown',
      'ARM does not say what the owner is',
      { registry, consumers: nobody, roleAssignments: roles([assigned(roleIds.owner, { principalType: null })]) },
      { says: 'a person or a workload' },
    ],
    [
      'pass',
      'ARM does not say what the one that only pulls is',
      {
        registry,
        consumers: nobody,
        roleAssignments: roles([
          assigned(roleIds.acrPush),
          assigned(roleIds.acrPull, { principalType: null, principalId: 'who' }),
        ]),
      },
      { cites },
    ],
    [
      'pass',
      'the role that could not be read is a person’s',
      {
        registry,
        consumers: nobody,
        roleAssignments: rolesWithoutDefinitions(
          assigned(roleIds.acrPush),
          assigned('custom', { principalType: 'User', principalId: 'ann' }),
        ),
      },
      { cites },
    ],
    [
      'unknown',
      'the role that could not be read is of somebody ARM does not tell',
      {
        registry,
        consumers: nobody,
        roleAssignments: rolesWithoutDefinitions(
          assigned(roleIds.acrPush),
          assigned('custom', { principalType: null, principalId: 'who' }),
        ),
      },
      { says: 'AuthorizationFailed' },
    ],
    [
      'unknown',
      "the workload's role could not be read",
      { registry, consumers: nobody, roleAssignments: rolesWithoutDefinitions(assigned('custom')) },
      { says: 'AuthorizationFailed' },
    ],
    [
      'fail',
      'one role could not be read, and another is wrong',
      {
        registry,
        consumers: nobody,
        roleAssignments: rolesWithoutDefinitions(assigned('custom'), assigned(roleIds.owner)),
      },
      { cites: ['roleAssignments/assignments/1/roleId'] },
    ],
    [
      'fail',
      'a token minter',
      custom([`${acrName}/registries/tokens/*`, `${acrName}/registries/generateCredentials/action`]),
      { cites, says: 'can make itself a token' },
    ],
    [
      'fail',
      'it makes itself a new password of a token that pushes',
      { ...newPasswords, tokens: [token('ci')], scopeMaps: [scopeMap('ci', 'repositories/app/content/write')] },
      { cites, says: 'can make itself a password of a token that pushes or deletes' },
    ],
    [
      'fail',
      'it makes itself a new password of a token that deletes, by a map that comes with the registry',
      { ...newPasswords, tokens: [token('ci', { scopeMap: mapId('_repositories_admin') })], scopeMaps: [] },
      { cites },
    ],
    [
      'fail',
      'one role sets up tokens and another makes their passwords',
      {
        ...newPasswords,
        roleAssignments: roles(
          [assigned('custom'), assigned('maps')],
          [
            customRole({ actions: [`${acrName}/registries/generateCredentials/action`] }),
            { ...customRole({ actions: [`${acrName}/registries/scopeMaps/write`] }), id: 'maps' },
          ],
        ),
        tokens: [],
        scopeMaps: [],
      },
      { says: 'can make itself a password of a token' },
    ],
    ...(
      [
        ['no token is there', { tokens: [], scopeMaps: [] }],
        [
          'the token only pulls',
          { tokens: [token('ci')], scopeMaps: [scopeMap('ci', 'repositories/*/content/read')] },
          { irrelevant: { 'tokens/*/status': 'a token that only pulls gives nothing, enabled or not' } },
        ],
        [
          'the token is disabled',
          {
            tokens: [token('ci', { status: 'disabled' })],
            scopeMaps: [scopeMap('ci', 'repositories/app/content/write')],
          },
        ],
      ] as const
    ).map(
      ([when, tokens, more = {}]) =>
        ['pass', `it makes new passwords, and ${when}`, { ...newPasswords, ...tokens }, { cites, ...more }] as const,
    ),
    [
      'unknown',
      'it makes new passwords, and whose could not be seen',
      { ...newPasswords, tokens: denied('AuthorizationFailed', []) },
    ],
    [
      'unknown',
      'it makes new passwords, and the map of the token was not seen',
      { ...newPasswords, tokens: [token('ci')], scopeMaps: [] },
    ],
    ...['webhooks/write', 'credentialSets/delete', 'privateEndpointConnections/write', 'tokens/delete'].map(
      (one) =>
        [
          'fail',
          `it may do ${one}, and nothing else`,
          custom([`${acrName}/registries/${one}`]),
          { cites, says: 'can change or delete what belongs to the registry' },
        ] as const,
    ),
    [
      'pass',
      "a built-in role for one part, which is not the registry's own settings",
      {
        registry,
        consumers: nobody,
        roleAssignments: roles(
          [assigned('custom')],
          [{ ...customRole({ actions: [`${acrName}/registries/credentialSets/write`] }), custom: false }],
        ),
      },
      {
        cites,
        says: 'can change or delete what belongs to the registry',
        irrelevant: {
          'roleAssignments/assignments/*/principalType': 'what is not too much for a workload is not so for a person',
        },
      },
    ],
    ['pass', 'it looks at webhooks', custom([`${acrName}/registries/webhooks/read`]), { cites }],
    ['fail', 'it may delete the registry', custom([`${acrName}/registries/delete`])],
    ['fail', 'it may do everything but write', custom([`${acrName}/registries/*`], [`${acrName}/registries/write`])],
    [
      'fail',
      'it reads the admin password, while the account is on',
      {
        registry: acr({ roleAssignmentMode: 'LegacyRegistryPermissions', adminUserEnabled: true }),
        consumers: nobody,
        roleAssignments: roles([assigned(roleIds.configurationReader)]),
      },
    ],
    [
      'pass',
      'a built-in role for tasks alone, at the registry',
      { registry, consumers: nobody, roleAssignments: roles([assigned(roleIds.tasksContributor)]) },
      {
        cites,
        says: 'can push through tasks',
        irrelevant: {
          'roleAssignments/assignments/*/principalType': 'what is not too much for a workload is not so for a person',
        },
      },
    ],
    [
      'fail',
      'the same from above',
      { registry, consumers: nobody, roleAssignments: roles([assigned(roleIds.tasksContributor, { scope: groupId })]) },
      { fix: 'Ask whoever owns resource group rg-acr' },
    ],
    [
      'fail',
      'the same on the nodes of a cluster',
      onKubelet(roleIds.tasksContributor),
      {
        says: 'through tasks',
        irrelevant: {
          'consumers/clusters/*/kubelet': 'without it, the role is one that Azure made for this work',
          'consumers/clusters/*/kubelet/objectId': 'the same',
        },
      },
    ],
    ['fail', 'an own role that runs tasks', custom([`${acrName}/registries/scheduleRun/action`])],
    [
      'pass',
      'the configuration names its purpose',
      custom([`${acrName}/registries/scheduleRun/action`]),
      {
        purposes: [{ principal: 'CI', rights: ['edit-tasks'], reason: 'CI builds' }],
        says: 'names a purpose',
        irrelevant: {
          'roleAssignments/assignments/*/principalType':
            'the purpose is one of this object id, whatever Azure says it is',
        },
      },
    ],
    [
      'fail',
      'the purpose is another one',
      custom([`${acrName}/registries/importImage/action`]),
      { purposes: [{ principal: 'ci', rights: ['edit-tasks'], reason: 'CI builds' }] },
    ],
    [
      'fail',
      'it may write a credential of the identity that pushes',
      {
        registry,
        consumers: nobody,
        roleAssignments: roles([
          assigned(roleIds.managedIdentityContributor, { scope: pusher.id }),
          assigned(roleIds.acrPush, { principalId: 'pusher' }),
        ]),
        federatedCredentials: { identities: [pusher], searched: [] },
      },
      { cites, says: 'Managed Identity Contributor at identity pusher' },
    ],
    [
      'fail',
      'it may assign the identity that pushes to a workload of its own',
      {
        registry,
        consumers: nobody,
        roleAssignments: roles([
          assigned(roleIds.managedIdentityOperator, { scope: pusher.id }),
          assigned(roleIds.acrPush, { principalId: 'pusher' }),
        ]),
        federatedCredentials: { identities: [pusher], searched: [] },
      },
      { cites, says: 'Managed Identity Operator at identity pusher: can run a workload as an identity' },
    ],
    [
      'fail',
      'another spelling of the type is a workload too',
      {
        registry,
        consumers: nobody,
        roleAssignments: roles([
          assigned(roleIds.contributor, { principalType: asMember('principalType', 'serviceprincipal') }),
        ]),
      },
      { fix: /--role AcrPush[\s\S]*Prove[\s\S]*role assignment delete --ids/ },
    ],
    ...['', 'Unknown', 'Device', 'Robot'].map(
      (type) =>
        [
          'unknown',
          `nobody knows what a '${type}' is`,
          {
            registry,
            consumers: nobody,
            roleAssignments: roles([assigned(roleIds.contributor, { principalType: asMember('principalType', type) })]),
          },
        ] as const,
    ),
    [
      'unknown',
      'whether ARM honours a condition on managing is not documented',
      {
        registry,
        consumers: nobody,
        roleAssignments: roles([assigned(roleIds.contributor, { condition: `!(ActionMatches{'${acrName}/*'})` })]),
      },
      { says: 'condition' },
    ],
    [
      'fail',
      'a task that only starts others gets the role that task-identities-least-privilege gives it',
      {
        registry,
        consumers: nobody,
        roleAssignments: roles([assigned(roleIds.contributor)]),
        tasks: [
          task('cssc-scan-image', inGit(), {
            identity: { type: 'SystemAssigned', principalId: 'ci', userAssigned: [] },
          }),
        ],
      },
      {
        fix: /^az [^\n]* --role 'Container Registry Tasks Contributor' [^\n]*\nProve that task cssc-scan-image \(ci\)/,
      },
    ],
    [
      'fail',
      'another workload that is Owner does not stay either',
      {
        registry,
        consumers: nobody,
        roleAssignments: roles([assigned(roleIds.owner), assigned(roleIds.owner, { principalId: 'cd' })]),
      },
      { fix: /^Make a person or a group Owner before service principal cd [^\n]*\nMake [^\n]* principal ci [^\n]*$/ },
    ],
    [
      'fail',
      'the only Owner stays until there is another',
      { registry, consumers: nobody, roleAssignments: roles([assigned(roleIds.owner)]) },
      { fix: /^Make a person or a group Owner/ },
    ],
  ],
  {
    'registry/roleAssignmentMode':
      'without it the rights of both modes count: a role passes only where it is narrow in both',
    'roleAssignments/definitions': 'what the built-in roles allow is known',
  },
);
