import check from '../../../checks/identity/repository-permissions-mode.ts';
import { roleIds } from '../../../src/facts/access/roles.ts';
import { cluster, consumers } from '../../clusters.ts';
import { docker, task } from '../../facts/tasks/yaml.ts';
import { assigned, customRole, managementGroupId, onRepositories, roles, subscriptionId } from '../../roles.ts';
import { acr, testCheck } from '../../support.ts';

const cites = ['registry/roleAssignmentMode'];
const registry = acr({ roleAssignmentMode: 'LegacyRegistryPermissions' });
const last = /\nSee that each new role is there[^\n]*\naz acr update [^\n]* --role-assignment-mode rbac-abac$/;
const fix = (...lines: readonly string[]): RegExp => new RegExp(`^${lines.join('\\n')}${last.source}`);

testCheck(check, [
  ['pass', 'roles can be narrowed', { registry: acr({ roleAssignmentMode: 'AbacRepositoryPermissions' }) }, { cites }],
  [
    'fail',
    'roles reach everything, and it was not seen whose they are',
    { registry },
    { cites, fix: fix('Give everybody who pulls[^\\n]*', 'Give every ACR task [^\\n]*') },
  ],
  [
    'fail',
    'each workload gets the role of what it does today, whatever gives it that',
    {
      registry,
      consumers: consumers(cluster('aks')),
      roleAssignments: roles(
        [
          assigned(roleIds.acrPull, { principalId: 'kubelet-aks', scope: managementGroupId }),
          assigned(roleIds.contributor, { scope: subscriptionId }),
          assigned('custom', { principalId: 'all' }),
          assigned(roleIds.acrPull, { principalId: 'done' }),
          assigned(roleIds.repositoryReader, {
            principalId: 'done',
            condition: onRepositories("StringEquals 'a'", 'content/read'),
          }),
        ],
        [customRole({ actions: ['Microsoft.ContainerRegistry/registries/*'] })],
      ),
      tasks: [],
    },
    {
      fix: fix(
        "az role assignment create --assignee-object-id all [^\\n]* --role 'Container Registry Repository Contributor' [^\\n]*",
        "az role assignment create --assignee-object-id ci [^\\n]* --role 'Container Registry Repository Writer' [^\\n]*",
        "az role assignment create --assignee-object-id kubelet-aks [^\\n]* --role 'Container Registry Repository Reader' [^\\n]*",
      ),
    },
  ],
  [
    'fail',
    'people, groups and what no role is as narrow as are for a person',
    {
      registry,
      roleAssignments: roles([
        assigned(roleIds.owner, { principalId: 'team', principalType: 'Group', scope: subscriptionId }),
        assigned(roleIds.reader, { principalId: 'ann', principalType: 'User' }),
        assigned(roleIds.acrDelete, { principalId: 'sweep' }),
      ]),
      tasks: [],
    },
    {
      fix: fix(
        'Give Container Registry Repository Reader on the registry[^\\n]*: user ann \\(pull by Reader at the registry\\).',
        'Give a custom role [^\\n]*: service principal sweep \\(delete by AcrDelete at the registry\\)[^\\n]*',
        'Give Container Registry Repository Writer [^\\n]*: group team \\(pull, push by Owner at the subscription\\).',
      ),
    },
  ],
  [
    'fail',
    'a task gets an identity, and one that has one gets its role',
    {
      registry,
      roleAssignments: roles([]),
      tasks: [
        task('bare', docker()),
        task('build', docker(), {
          identity: { type: 'SystemAssigned', principalId: 'job', userAssigned: [] },
          sourceRegistryIdentity: '[system]',
        }),
      ],
    },
    {
      fix: fix(
        "Give task bare an identity for this registry that has Container Registry Repository Writer: [^\\n]*--source-acr-auth-id '\\[system\\]'.",
        "az role assignment create --assignee-object-id job [^\\n]* --role 'Container Registry Repository Writer' [^\\n]*",
      ),
    },
  ],
  ['unknown', 'the api-version did not answer the mode', { registry: acr() }],
]);
