import check from '../../../checks/build/task-identities-least-privilege.ts';
import { roleIds } from '../../../src/facts/access/roles.ts';
import type { ManagedIdentity } from '../../../src/model/facets/registry.ts';
import { command, docker, task } from '../../facts/tasks/yaml.ts';
import { assigned, managementGroupId, roles, rolesWithoutDefinitions, subscriptionId } from '../../roles.ts';
import { acr, testCheck } from '../../support.ts';

const registry = acr({ roleAssignmentMode: 'LegacyRegistryPermissions' });
const system: ManagedIdentity = { type: 'SystemAssigned', principalId: 'ci', userAssigned: [] };
const user = (principalId: string | null): ManagedIdentity => ({
  type: 'UserAssigned',
  principalId: null,
  userAssigned: [
    {
      id: '/subscriptions/s/resourcegroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/ci',
      principalId,
      clientId: null,
    },
  ],
});
const as = (identity: ManagedIdentity | null) => [task('app', docker(), { identity })];
const at = 'roleAssignments/assignments/0/roleId';

testCheck(
  check,
  [
    [
      'pass',
      'it may push',
      { registry, tasks: as(system), roleAssignments: roles([assigned(roleIds.acrPush)]) },
      { cites: ['tasks/0/identity'] },
    ],
    ['pass', 'it has no role here', { registry, tasks: as(system), roleAssignments: roles([]) }],
    [
      'fail',
      'it is Contributor of the subscription',
      {
        registry,
        tasks: as(system),
        roleAssignments: roles([assigned(roleIds.contributor, { scope: subscriptionId })]),
      },
      {
        cites: [at],
        says: 'task app runs as Contributor at the subscription',
        fix: /^az role assignment create [^\n]* --role AcrPush [^\n]*\nAsk whoever owns the subscription \(nobody [^)]*\) to take [^\n]* from task app \(ci\)[^\n]*$/,
      },
    ],
    [
      'fail',
      'it is Contributor of the registry itself',
      { registry, tasks: as(system), roleAssignments: roles([assigned(roleIds.contributor)]) },
      {
        cites: [at],
        fix: /^az role assignment create [^\n]* --role AcrPush [^\n]*\nProve [^\n]*\naz role assignment delete --ids \/subscriptions/,
      },
    ],
    [
      'fail',
      'a management group makes it Owner',
      {
        registry,
        tasks: as(system),
        roleAssignments: roles([assigned(roleIds.owner, { scope: managementGroupId })]),
      },
      { cites: [at], fix: 'Ask whoever owns management group root' },
    ],
    [
      'fail',
      'a user-assigned identity is Owner, the only one',
      { registry, tasks: as(user('ci')), roleAssignments: roles([assigned(roleIds.owner)]) },
      { cites: [at], fix: /^Make a person or a group Owner/ },
    ],
    [
      'fail',
      'it starts tasks, which a role to push does not allow',
      {
        registry,
        tasks: [task('again', command('az acr task run --name x'), { identity: system })],
        roleAssignments: roles([assigned(roleIds.contributor)]),
      },
      { fix: 'Container Registry Tasks Contributor' },
    ],
    [
      'fail',
      'it purges',
      {
        registry,
        tasks: [task('purge', command("acr purge --filter 'app:^v' --ago 30d"), { identity: system })],
        roleAssignments: roles([assigned(roleIds.contributor)]),
      },
      { fix: /--role AcrDelete [^\n]*\n[^\n]* --role AcrPull / },
    ],
    [
      'fail',
      'it imports, which a role to push does not allow',
      {
        registry,
        tasks: [task('copy', command('az acr import --name contoso --source docker.io/a:1'), { identity: system })],
        roleAssignments: roles([assigned(roleIds.contributor)]),
      },
      { fix: /^az [^\n]* --role 'Container Registry Data Importer and Data Reader'/ },
    ],
    [
      'fail',
      'it does something else in Azure, so that nobody here knows what it needs',
      {
        registry,
        tasks: [task('lock', command('az lock create --name x'), { identity: system })],
        roleAssignments: roles([assigned(roleIds.contributor)]),
      },
      { fix: /^Give task lock \(ci\) what the steps of task lock need, and no more; not all of them are known here/ },
    ],
    [
      'fail',
      'it pushes, and none of its roles lets it',
      {
        registry: acr({ roleAssignmentMode: 'AbacRepositoryPermissions' }),
        tasks: as(system),
        roleAssignments: roles([assigned(roleIds.contributor)]),
      },
      { fix: /^Decide whether task app \(ci\) is to have Container Registry Repository Writer/ },
    ],
    [
      'unknown',
      'it hands out roles under a condition',
      {
        registry,
        tasks: as(system),
        roleAssignments: roles([assigned(roleIds.rbacAdministrator, { condition: '?' })]),
      },
      { says: 'condition' },
    ],
    [
      'unknown',
      'the principal of a user-assigned identity is not said',
      { registry, tasks: as(user(null)), roleAssignments: roles([assigned(roleIds.owner)]) },
    ],
    [
      'unknown',
      'its role may not be read',
      { registry, tasks: as(system), roleAssignments: rolesWithoutDefinitions(assigned('custom')) },
      { says: 'AuthorizationFailed' },
    ],
    ['not-applicable', 'the task has no identity', { registry, tasks: as(null), roleAssignments: roles([]) }],
  ],
  {
    'registry/roleAssignmentMode': 'who manages a registry depends on no mode',
    'roleAssignments/assignments/*/principalType': 'the identity of a task is known by its id',
    'roleAssignments/definitions': 'what the built-in roles allow is known',
  },
);
