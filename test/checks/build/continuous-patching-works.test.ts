import check from '../../../checks/build/continuous-patching-works.ts';
import { encoded, task } from '../../facts/tasks/yaml.ts';
import { acr, cacheRule, testCheck } from '../../support.ts';

const registry = acr({ roleAssignmentMode: 'LegacyRegistryPermissions' });
const step = encoded('version: v1.1.0\nsteps:\n  - cmd: cssc trivy --set REPOSITORY=library/nginx\n');
const tasks = ['cssc-trigger-workflow', 'cssc-scan-image', 'cssc-patch-image'].map((name) => task(name, step));

testCheck(
  check,
  [
    [
      'pass',
      'its three tasks are on',
      { registry, tasks, cacheRules: [] },
      { cites: ['registry/roleAssignmentMode', 'tasks/0/status', 'tasks/1/status', 'tasks/2/status'] },
    ],
    [
      'fail',
      'the registry has permissions by repository',
      { registry: acr({ roleAssignmentMode: 'AbacRepositoryPermissions' }), tasks, cacheRules: [] },
      { says: 'ABAC', fix: 'do not edit them' },
    ],
    [
      'fail',
      'one of them is gone',
      { registry, tasks: tasks.slice(1), cacheRules: [] },
      { says: 'cssc-trigger-workflow is missing' },
    ],
    [
      'fail',
      'one of them is off',
      {
        registry,
        tasks: [...tasks.slice(1), task('cssc-trigger-workflow', step, { status: 'Disabled' })],
        cacheRules: [],
      },
      { says: 'cssc-trigger-workflow is switched off' },
    ],
    [
      'fail',
      'what it patches lies under a cache rule',
      { registry, tasks, cacheRules: [cacheRule('hub')] },
      { says: 'library/nginx lies under cache rule hub' },
    ],
    [
      'unknown',
      'Azure does not say whether one is on',
      { registry, tasks: [...tasks.slice(1), task('cssc-trigger-workflow', step, { status: null })], cacheRules: [] },
    ],
    ['unknown', 'Azure does not say the permission mode', { registry: acr(), tasks, cacheRules: [] }],
    ['not-applicable', 'it is not set up', { registry, tasks: [task('app', step)], cacheRules: [] }],
  ],
  { 'tasks/*/step/content': 'which repositories it patches is judged as far as the definition tells' },
);
