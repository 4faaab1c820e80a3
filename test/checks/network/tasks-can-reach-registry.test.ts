import check from '../../../checks/network/tasks-can-reach-registry.ts';
import { notCollected } from '../../../src/model/evidence.ts';
import type { TaskRun, TaskRuns } from '../../../src/model/facets/task-runs.ts';
import { identity, pool, task, userIdentity } from '../../facts/tasks/network.ts';
import { connection, dns, link, network, networkId, records, zone } from '../../private-path.ts';
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

const listing = acr({ ...selected, networkRuleSet: { ...selected.networkRuleSet, ipRules: ['20.1.2.3'] } });

/** A closed registry with an endpoint in vnet-a, and a pool in that network. */
const pooled = {
  registry: acr(closed),
  tasks: [task('build', { agentPool: 'pool' })],
  agentPools: [pool('pool', { subnet: `${networkId('vnet-a')}/subnets/agents` })],
  replications: [],
  privateEndpoints: [connection()],
  privateDns: dns(zone(records(['westeurope']))),
  networks: [network('vnet-a')],
};
const elsewhere = [pool('pool', { subnet: `${networkId('vnet-b')}/subnets/agents` })];
const outside = [pool('pool', { subnet: null })];
const quick = (...statuses: readonly TaskRun['status'][]): TaskRuns => ({
  runs: [],
  since: null,
  quick: statuses.map((status, index) => ({ id: `runs/q${index}`, status, createdAt: null, agentPool: null })),
});

testCheck(
  check,
  [
    [
      'pass',
      'tasks have the exception',
      { registry: acr({ ...closed, networkRuleBypassAllowedForTasks: true }), tasks: [task('purge')] },
      {
        cites: [flag, 'registry/networkRuleBypassOptions'],
        irrelevant: {
          'tasks/*/identity': 'the exception is on, whatever login the task comes with',
          'tasks/*/identity/type': 'the exception is on, whatever login the task comes with',
        },
      },
    ],
    [
      'pass',
      'every enabled task runs in an agent pool, whose network has a way',
      { ...pooled, tasks: [...pooled.tasks, task('old', { status: 'Disabled' })] },
    ],
    [
      'fail',
      'a task on shared agents has a system identity',
      { ...pooled, tasks: [...pooled.tasks, task('purge')] },
      {
        cites: ['registry/publicNetworkAccess', flag, 'tasks/1/agentPool'],
        says: /refuses purge on shared agents with 403/,
        fix: '"networkRuleBypassAllowedForTasks":true',
      },
    ],
    [
      'fail',
      'the pool has no subnet, so that its machines come from public addresses',
      { ...pooled, agentPools: outside },
      {
        cites: ['registry/publicNetworkAccess', flag, 'tasks/0/agentPool', 'agentPools/0/subnet'],
        says: /build in agent pool pool, which has no subnet, with 403/,
      },
    ],
    [
      'fail',
      'a pool has no subnet, whatever identity the task has',
      { ...pooled, agentPools: outside, tasks: [task('build', { agentPool: 'POOL', ...userIdentity })] },
      { says: 'no subnet' },
    ],
    [
      'unknown',
      'a pool has no subnet, and the listed addresses may be those of its machines',
      { ...pooled, registry: listing, agentPools: outside },
      { says: 'a rule may list the addresses of the service tag AzureContainerRegistry' },
    ],
    [
      'fail',
      'the network of the pool is not linked, so that its names lead to the public endpoint',
      {
        ...pooled,
        agentPools: elsewhere,
        networks: [network('vnet-a'), network('vnet-b')],
      },
      {
        says: /build in agent pool pool, where network vnet-b is not linked .* with 403/,
        fix: 'BypassAllowedForTasks',
      },
    ],
    [
      'pass',
      'the network of the pool is not linked, and tasks have the exception',
      {
        ...pooled,
        registry: acr({ ...closed, networkRuleBypassAllowedForTasks: true }),
        agentPools: elsewhere,
        networks: [network('vnet-a'), network('vnet-b')],
      },
      { cites: [flag, 'registry/networkRuleBypassOptions'] },
    ],
    [
      'fail',
      'the zone lacks the record of the login server, which no exception mends',
      {
        ...pooled,
        registry: acr({ ...closed, networkRuleBypassAllowedForTasks: true }),
        privateDns: dns(zone({})),
      },
      { says: /build in agent pool pool does not get to the registry: record contoso is missing in zone/ },
    ],
    [
      'fail',
      'the network of the pool is linked and has no way to that of the endpoint',
      {
        ...pooled,
        agentPools: elsewhere,
        privateDns: dns(zone(records(['westeurope']), { links: [link(), link('vnet-b')] })),
        networks: [network('vnet-a'), network('vnet-b')],
      },
      { says: 'vnet-b has no way to endpoint pe-a', fix: /peer it with vnet-a/ },
    ],
    [
      'unknown',
      'the network of the pool asks servers of its own',
      { ...pooled, networks: [network('vnet-a', ['10.0.0.4'])] },
      { says: 'task build: ' },
    ],
    [
      'unknown',
      'a task names a pool, and the pools were not read',
      { ...pooled, agentPools: notCollected('the pools were not read') },
      { says: 'the pools were not read' },
    ],
    [
      'not-applicable',
      'the only task names a pool that is not there, so that it never starts',
      { ...pooled, agentPools: [] },
    ],
    [
      'not-applicable',
      'the only task names a pool that is Failed',
      { ...pooled, agentPools: [pool('pool', { provisioningState: 'Failed' })] },
    ],
    [
      'not-applicable',
      'the only task names a pool of no machine',
      { ...pooled, agentPools: [pool('pool', { count: 0 })] },
    ],
    [
      'not-applicable',
      'no task runs on a registry with dual stack, nor a quick build',
      {
        registry: acr({ ...closed, endpointProtocol: 'IPv4AndIPv6' }),
        tasks: [task('purge')],
        taskRuns: quick('Failed'),
      },
    ],
    [
      'fail',
      'there is no task, and az acr build fails',
      { registry: acr(closed), tasks: [], taskRuns: quick('Failed', 'Succeeded') },
      {
        cites: ['registry/publicNetworkAccess', flag, 'taskRuns/quick/0/status'],
        says: 'refuses az acr build on shared agents with 403',
      },
    ],
    [
      'fail',
      'a task and az acr build are refused alike',
      { registry: acr(closed), tasks: [task('purge')], taskRuns: quick('Failed') },
      { says: 'refuses purge, az acr build on shared agents with 403' },
    ],
    [
      'unknown',
      'az acr build fails, and the listed addresses may be those of Tasks',
      { registry: listing, tasks: [], taskRuns: quick('Failed') },
      { says: 'run az acr build: a rule may list' },
    ],
    [
      'not-applicable',
      'there is no task, and the newest quick run on shared agents works',
      {
        registry: acr(closed),
        tasks: [],
        taskRuns: {
          ...quick(),
          quick: [
            { id: 'runs/q0', status: 'Failed', agentPool: 'pool' },
            { id: 'runs/q1', status: 'Succeeded', agentPool: null },
          ],
        },
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
        registry: listing,
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
        registry: listing,
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
      { says: /task a: .*status/ },
    ],
    [
      'unknown',
      'ARM does not say what kind of identity the task has',
      { registry: acr(closed), tasks: [task('a', identity(null))] },
      { says: /task a: .*type/ },
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
  ],
  {
    'agentPools/*/subnet': 'without a subnet the machines come from public addresses, and tasks have the exception',
    'networks/*/network': 'the exception is on, and names that are not private lead to the public endpoint',
    'networks/*/network/value/managers': 'the exception is on, whatever connects the networks',
    'privateDns/zones/*/aliases': 'aliases are looked for where no address record answers',
    'privateDns/zones/*/links/value/*/provisioningState':
      'a link resolves by its state; this only tells that a change of it failed',
    'privateDns/zones/*/records': 'nobody asks the zone from the network of the pool',
    'privateEndpoints/*/endpoint/value/members': 'the computed names are the same; addresses do not matter here',
    'privateEndpoints/*/endpoint/value/network': 'nobody comes to the endpoint from the network of the pool',
    'privateEndpoints/*/endpointId': 'the connection has a name of its own',
    'registry/loginServer': 'the network interface of the endpoint names the registry too',
    'tasks/*/agentPool': 'a task that names no pool runs on shared agents, and tasks have the exception',
  },
);
