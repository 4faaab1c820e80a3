import check from '../../../checks/build/tasks-succeeding.ts';
import type { TaskRun } from '../../../src/model/facets/task-runs.ts';
import { command, docker, nightly, task } from '../../facts/tasks/yaml.ts';
import { assigned, roles } from '../../roles.ts';
import { acr, testCheck } from '../../support.ts';

// The rows are judged as of 2026-11-23T02:00:00Z; the nightly timer fires at three.
const run = (status: TaskRun['status'], createdAt = '2026-11-22T03:00:05.000Z'): TaskRun => ({
  id: `run-${createdAt}`,
  task: 'app',
  status,
  createdAt,
});
const seen = (...runs: readonly TaskRun[]) => ({ runs, since: null, quick: [] });
const app = [task('app', docker())];
const purge = [task('App', command('acr purge --untagged-only'), { timers: nightly })];
const weekdays = [task('app', docker(), { timers: [{ schedule: '0 3 * * 1-5', status: 'Enabled' }] })];
const abac = (line: string) => ({
  registry: acr({ roleAssignmentMode: 'AbacRepositoryPermissions' }),
  tasks: [
    task('app', command(line), {
      identity: { type: 'SystemAssigned', principalId: 'purger', userAssigned: [] },
      sourceRegistryIdentity: '[system]',
    }),
  ],
  taskRuns: seen(run('Failed')),
});
const status = (place: number) => `taskRuns/runs/${place}/status`;
const schedule = 'tasks/0/timers/0/schedule';

testCheck(
  check,
  [
    ['pass', 'the last run succeeded', { tasks: app, taskRuns: seen(run('Succeeded')) }, { cites: [status(0)] }],
    ['pass', 'the timer ran last night', { tasks: purge, taskRuns: seen(run('Succeeded')) }],
    [
      'fail',
      'the last run failed',
      { tasks: app, taskRuns: seen(run('Failed')) },
      {
        cites: [status(0)],
        says: 'Failed',
        fix: 'az acr task logs --registry <registry> --subscription <subscription> --name app',
      },
    ],
    [
      'fail',
      'a purge by an old acr-cli failed where permissions go by repository',
      abac("mcr.microsoft.com/acr/acr-cli:0.17 purge --filter 'app:^v' --ago 30d"),
      { cites: [status(0)], says: /ended its last run as Failed\. acr-cli 0\.17 ends in 401.*Pin acr-cli 0\.19/ },
    ],
    [
      'fail',
      'a purge failed whose identity lacks a role there',
      {
        ...abac("acr purge --filter 'app:^v' --ago 30d"),
        roleAssignments: roles([assigned('2efddaa5-3f1f-4df3-97df-af3f13818f4c', { principalId: 'purger' })]),
      },
      { says: /Failed\. It is refused each time.*Catalog Lister/ },
    ],
    [
      'fail',
      'a purge failed that acr-cli refuses',
      { tasks: [task('app', command("acr purge --filter 'app:^v' --ago 2w"))], taskRuns: seen(run('Failed')) },
      { says: /'w' is no unit of time/ },
    ],
    [
      'fail',
      'what would never delete is no cause of a failure',
      { tasks: [task('app', command("acr purge --filter 'app:^v' --ago 30days"))], taskRuns: seen(run('Failed')) },
      { says: /^app ended its last run as Failed$/ },
    ],
    ['fail', 'the last run hit its timeout', { tasks: app, taskRuns: seen(run('Timeout')) }, { says: 'Timeout' }],
    ['fail', 'the last run broke', { tasks: app, taskRuns: seen(run('Error')) }],
    ['unknown', 'the last run was cancelled', { tasks: app, taskRuns: seen(run('Canceled')) }, { says: 'cancelled' }],
    [
      'fail',
      'one is running, and the one before failed',
      { tasks: app, taskRuns: seen(run('Running', '2026-11-23T01:59:00.000Z'), run('Failed')) },
      { cites: [status(1)] },
    ],
    [
      'fail',
      'a nightly task last ran three nights ago',
      { tasks: purge, taskRuns: seen(run('Succeeded', '2026-11-20T03:00:05.000Z')) },
      { cites: [schedule], says: 'has not run since' },
    ],
    ['pass', 'one night was missed', { tasks: purge, taskRuns: seen(run('Succeeded', '2026-11-21T03:00:05.000Z')) }],
    [
      'pass',
      'a weekend has no runs',
      { tasks: weekdays, taskRuns: seen(run('Succeeded', '2026-11-19T03:00:05.000Z')) },
    ],
    ['fail', 'a nightly task has never run', { tasks: purge, taskRuns: seen() }, { cites: [schedule] }],
    [
      'unknown',
      'older runs were not seen',
      { tasks: purge, taskRuns: { runs: [], since: '2026-11-22T22:00:00.000Z', quick: [] } },
      { says: 'not seen' },
    ],
    [
      'fail',
      'runs since long before were seen, and none is of this task',
      { tasks: purge, taskRuns: { runs: [], since: '2026-11-01T00:00:00.000Z', quick: [] } },
    ],
    [
      'unknown',
      'a monthly task ran so long ago that its run may be forgotten',
      {
        tasks: [task('app', docker(), { timers: [{ schedule: '0 3 1 * *', status: 'Enabled' }] })],
        taskRuns: seen(),
      },
    ],
    ...(['Queued', 'Started', 'Running'] as const).map(
      (status) =>
        [
          'fail',
          `a run is ${status} for two days`,
          {
            tasks: app,
            taskRuns: seen(run(status, '2026-11-21T02:00:00.000Z'), run('Succeeded', '2026-11-20T02:00:00.000Z')),
          },
          {
            cites: ['taskRuns/runs/0/status'],
            says: `is ${status} for 48 hours, longer than the task may take: it is stuck`,
          },
        ] as const,
    ),
    [
      'fail',
      'its first run waits for two days',
      { tasks: app, taskRuns: seen(run('Queued', '2026-11-21T02:00:00.000Z')) },
      { says: 'stuck' },
    ],
    [
      'fail',
      'a run goes on past the timeout of its task',
      {
        tasks: [task('app', docker(), { timeoutSeconds: 600 })],
        taskRuns: seen(run('Running', '2026-11-23T01:00:00.000Z')),
      },
      { says: 'for 1 hours' },
    ],
    [
      'pass',
      'one waits for a quarter of an hour, and the one before succeeded',
      { tasks: app, taskRuns: seen(run('Queued', '2026-11-23T01:45:00.000Z'), run('Succeeded')) },
    ],
    [
      'unknown',
      'its first run is under way',
      { tasks: app, taskRuns: seen(run('Running', '2026-11-23T01:45:00.000Z')) },
      { says: 'first run' },
    ],
    ...['0 3 * *', '@daily', 'every night', '0 3 ? * *', '0 3 L * *', '0 3 * * 1#1', '0 0 3 * * *'].map(
      (unread) =>
        [
          'unknown',
          `the schedule is '${unread}', and the last run succeeded`,
          {
            tasks: [task('app', docker(), { timers: [{ schedule: unread, status: 'Enabled' }] })],
            taskRuns: seen(run('Succeeded')),
          },
          { says: 'cannot be read' },
        ] as const,
    ),
    [
      'fail',
      'its day never comes',
      {
        tasks: [task('app', docker(), { timers: [{ schedule: '0 0 31 2 *', status: 'Enabled' }] })],
        taskRuns: seen(run('Succeeded')),
      },
      { says: 'never runs by its timer' },
    ],
    [
      'pass',
      'its days have names',
      {
        tasks: [task('app', docker(), { timers: [{ schedule: '0 3 * JAN-DEC mon-fri', status: 'Enabled' }] })],
        taskRuns: seen(run('Succeeded', '2026-11-20T03:00:05.000Z')),
      },
    ],
    [
      'pass',
      'the first Monday of the month was three weeks ago: day and weekday must both match',
      {
        tasks: [task('app', docker(), { timers: [{ schedule: '0 3 1-7 * 1', status: 'Enabled' }] })],
        taskRuns: seen(run('Succeeded', '2026-11-02T03:00:05.000Z')),
      },
    ],
    [
      'fail',
      'two first Mondays were missed',
      {
        tasks: [
          task('app', docker(), {
            timers: [{ schedule: '0 3 1-7 * 1', status: 'Enabled' }],
            changedAt: '2026-01-01T00:00:00Z',
          }),
        ],
        taskRuns: seen(run('Succeeded', '2026-09-07T03:00:05.000Z')),
      },
      { says: 'due twice' },
    ],
    [
      'pass',
      'it was switched on again yesterday, and ran a month ago',
      {
        tasks: [task('app', docker(), { timers: nightly, changedAt: '2026-11-22T12:00:00Z' })],
        taskRuns: seen(run('Succeeded', '2026-10-20T03:00:05.000Z')),
      },
    ],
    [
      'unknown',
      'it ran a month ago, and Azure does not say when it was changed',
      {
        tasks: [task('app', docker(), { timers: nightly, changedAt: null })],
        taskRuns: seen(run('Succeeded', '2026-10-20T03:00:05.000Z')),
      },
      { says: 'switched off in between' },
    ],
    [
      'not-applicable',
      'a nightly task was created yesterday',
      { tasks: [task('app', docker(), { timers: nightly, createdAt: '2026-11-22T12:00:00Z' })], taskRuns: seen() },
    ],
    [
      'not-applicable',
      'the failing task is off',
      { tasks: [task('app', docker(), { status: 'Disabled' })], taskRuns: seen(run('Failed')) },
    ],
    ['not-applicable', 'the failed run is of a task that is gone', { tasks: [], taskRuns: seen(run('Failed')) }],
  ],
  {
    'tasks/*/timeoutSeconds': 'where Azure does not say it, a run may take eight hours',
    'tasks/*/changedAt': 'where the task ran since it was due, its last change does not matter',
    'tasks/*/status': 'a task of which Azure does not say whether it is on is judged as one that is',
    'tasks/*/timers/*/status': 'a timer of which Azure does not say whether it is on is taken for one that is',
    'tasks/*/createdAt': 'a task that was not created since is judged by its last change',
    'tasks/*/timers/*/schedule': 'a timer without a schedule is never due',
  },
);
