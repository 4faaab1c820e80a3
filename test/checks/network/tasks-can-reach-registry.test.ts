import check from '../../../checks/network/tasks-can-reach-registry.ts';
import { identity, task, userIdentity } from '../../facts/tasks/network.ts';
import { acr, testCheck } from '../../support.ts';

const flag = 'registry/networkRuleBypassAllowedForTasks';
const closed = {
  publicNetworkAccess: 'Disabled',
  networkRuleBypassOptions: 'AzureServices',
  networkRuleBypassAllowedForTasks: false,
} as const;
const selected = {
  ...closed,
  publicNetworkAccess: 'Enabled',
  networkRuleSet: { defaultAction: 'Deny', ipRules: [], virtualNetworkRules: null },
} as const;

testCheck(check, [
  [
    'pass',
    'tasks have the exception',
    { registry: acr({ ...closed, networkRuleBypassAllowedForTasks: true }), tasks: [task('purge')] },
    {
      cites: [flag, 'registry/networkRuleBypassOptions'],
      irrelevant: {
        'tasks/*/status': 'the exception is on for a task, whether it is enabled or not',
        'tasks/*/identity': 'the exception is on, whatever login the task comes with',
        'tasks/*/identity/type': 'the exception is on, whatever login the task comes with',
      },
    },
  ],
  [
    'pass',
    'every enabled task runs in an agent pool',
    { registry: acr(closed), tasks: [task('build', { agentPool: 'pool' }), task('old', { status: 'Disabled' })] },
    { cites: ['tasks/0/agentPool'] },
  ],
  [
    'fail',
    'a task on shared agents has a system identity',
    { registry: acr(closed), tasks: [task('build', { agentPool: 'pool' }), task('purge')] },
    {
      cites: ['registry/publicNetworkAccess', flag, 'tasks/1/agentPool'],
      says: 'purge',
      fix: 'BypassAllowedForTasks=true',
    },
  ],
  [
    'fail',
    'a task has no identity at all, and only listed networks may come',
    { registry: acr(selected), tasks: [task('build', { identity: null }), task('two', userIdentity)] },
    { cites: ['registry/networkRuleSet/defaultAction', flag, 'tasks/0/agentPool'] },
  ],
  [
    'unknown',
    'a task has both kinds of identity, and the listed addresses may be those of Tasks',
    {
      registry: acr({ ...selected, networkRuleSet: { ...selected.networkRuleSet, ipRules: ['20.1.2.3'] } }),
      tasks: [
        task('both', { identity: { type: 'systemAssigned, userAssigned', principalId: null, userAssigned: [] } }),
      ],
    },
    { says: 'a rule may list the addresses of the service tag AzureContainerRegistry' },
  ],
  [
    'fail',
    'addresses are listed, and the last run failed all the same',
    {
      registry: acr({ ...selected, networkRuleSet: { ...selected.networkRuleSet, ipRules: ['20.1.2.3'] } }),
      tasks: [task('purge')],
      taskRuns: {
        runs: [{ id: 'r', task: 'Purge', status: 'Failed', createdAt: null }],
        since: null,
        quick: [],
      },
    },
    { cites: ['registry/networkRuleSet/defaultAction', flag, 'tasks/0/agentPool', 'taskRuns/runs/0/status'] },
  ],
  [
    'unknown',
    'the only task comes with a user-assigned identity',
    { registry: acr(closed), tasks: [task('build', userIdentity)] },
    { says: 'not documented' },
  ],
  [
    'unknown',
    'ARM does not say whether the task is enabled',
    { registry: acr(closed), tasks: [task('a', { status: null })] },
    { says: /how a would come: .*status/ },
  ],
  [
    'unknown',
    'ARM does not say what kind of identity the task has',
    { registry: acr(closed), tasks: [task('a', identity(null))] },
    { says: /how a would come: .*type/ },
  ],
  [
    'unknown',
    'the task has a kind of identity that nobody knows',
    { registry: acr(closed), tasks: [task('a', identity('Delegated'))] },
    { says: "'Delegated'" },
  ],
  [
    'fail',
    'a task has no identity by its type',
    { registry: acr(closed), tasks: [task('a', identity('None'))] },
    { cites: ['registry/publicNetworkAccess', flag, 'tasks/0/agentPool'] },
  ],
  [
    'unknown',
    'tasks have the exception but trusted services have none',
    {
      registry: acr({ ...closed, networkRuleBypassAllowedForTasks: true, networkRuleBypassOptions: 'None' }),
      tasks: [task('purge')],
    },
    { says: 'None' },
  ],
  [
    'unknown',
    'ARM left the exception out',
    { registry: acr({ ...closed, networkRuleBypassAllowedForTasks: null }), tasks: [task('purge')] },
    { says: 'networkRuleBypassAllowedForTasks' },
  ],
  ['unknown', 'ARM left publicNetworkAccess out', { registry: acr(), tasks: [task('purge')] }],
  ['not-applicable', 'every task is off', { registry: acr(closed), tasks: [task('purge', { status: 'Disabled' })] }],
  [
    'not-applicable',
    'every network may come',
    { registry: acr({ sku: 'Basic', publicNetworkAccess: 'Enabled' }), tasks: [task('purge')] },
  ],
]);
