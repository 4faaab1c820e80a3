import check from '../../../checks/network/tasks-bypass-needed.ts';
import type { QuickRun, TaskRuns } from '../../../src/model/facets/task-runs.ts';
import { identity, pool, task, userIdentity } from '../../facts/tasks/network.ts';
import { connection, dns, network, networkId, records, zone } from '../../private-path.ts';
import { acr, testCheck } from '../../support.ts';

const flag = 'registry/networkRuleBypassAllowedForTasks';
const allowed = acr({
  publicNetworkAccess: 'Disabled',
  networkRuleBypassOptions: 'AzureServices',
  networkRuleBypassAllowedForTasks: true,
});

const none: TaskRuns = { runs: [], since: null, quick: [] };
const ran = (status: QuickRun['status'], agentPool: string | null = null): TaskRuns => ({
  ...none,
  quick: [{ id: 'runs/q0', status, agentPool }],
});
/** A pool in the network of the endpoint. */
const pooled = {
  tasks: [task('b', { agentPool: 'pool' })],
  agentPools: [pool('pool', { subnet: `${networkId('vnet-a')}/subnets/agents` })],
  taskRuns: none,
  replications: [],
  privateEndpoints: [connection()],
  privateDns: dns(zone(records(['westeurope']))),
  networks: [network('vnet-a')],
};

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
          'tasks/*/status': 'one task that needs it is enough',
        },
      },
    ],
    [
      'pass',
      'quick builds run by it',
      { registry: allowed, tasks: [], taskRuns: ran('Succeeded') },
      { cites: [flag, 'taskRuns/quick/0/status'], says: 'az acr build' },
    ],
    [
      'pass',
      'the pool of a task comes by public addresses',
      { ...pooled, registry: allowed, agentPools: [pool('pool')] },
      {
        says: 'b would be refused',
        irrelevant: {
          'privateEndpoints/**': 'the pool is in no network, so that no endpoint matters',
          'registry/loginServer': 'the pool is in no network, so that no name matters',
        },
      },
    ],
    [
      'fail',
      'there is no task, and no quick build',
      { registry: allowed, tasks: [], taskRuns: none },
      { cites: [flag, 'tasks'], fix: '"networkRuleBypassAllowedForTasks":false' },
    ],
    [
      'fail',
      'quick builds run in a pool, or fail all the same',
      {
        registry: allowed,
        tasks: [],
        taskRuns: { ...none, quick: [...ran('Succeeded', 'pool').quick, ...ran('Failed').quick] },
      },
    ],
    [
      'unknown',
      'there is no task, and nobody saw whether quick builds run by it',
      { registry: allowed, tasks: [] },
      { says: 'whether az acr build needs it' },
    ],
    [
      'unknown',
      'a task names a pool that nobody saw',
      { registry: allowed, tasks: pooled.tasks, taskRuns: none },
      { says: 'needed by b' },
    ],
    ['fail', 'the only task never starts', { ...pooled, registry: allowed, agentPools: [] }],
    [
      'pass',
      'tasks have no exception, and one could not be read',
      { registry: { ...allowed, networkRuleBypassAllowedForTasks: false }, tasks: [] },
      { unread: ['tasks'] },
    ],
    [
      'pass',
      'a task on shared agents needs it, and another could not be read',
      { registry: allowed, tasks: [task('purge')] },
      { unread: ['tasks'] },
    ],
    [
      'unknown',
      'there is no task but for one that could not be read',
      { registry: allowed, tasks: [], taskRuns: none },
      { unread: ['tasks'] },
    ],
    [
      'fail',
      'no task needs it: off, or in a pool',
      {
        ...pooled,
        registry: allowed,
        tasks: [task('a', { status: 'Disabled' }), ...pooled.tasks],
      },
      { says: 'none needs to' },
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
      { says: /by c: .*not documented/ },
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
    'agentPools/*/subnet': 'without a subnet the machines come from public addresses, and need it',
    'taskRuns/quick/*/agentPool': 'a quick run that names no pool was on shared agents, and needs it',
    'tasks/*/agentPool': 'a task that names no pool runs on shared agents, and needs it',
    'tasks/*/identity': 'a task without an identity comes with the login that every task has',
  },
);
