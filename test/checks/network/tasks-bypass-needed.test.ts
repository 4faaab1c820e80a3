import check from '../../../checks/network/tasks-bypass-needed.ts';
import { identity, task, userIdentity } from '../../facts/tasks/network.ts';
import { acr, testCheck } from '../../support.ts';

const flag = 'registry/networkRuleBypassAllowedForTasks';
const allowed = acr({
  publicNetworkAccess: 'Disabled',
  networkRuleBypassOptions: 'AzureServices',
  networkRuleBypassAllowedForTasks: true,
});

testCheck(
  check,
  [
    [
      'pass',
      'tasks have no exception',
      { registry: { ...allowed, networkRuleBypassAllowedForTasks: false }, tasks: [] },
      { cites: [flag] },
    ],
    [
      'pass',
      'a task on shared agents needs it',
      { registry: allowed, tasks: [task('purge'), task('build', { agentPool: 'pool' })] },
      {
        cites: [flag, 'tasks/0/agentPool'],
        says: 'purge',
        irrelevant: {
          'tasks/*/status': 'one task that needs it is enough, whether the other is on or not',
        },
      },
    ],
    ['fail', 'there is no task', { registry: allowed, tasks: [] }, { cites: [flag, 'tasks'], fix: 'Tasks=false' }],
    [
      'fail',
      'no task needs it: off, or in a pool',
      {
        registry: allowed,
        tasks: [task('a', { status: 'Disabled' }), task('b', { agentPool: 'pool' })],
      },
      { cites: [flag, 'tasks/0/status', 'tasks/1/agentPool'] },
    ],
    [
      'fail',
      'trusted services have no exception, so it has no effect',
      { registry: { ...allowed, networkRuleBypassOptions: 'None' }, tasks: [task('purge')] },
      { cites: [flag, 'registry/networkRuleBypassOptions'] },
    ],
    [
      'unknown',
      'the only task comes with a user-assigned identity, of which nobody says whether it needs it',
      { registry: allowed, tasks: [task('c', userIdentity)] },
      { says: 'not documented: c' },
    ],
    [
      'unknown',
      'ARM does not say whether the task is enabled',
      { registry: allowed, tasks: [task('a', { status: null })] },
      { says: 'by a: ' },
    ],
    [
      'unknown',
      'ARM does not say what kind of identity the task has',
      { registry: allowed, tasks: [task('a', identity(null))] },
      { says: 'by a: ' },
    ],
    [
      'unknown',
      'the task has a kind of identity that nobody knows',
      { registry: allowed, tasks: [task('a', identity('Delegated'))] },
      { says: "'Delegated'" },
    ],
    ['unknown', 'ARM left the exception out', { registry: acr({ publicNetworkAccess: 'Disabled' }), tasks: [] }],
    ['unknown', 'ARM left the bypass out', { registry: { ...allowed, networkRuleBypassOptions: null }, tasks: [] }],
    ['unknown', 'ARM left publicNetworkAccess out', { registry: { ...allowed, publicNetworkAccess: null }, tasks: [] }],
    [
      'not-applicable',
      'every network may come',
      { registry: { ...allowed, sku: 'Standard', publicNetworkAccess: 'Enabled' }, tasks: [] },
    ],
  ],
  {
    'tasks/*/agentPool': 'a task that names no pool runs on shared agents, and needs it',
    'tasks/*/identity': 'a task without an identity comes with the login that every task has',
  },
);
