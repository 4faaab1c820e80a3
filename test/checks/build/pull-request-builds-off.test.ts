import check from '../../../checks/build/pull-request-builds-off.ts';
import { command, docker, onGit, task } from '../../facts/tasks/yaml.ts';
import { testCheck } from '../../support.ts';

const app = (...sources: readonly ReturnType<typeof onGit>[]) => ({ tasks: [task('app', docker(), { sources })] });
const status = 'tasks/0/sources/0/status';

testCheck(
  check,
  [
    ['pass', 'only commits build', app(onGit(['commit'])), { cites: ['tasks/0/sources/0/events'] }],
    [
      'pass',
      'the trigger is there but disabled',
      app(onGit(['commit', 'pullrequest'], 'Disabled')),
      { cites: [status] },
    ],
    [
      'fail',
      'pull requests build',
      app(onGit(['commit', 'pullrequest'])),
      {
        cites: [status],
        says: 'app',
        fix: '--name app --subscription <subscription> --pull-request-trigger-enabled false',
      },
    ],
    [
      'fail',
      'a second repository does',
      app(onGit(['commit']), onGit(['PullRequest'])),
      { cites: ['tasks/0/sources/1/status'] },
    ],
    ['unknown', 'whether the trigger is on is not said', app(onGit(['pullrequest'], null))],
    [
      'not-applicable',
      'the task is off',
      { tasks: [task('app', docker(), { status: 'Disabled', sources: [onGit(['pullrequest'])] })] },
    ],
    ['not-applicable', 'no task follows git', { tasks: [task('t', command('acr purge --untagged-only'))] }],
  ],
  {
    'tasks/*/sources/*/events': 'a trigger that is off fires at nothing',
    'tasks/*/status': 'a task of which Azure does not say whether it is on is judged as one that is',
    'tasks/*/sources/*/status': 'the state of a trigger that no pull request fires does not matter',
  },
);
