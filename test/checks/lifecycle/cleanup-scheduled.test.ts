import check from '../../../checks/lifecycle/cleanup-scheduled.ts';
import { deny } from '../../denies.ts';
import { command, encoded, inGit, nightly, task } from '../../facts/tasks/yaml.ts';
import { assigned, roles } from '../../roles.ts';
import { acr, testCheck } from '../../support.ts';

const retention = (status: 'enabled' | 'disabled') =>
  acr({ roleAssignmentMode: 'LegacyRegistryPermissions', policies: { retention: { status, days: 7 } } });
const purge = (line: string) => [task('purge', command(line), { timers: nightly })];
const abac = () => ({
  registry: acr({
    roleAssignmentMode: 'AbacRepositoryPermissions',
    policies: { retention: { status: 'disabled', days: 7 } },
  }),
  denyAssignments: [],
  tasks: [
    task('purge', command("acr purge --filter 'app:^dev-' --ago 30d"), {
      timers: nightly,
      identity: { type: 'SystemAssigned', principalId: 'purger', userAssigned: [] },
      sourceRegistryIdentity: '[system]',
    }),
  ],
});
const held = (...ids: readonly string[]) => roles(ids.map((id) => assigned(id, { principalId: 'purger' })));
const catalogLister = 'bfdb9389-c9a5-478a-bb2f-ba9ca092c3c7';
const repositoryContributor = '2efddaa5-3f1f-4df3-97df-af3f13818f4c';
const status = 'registry/policies/retention/status';
const at = 'tasks/0/step/content';

testCheck(
  check,
  [
    ['pass', 'retention is on', { registry: retention('enabled'), tasks: [] }, { cites: [status] }],
    [
      'pass',
      'a purge runs every night',
      { registry: retention('disabled'), tasks: purge("acr purge --filter 'app:^dev-' --ago 30d") },
      { cites: [at] },
    ],
    [
      'pass',
      'permissions go by repository, and its identity may purge',
      { ...abac(), roleAssignments: held(catalogLister, repositoryContributor) },
    ],
    [
      'fail',
      'permissions go by repository, and its identity may not list the repositories',
      { ...abac(), roleAssignments: held(repositoryContributor) },
      { cites: [status, at, 'roleAssignments/assignments', 'tasks'], says: /never deletes: It is refused each time/ },
    ],
    ['unknown', 'permissions go by repository, and its roles were not read', abac()],
    [
      'fail',
      'permissions go by repository, and a deny assignment keeps its identity from purging',
      {
        ...abac(),
        roleAssignments: held(catalogLister, repositoryContributor),
        denyAssignments: [deny({ dataActions: ['*'] })],
      },
      { cites: [status, at, 'denyAssignments/0/scope', 'tasks'], says: /never deletes: .*deny assignment stack/ },
    ],
    [
      'fail',
      'no repository can have the name that it purges',
      { registry: retention('disabled'), tasks: purge("acr purge --filter 'App:^dev-' --ago 30d") },
      { says: 'small letters' },
    ],
    [
      'pass',
      'it names the image in full, and its definition has no version',
      {
        registry: retention('disabled'),
        tasks: [
          task(
            'purge',
            encoded("steps:\n  - cmd: mcr.microsoft.com/acr/acr-cli:0.19 purge --filter 'app:^dev-' --ago 30d\n"),
            { timers: nightly },
          ),
        ],
      },
    ],
    [
      'fail',
      'neither is there',
      { registry: retention('disabled'), tasks: [] },
      { cites: [status, 'tasks'], fix: /Decide once.*rules soft delete out.*config retention update/s },
    ],
    [
      'pass',
      'retention is on, and a task could not be read',
      { registry: retention('enabled'), tasks: [] },
      { unread: ['tasks'] },
    ],
    [
      'pass',
      'a purge runs every night, and another task could not be read',
      { registry: retention('disabled'), tasks: purge("acr purge --filter 'app:^dev-' --ago 30d") },
      { unread: ['tasks'] },
    ],
    [
      'unknown',
      'neither is there, and a task could not be read',
      { registry: retention('disabled'), tasks: [] },
      { unread: ['tasks'] },
    ],
    [
      'fail',
      'the purge only rehearses',
      { registry: retention('disabled'), tasks: purge("acr purge --filter 'app:^dev-' --ago 30d --dry-run") },
      { cites: [status, at, 'tasks'], says: 'purge never deletes: --dry-run was left in' },
    ],
    [
      'fail',
      'the purge fails each night',
      { registry: retention('disabled'), tasks: purge("acr purge --filter 'app:^dev-' --ago 2w") },
    ],
    [
      'fail',
      'Basic has no retention',
      { registry: acr({ sku: 'Basic' }), tasks: [] },
      { cites: ['tasks'], fix: /^(?!.*retention).*acr-cli:0\.19 purge/s },
    ],
    [
      'fail',
      'soft delete is on, and rules retention out',
      {
        registry: acr({
          policies: { retention: { status: 'disabled', days: 7 }, softDelete: { status: 'enabled', retentionDays: 7 } },
        }),
        tasks: [],
      },
      { cites: ['registry/policies/retention/status', 'tasks'], fix: /^(?!.*retention update).*acr-cli:0\.19 purge/s },
    ],
    [
      'fail',
      'it names the registry, and no repository is called so',
      { registry: retention('disabled'), tasks: purge("acr purge --filter '$Registry/app:^dev-' --ago 30d") },
      { says: 'names the registry' },
    ],
    [
      'fail',
      'the template of the registry is the same',
      { registry: retention('disabled'), tasks: purge("acr purge --filter '{{.Run.Registry}}/app:^dev-' --ago 30d") },
    ],
    [
      'fail',
      'a broken name of repositories stops it',
      { registry: retention('disabled'), tasks: purge("acr purge --filter '(app:^dev-' --ago 30d") },
    ],
    [
      'fail',
      'env does not reach the shell that fills the filter in',
      {
        registry: retention('disabled'),
        tasks: [
          task(
            'purge',
            encoded(
              'version: v1.1.0\nsteps:\n  - cmd: acr purge --filter "$REPO:^v1" --ago 30d\n    env: [REPO=app]\n',
            ),
            { timers: nightly },
          ),
        ],
      },
      { says: 'it names no repository' },
    ],
    [
      'fail',
      'only the first command of a cmd is a container',
      {
        registry: retention('disabled'),
        tasks: purge("az acr login -n x && acr purge --filter 'app:^dev-' --ago 30d"),
      },
      { says: 'acr: not found' },
    ],
    [
      'fail',
      'its agent pool has no machine',
      {
        registry: retention('disabled'),
        tasks: [
          task('purge', command("acr purge --filter 'app:^dev-' --ago 30d"), { timers: nightly, agentPool: 'p' }),
        ],
        agentPools: [],
      },
    ],
    [
      'unknown',
      'another command deletes',
      { registry: retention('disabled'), tasks: purge('az acr repository delete --name x --image app:old --yes') },
      { says: 'az acr repository delete' },
    ],
    [
      'unknown',
      'its pattern is one that this tool does not evaluate',
      { registry: retention('disabled'), tasks: purge("acr purge --filter 'app:\\u0076' --ago 30d") },
    ],
    ['unknown', 'Premium came without a retention policy', { registry: acr(), tasks: [] }],
    [
      'unknown',
      'what runs at night is in git',
      { registry: retention('disabled'), tasks: [task('t', inGit(), { timers: nightly })] },
    ],
    [
      'fail',
      'what the task does is in git, and no timer starts it',
      { registry: retention('disabled'), tasks: [task('t', inGit())] },
    ],
  ],
  {
    'roleAssignments/definitions': 'what built-in roles grant is known without them',
    'registry/policies/retention': 'where a purge works, retention does not matter',
    'registry/policies/retention/status': 'where a purge works, retention does not matter',
    'tasks/*/agentPool': 'without a pool a task runs on shared machines',
  },
);
