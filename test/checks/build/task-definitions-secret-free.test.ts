import check from '../../../checks/build/task-definitions-secret-free.ts';
import { command, docker, encoded, task } from '../../facts/tasks/yaml.ts';
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
  ['not-applicable', 'there are no tasks', { tasks: [] }],
]);
