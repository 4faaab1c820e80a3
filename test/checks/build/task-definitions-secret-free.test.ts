import check from '../../../checks/build/task-definitions-secret-free.ts';
import { command, docker, encoded, inGit, task } from '../../facts/tasks/yaml.ts';
import { testCheck } from '../../support.ts';

const at = 'tasks/0/step/secretFindings';
const found = { rule: 'github', where: 'task definition, line 3' };

testCheck(check, [
  ['pass', 'nothing looks like one', { tasks: [task('app', command('docker info'))] }, { cites: [at] }],
  [
    'fail',
    'a token stands in a command',
    { tasks: [task('app', { ...command('docker login -p <masked>'), secretFindings: [found] })] },
    { cites: [at], says: 'app (task definition, line 3: github)' },
  ],
  [
    'fail',
    'a password is a build argument of a task that is off',
    {
      tasks: [
        task('app', docker({ secretFindings: [{ rule: 'literal-credential', where: 'value PASSWORD' }] }), {
          status: 'Disabled',
        }),
      ],
    },
  ],
  [
    'unknown',
    'the definition is no base64',
    { tasks: [task('app', { ...encoded(''), content: null, problem: 'its content is not base64 of a text' })] },
    { says: 'base64' },
  ],
  [
    'unknown',
    'the definition is a file in git, and nobody read it',
    { tasks: [task('app', inGit())] },
    { says: 'beside its sources' },
  ],
  [
    'fail',
    'the definition is in git, and a value beside it holds one',
    { tasks: [task('app', { ...inGit(), secretFindings: [found] })] },
    { cites: [at] },
  ],
  ['not-applicable', 'there are no tasks', { tasks: [] }],
]);
