import check from '../../../checks/lifecycle/purges-have-a-safety-net.ts';
import { command, inGit, nightly, task } from '../../facts/tasks/yaml.ts';
import { acr, cacheRule, replica, testCheck } from '../../support.ts';

const purge = "acr purge --filter 'app:^v1' --ago 30d";
const at = 'tasks/0/step/content';
const tasks = [task('purge', command(purge), { timers: nightly })];
const soft = (status: 'enabled' | 'disabled') =>
  acr({ policies: { softDelete: { status, retentionDays: 7 }, retention: { status: 'disabled', days: 7 } } });
const alone = { replications: [replica('westeurope')], cacheRules: [] };
const status = 'registry/policies/softDelete/status';

testCheck(
  check,
  [
    [
      'pass',
      'deleted artifacts are kept a week',
      { registry: soft('enabled'), tasks, ...alone },
      { cites: [status, at] },
    ],
    [
      'pass',
      'deleted artifacts are kept, and another task could not be read',
      { registry: soft('enabled'), tasks, ...alone },
      { unread: ['tasks', 'replications', 'cacheRules'] },
    ],
    [
      'unknown',
      'nothing is kept, and the only task could not be read',
      { registry: soft('disabled'), tasks: [], ...alone },
      { unread: ['tasks'] },
    ],
    ['fail', 'nothing is kept', { registry: soft('disabled'), tasks, ...alone }, { cites: [status, at] }],
    [
      'fail',
      'replicas rule soft delete out',
      { registry: soft('disabled'), tasks, ...alone, replications: [replica('westeurope'), replica('northeurope')] },
      { says: 'northeurope', fix: 'az acr import', cites: ['replications', at] },
    ],
    [
      'fail',
      'artifact cache rules it out, and the answer has no policy',
      { registry: acr(), tasks, ...alone, cacheRules: [cacheRule('hub')] },
      { cites: ['cacheRules', at] },
    ],
    ['unknown', 'the answer has no soft delete policy', { registry: acr(), tasks, ...alone }],
    [
      'not-applicable',
      'the purge has no timer',
      { registry: soft('disabled'), tasks: [task('purge', command(purge))], ...alone },
    ],
    [
      'not-applicable',
      'the timer is switched off',
      {
        registry: soft('disabled'),
        tasks: [task('purge', command(purge), { timers: nightly.map((timer) => ({ ...timer, status: 'Disabled' })) })],
        ...alone,
      },
    ],
    [
      'not-applicable',
      'its age is one that nothing reaches',
      {
        registry: soft('disabled'),
        tasks: [task('purge', command("acr purge --filter 'app:^v1' --ago 30days"), { timers: nightly })],
        ...alone,
      },
    ],
    [
      'fail',
      'its age is given when it runs',
      {
        registry: soft('disabled'),
        tasks: [task('purge', command("acr purge --filter 'app:^v1' --ago {{.Run.Date}}"), { timers: nightly })],
        ...alone,
      },
    ],
    [
      'not-applicable',
      'it is a dry run',
      {
        registry: soft('disabled'),
        tasks: [task('purge', command(`${purge} --dry-run`), { timers: nightly })],
        ...alone,
      },
    ],
    [
      'unknown',
      'what the task does is in git',
      { registry: soft('disabled'), tasks: [task('purge', inGit(), { timers: nightly })], ...alone },
    ],
    [
      'not-applicable',
      'what the task does is in git, and no timer starts it',
      { registry: soft('disabled'), tasks: [task('purge', inGit())], ...alone },
    ],
  ],
  {
    'tasks/*/status': 'a task of which Azure does not say whether it is on is judged as one that is',
    'tasks/*/timers/*/status': 'a timer of which Azure does not say whether it is on is taken for one that is',
  },
);
