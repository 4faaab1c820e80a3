import check from '../../../checks/lifecycle/cleanup-scheduled.ts';
import { command, inGit, nightly, task } from '../../facts/tasks/yaml.ts';
import { acr, testCheck } from '../../support.ts';

const retention = (status: 'enabled' | 'disabled') => acr({ policies: { retention: { status, days: 7 } } });
const purge = (line: string) => [task('purge', command(line), { timers: nightly })];
const status = 'registry/policies/retention/status';
const at = 'tasks/0/step/definition/steps/0/command';

testCheck(check, [
  ['pass', 'retention is on', { registry: retention('enabled'), tasks: [] }, { cites: [status] }],
  [
    'pass',
    'a purge runs every night',
    { registry: retention('disabled'), tasks: purge("acr purge --filter 'app:^dev-' --ago 30d") },
    { cites: [at] },
  ],
  ['fail', 'neither is there', { registry: retention('disabled'), tasks: [] }, { cites: [status, 'tasks'] }],
  [
    'fail',
    'the purge only rehearses',
    { registry: retention('disabled'), tasks: purge("acr purge --filter 'app:^dev-' --ago 30d --dry-run") },
    { cites: [status, at] },
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
    { cites: ['tasks'], fix: 'acr-cli:0.19 purge' },
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
]);
