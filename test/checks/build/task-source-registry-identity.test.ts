import check from '../../../checks/build/task-source-registry-identity.ts';
import { docker, task } from '../../facts/tasks/yaml.ts';
import { acr, testCheck } from '../../support.ts';

const abac = acr({ roleAssignmentMode: 'AbacRepositoryPermissions' });
const at = 'tasks/0/sourceRegistryIdentity';

testCheck(
  check,
  [
    [
      'pass',
      'the task names its identity',
      { registry: abac, tasks: [task('app', docker(), { sourceRegistryIdentity: '[system]' })] },
      { cites: [at] },
    ],
    [
      'fail',
      'the task names none',
      { registry: abac, tasks: [task('app', docker())] },
      { cites: [at], says: 'app', fix: '--subscription <subscription> --name app' },
    ],
    [
      'not-applicable',
      'the registry has legacy permissions',
      { registry: acr({ roleAssignmentMode: 'LegacyRegistryPermissions' }), tasks: [task('app', docker())] },
    ],
    [
      'not-applicable',
      'the only task is off',
      { registry: abac, tasks: [task('app', docker(), { status: 'Disabled' })] },
    ],
    [
      'not-applicable',
      'continuous patching, whose tasks az generates, does not work here: continuous-patching-works tells it',
      { registry: abac, tasks: [task('CSSC-Patch-Image', docker())] },
    ],
    ['unknown', 'the mode is not said', { registry: acr(), tasks: [task('app', docker())] }],
  ],
  {
    'tasks/*/status': 'a task of which Azure does not say whether it is on is judged as one that is',
  },
);
