import check from '../../../checks/build/tasks-have-a-place-to-run.ts';
import { denied } from '../../../src/model/evidence.ts';
import type { AgentPool } from '../../../src/model/facets/agent-pools.ts';
import { docker, task } from '../../facts/tasks/yaml.ts';
import { acr, testCheck } from '../../support.ts';

const registry = acr({ endpointProtocol: 'IPv4' });
const onPool = [task('app', docker(), { agentPool: 'vnetpool' })];
const pool = (said: Partial<AgentPool> = {}): AgentPool => ({
  id: 'pool',
  name: 'VnetPool',
  provisioningState: 'Succeeded',
  subnet: null,
  count: 1,
  ...said,
});
const queued = { id: 'r', task: 'app', status: 'Queued', createdAt: '2026-11-22T00:00:00Z' } as const;

testCheck(
  check,
  [
    ['pass', 'shared machines run it', { registry, tasks: [task('app', docker())] }],
    [
      'pass',
      'its pool is there',
      { registry, tasks: onPool, agentPools: [pool()] },
      {
        cites: [
          'registry/endpointProtocol',
          'tasks/0/agentPool',
          'agentPools/0/provisioningState',
          'agentPools/0/count',
        ],
      },
    ],
    [
      'fail',
      'its pool does not exist',
      { registry, tasks: onPool, agentPools: [pool({ name: 'other' })] },
      { says: 'does not exist' },
    ],
    [
      'unknown',
      'the pool that could not be read may be its own',
      { registry, tasks: onPool, agentPools: [] },
      { unread: ['agentPools'] },
    ],
    [
      'fail',
      'the pool of another task is Failed: nothing is said of the one whose pool may be the one that could not be read',
      {
        registry,
        tasks: [...onPool, task('web', docker(), { agentPool: 'other' })],
        agentPools: [pool({ name: 'other', provisioningState: 'Failed' })],
      },
      { unread: ['agentPools'], says: /^web waits for ever: its agent pool other is Failed$/ },
    ],
    [
      'fail',
      'its pool is Failed, and a run waits',
      {
        registry,
        tasks: onPool,
        agentPools: [pool({ provisioningState: 'Failed' })],
        taskRuns: { runs: [queued], since: null, quick: [] },
      },
      {
        says: 'VnetPool is Failed',
        cites: ['tasks/0/agentPool', 'agentPools/0/provisioningState', 'taskRuns/runs/0/status'],
        fix: 'preview',
      },
    ],
    [
      'fail',
      'its pool has no machine',
      { registry, tasks: onPool, agentPools: [pool({ count: 0 })] },
      { says: 'count 0' },
    ],
    [
      'fail',
      'the registry has dual stack, and pools do not matter',
      { registry: acr({ endpointProtocol: 'IPv4AndIPv6' }), tasks: onPool },
      { says: 'IPv6', cites: ['registry/endpointProtocol'] },
    ],
    [
      'unknown',
      'pools may not be read',
      { registry, tasks: onPool, agentPools: denied('DENIED', []) },
      { says: 'DENIED' },
    ],
    [
      'unknown',
      'its pool is being made',
      { registry, tasks: onPool, agentPools: [pool({ provisioningState: 'Creating' })] },
    ],
    [
      'unknown',
      'Azure does not say how many machines',
      { registry, tasks: onPool, agentPools: [pool({ count: null })] },
    ],
    [
      'unknown',
      'a protocol nobody knows',
      { registry: acr({ endpointProtocol: 'IPv6' }), tasks: [task('app', docker())] },
      { says: 'IPv6' },
    ],
    ['unknown', 'Azure does not say the protocol', { registry: acr(), tasks: [task('app', docker())] }],
    [
      'not-applicable',
      'the task is off',
      { registry, tasks: [task('app', docker(), { status: 'Disabled', agentPool: 'gone' })], agentPools: [] },
    ],
  ],
  {
    'tasks/*/status': 'a task of which Azure does not say whether it is on is judged as one that is',
    'tasks/*/agentPool': 'without a pool a task runs on shared machines',
  },
);
