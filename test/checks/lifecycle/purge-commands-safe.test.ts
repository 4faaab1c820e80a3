import check from '../../../checks/lifecycle/purge-commands-safe.ts';
import { asMember } from '../../../src/model/enums.ts';
import { denied } from '../../../src/model/evidence.ts';
import { deny } from '../../denies.ts';
import { command, encoded, inGit, nightly, task } from '../../facts/tasks/yaml.ts';
import { assigned, customRole, onRepositories, roles, rolesWithoutDefinitions } from '../../roles.ts';
import { acr, testCheck } from '../../support.ts';

const at = 'tasks/0/step/content';
const registry = acr({ roleAssignmentMode: 'LegacyRegistryPermissions', publicNetworkAccess: 'Enabled' });
const purge = (...lines: readonly string[]) => ({
  registry,
  tasks: [task('purge', command(...lines), { timers: nightly })],
});
const restricted = (tasks: boolean) =>
  acr({
    roleAssignmentMode: 'LegacyRegistryPermissions',
    publicNetworkAccess: 'Disabled',
    networkRuleBypassOptions: 'AzureServices',
    networkRuleBypassAllowedForTasks: tasks,
  });
const good = "acr purge --filter 'app:^v\\d+$' --ago 30d --keep 5";

/** The roles that a purge needs where permissions go by repository. */
const catalogLister = 'bfdb9389-c9a5-478a-bb2f-ba9ca092c3c7';
const repositoryContributor = '2efddaa5-3f1f-4df3-97df-af3f13818f4c';
const repositoryReader = 'b93aa761-3e63-49ed-ac28-beffa264f7ac';
const system = { type: 'SystemAssigned', principalId: 'purger', userAssigned: [] };
const user = (clientId: string) => ({
  type: 'UserAssigned',
  principalId: null,
  userAssigned: [{ id: '/x', principalId: 'purger', clientId }],
});
const abac = (said: object, line = good) => ({
  registry: acr({ roleAssignmentMode: 'AbacRepositoryPermissions', publicNetworkAccess: 'Enabled' }),
  denyAssignments: [],
  tasks: [
    task('purge', command(line), { timers: nightly, identity: system, sourceRegistryIdentity: '[system]', ...said }),
  ],
});
const held = (...ids: readonly string[]) => roles(ids.map((id) => assigned(id, { principalId: 'purger' })));

testCheck(
  check,
  [
    ['pass', 'only old versions go and five stay', purge(good), { cites: [at] }],
    [
      'fail',
      'it is the nightly purge of the well-known example',
      purge("acr purge --filter '.*:.*' --ago 30d --untagged"),
      { cites: [at], says: /every tag of every repository.*production runs and latest.*signatures/s, fix: '--keep 5' },
    ],
    [
      'fail',
      'it keeps three of all tags, signatures among them',
      purge("acr purge --filter 'app:.*' --ago 30d --keep 3"),
      { says: /signatures.*--keep counts them/s },
    ],
    ['fail', 'the age is zero', purge("acr purge --filter 'app:^v1' --ago 0d"), { says: 'however new' }],
    ['fail', 'the age is negative', purge("acr purge --filter 'app:^v1' --ago -30d"), { says: 'into the future' }],
    ['fail', 'the age says days in full', purge("acr purge --filter 'app:^v1' --ago 30days"), { says: '150 years' }],
    ['fail', 'the age is minutes', purge("acr purge --filter 'app:^v1' --ago 3m"), { says: 'read as 3 minutes' }],
    ['fail', 'the age is weeks', purge("acr purge --filter 'app:^v1' --ago 2w"), { says: 'stops with an error' }],
    [
      'fail',
      'dangling manifests of every repository go',
      purge('acr purge --untagged-only'),
      { says: 'every repository' },
    ],
    ['fail', 'it unlocks first', purge("acr purge --filter 'app:^v1' --ago 30d --include-locked"), { says: 'unlocks' }],
    [
      'fail',
      'the dry run was scheduled',
      purge("acr purge --filter 'app:^v1' --ago 30d --dry-run"),
      { says: '--dry-run was left in' },
    ],
    [
      'pass',
      'a dry run is started by hand',
      { registry, tasks: [task('purge', command("acr purge --filter 'app:^v1' --ago 30d --dry-run"))] },
    ],
    [
      'fail',
      'an old image is pinned',
      purge("mcr.microsoft.com/acr/acr-cli:0.5 purge --filter 'app:^v1' --ago 30d --untagged"),
      { says: /0\.5 is pinned.*OCI index/s, fix: 'acr-cli:0.19' },
    ],
    [
      'fail',
      'the second of two purges is the bad one',
      purge(good, "acr purge --filter 'b:.*' --ago 1d"),
      { cites: [at], says: "'b'" },
    ],
    [
      'fail',
      'an alias of a multi-step task hides it',
      {
        registry,
        tasks: [
          task(
            'purge',
            encoded(
              "version: v1.1.0\nalias:\n  values:\n    clean: acr purge\nsteps:\n  - build: -t $Registry/app:$ID .\n  - cmd: $clean --filter 'app:.*' --ago 7d\n",
            ),
          ),
        ],
      },
      { cites: [at] },
    ],
    [
      'fail',
      'it is written over several lines with quotes',
      purge('acr purge \\\n  --filter "app:.*" \\\n  --ago 30d'),
      { says: "'app'" },
    ],
    [
      'fail',
      'the firewall that refuses the task would refuse a trial too',
      { ...purge("acr purge --filter 'app:.*' --ago 30d"), registry: restricted(false) },
      { fix: /^The firewall of the registry refuses a trial as it refuses the task.*only then try az acr run/m },
    ],
    [
      'fail',
      'tasks may pass the firewall, and so may a trial',
      { ...purge("acr purge --filter 'app:.*' --ago 30d"), registry: restricted(true) },
      { fix: /^Try the new command: az acr run/m },
    ],
    [
      'fail',
      'it runs on an agent pool',
      {
        registry,
        tasks: [
          task('purge', command("acr purge --filter 'app:.*' --ago 30d"), { agentPool: 'pool', timers: nightly }),
        ],
      },
    ],
    [
      'unknown',
      'the definition is a file in git',
      { registry, tasks: [task('purge', inGit())] },
      { says: 'acr-task.yaml' },
    ],
    [
      'fail',
      'one is bad and another is in git',
      { registry, tasks: [task('purge', command('acr purge --untagged-only')), task('other', inGit())] },
    ],
    [
      'unknown',
      'the definition is no YAML',
      { registry, tasks: [task('purge', encoded('steps: ['))] },
      { says: 'not YAML' },
    ],
    ['unknown', 'the command itself is given when it runs', purge('{{ .Run.Branch }} --ago 1d'), { says: 'filled in' }],
    [
      'unknown',
      'an alias is defined in another file',
      {
        registry,
        tasks: [
          task(
            'purge',
            encoded(
              "version: v1.1.0\nalias:\n  src: [aliases.yaml]\nsteps:\n  - cmd: $clean --filter 'app:.*' --ago 7d\n",
            ),
          ),
        ],
      },
      { says: '$clean' },
    ],
    ['not-applicable', 'a name that stands for nothing is no command', purge("$clean --filter 'app:.*' --ago 7d")],
    ['not-applicable', 'an image of the registry runs', purge('$Registry/app:$ID npm test')],
    ['unknown', 'a quote is left open', purge("acr purge --filter 'app:.*"), { says: 'quote' }],
    [
      'unknown',
      'the age is given when it runs',
      purge("acr purge --filter 'app:^v1' --ago {{.Run.Date}}"),
      { says: 'filled in' },
    ],
    [
      'unknown',
      'a pattern refers back',
      purge("acr purge --filter 'app:(a)\\1' --ago 30d"),
      { says: '\\1 is not evaluated' },
    ],
    [
      'pass',
      'permissions go by repository, and its identity has both roles',
      { ...abac({}), roleAssignments: held(catalogLister, repositoryContributor) },
    ],
    [
      'pass',
      'and so has one of its own',
      {
        ...abac({ identity: user('client'), sourceRegistryIdentity: 'client' }),
        roleAssignments: held(catalogLister, repositoryContributor),
      },
    ],
    [
      'pass',
      'a role of the user gives the same',
      {
        ...abac({}),
        roleAssignments: roles(
          [assigned('custom', { principalId: 'purger' })],
          [
            customRole({
              dataActions: [
                'Microsoft.ContainerRegistry/registries/catalog/read',
                'Microsoft.ContainerRegistry/registries/repositories/*',
              ],
            }),
          ],
        ),
      },
    ],
    [
      'fail',
      'it cannot list the repositories',
      { ...abac({}), roleAssignments: held(repositoryContributor) },
      { cites: [at, 'roleAssignments/assignments'], says: /ABAC.*Catalog Lister/, fix: 'Catalog Lister' },
    ],
    [
      'fail',
      'its roles let it purge, and a deny assignment takes that away',
      {
        ...abac({}),
        roleAssignments: held(catalogLister, repositoryContributor),
        denyAssignments: [deny({ actions: [], dataActions: ['*/content/delete'] })],
      },
      {
        cites: [at, 'denyAssignments/0/scope'],
        says: /refused each time.*deny assignment stack at the registry takes/,
        fix: /whoever made deny assignment stack .* to exclude the identity of purge/,
      },
    ],
    [
      'fail',
      'it may not list the repositories by a deny assignment at the registry alone',
      {
        ...abac({}),
        roleAssignments: held(catalogLister, repositoryContributor),
        denyAssignments: [deny({ actions: [], dataActions: ['*/catalog/read'], onlyAtScope: true })],
      },
      { says: /deny assignment/ },
    ],
    [
      'fail',
      'a deny assignment is sure, and its roles were not read',
      { ...abac({}), denyAssignments: [deny({})] },
      { says: /deny assignment/ },
    ],
    [
      'pass',
      'a deny assignment spares its identity',
      {
        ...abac({}),
        roleAssignments: held(catalogLister, repositoryContributor),
        denyAssignments: [deny({ excluded: [{ id: 'PURGER', type: asMember('principalType', 'ServicePrincipal') }] })],
      },
    ],
    [
      'pass',
      'a deny assignment of what a purge does not do',
      {
        ...abac({}),
        roleAssignments: held(catalogLister, repositoryContributor),
        denyAssignments: [deny({ dataActions: ['*/content/write'] })],
      },
    ],
    [
      'pass',
      'permissions go by registry, where no role of its own lets a task purge and nothing is denied to it by one',
      { ...purge(good), denyAssignments: [deny({})] },
    ],
    [
      'unknown',
      'a deny assignment is for a group',
      {
        ...abac({}),
        roleAssignments: held(catalogLister, repositoryContributor),
        denyAssignments: [deny({ principals: [{ id: 'g', type: asMember('principalType', 'Group') }] })],
      },
      { says: /whether deny assignment stack .* keeps purge from purging: it is for a group/ },
    ],
    [
      'unknown',
      'its roles let it purge, and deny assignments were not read',
      { ...abac({}), roleAssignments: held(catalogLister, repositoryContributor), denyAssignments: denied('no', []) },
      { says: /win over every role/ },
    ],
    [
      'fail',
      'it may look and not delete',
      { ...abac({}), roleAssignments: held(catalogLister, repositoryReader) },
      { says: /Repository Contributor/ },
    ],
    [
      'fail',
      'it has the role of the other mode',
      { ...abac({}), roleAssignments: held('c2f4ef07-c644-48eb-af81-4b1b4947fb11') },
      { says: /Catalog Lister and Container Registry Repository Contributor/ },
    ],
    [
      'fail',
      'the roles are those of another identity',
      { ...abac({}), roleAssignments: roles([assigned(catalogLister), assigned(repositoryContributor)]) },
    ],
    [
      'unknown',
      'a group has the roles, and it may be in it',
      {
        ...abac({}),
        roleAssignments: roles([
          assigned(catalogLister, { principalType: 'Group' }),
          assigned(repositoryContributor, { principalType: 'Group' }),
        ]),
      },
      { says: 'group' },
    ],
    ['unknown', 'its roles were not read', { ...abac({}) }, { says: 'the row does not hold it' }],
    [
      'unknown',
      'a condition gives its role on some repositories only',
      {
        ...abac({}),
        roleAssignments: roles([
          assigned(catalogLister, { principalId: 'purger' }),
          assigned(repositoryContributor, {
            principalId: 'purger',
            condition: onRepositories("StringStartsWith 'app/'", 'content/delete'),
          }),
        ]),
      },
      { says: 'on which repositories' },
    ],
    [
      'fail',
      'a condition takes the right to delete',
      {
        ...abac({}),
        roleAssignments: roles([
          assigned(catalogLister, { principalId: 'purger' }),
          assigned(repositoryContributor, {
            principalId: 'purger',
            condition: "!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/delete'})",
          }),
        ]),
      },
      { says: 'Repository Contributor', fix: /Widen the condition under which purger has/ },
    ],
    [
      'unknown',
      'no identity is named for the registry',
      { ...abac({ sourceRegistryIdentity: null }), roleAssignments: held(catalogLister, repositoryContributor) },
      { says: 'task-source-registry-identity' },
    ],
    [
      'unknown',
      'it purges as whoever starts it, and a timer does',
      { ...abac({ sourceRegistryIdentity: '[caller]' }), roleAssignments: held() },
      { says: 'as whom' },
    ],
    [
      'pass',
      'it purges as whoever starts it, and a person does',
      { ...abac({ sourceRegistryIdentity: '[Caller]', timers: [] }), roleAssignments: held() },
    ],
    [
      'pass',
      'it logs in with a token of its own',
      {
        ...abac({ sourceRegistryIdentity: null }, `${good} --username ci --password secret`),
        roleAssignments: held(),
      },
    ],
    [
      'unknown',
      'Azure does not say whether permissions go by repository',
      { ...purge(good), registry: acr({ publicNetworkAccess: 'Enabled' }), roleAssignments: held() },
      { says: 'a mode of permissions' },
    ],
    [
      'unknown',
      'what its role grants was not read',
      { ...abac({}), roleAssignments: rolesWithoutDefinitions(assigned('custom', { principalId: 'purger' })) },
    ],
    [
      'unknown',
      'Azure does not tell the principal of its identity',
      { ...abac({ identity: null }), roleAssignments: held(catalogLister, repositoryContributor) },
    ],
    [
      'fail',
      'an old acr-cli fails there, whatever the roles',
      {
        ...abac({}, good.replace('acr purge', 'mcr.microsoft.com/acr/acr-cli:0.17 purge')),
        roleAssignments: held(catalogLister, repositoryContributor),
      },
      { says: /0\.17 ends in 401.*ABAC.*0\.19/ },
    ],
    ['not-applicable', 'no task purges', { registry, tasks: [task('list', command('acr tag list -r contoso'))] }],
  ],
  {
    'roleAssignments/assignments/*/condition': 'a role without a condition gives more',
    'roleAssignments/definitions': 'what built-in roles grant is known without them',
    'tasks/*/status': 'a task of which Azure does not say whether it is on is judged as one that is',
    'tasks/*/timers/*/status': 'a timer of which Azure does not say whether it is on is taken for one that is',
    'tasks/*/timers/*/schedule': 'only of a dry run it matters whether a timer starts it',
  },
);
