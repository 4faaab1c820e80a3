import { expect, test } from 'vitest';
import { parseAgentPool } from '../../src/collect/agent-pools.ts';
import { bodiesOf } from './corpus.ts';

test('a pool in a subnet', () => {
  const properties = {
    count: 0,
    tier: 'S2',
    os: 'Linux',
    virtualNetworkSubnetResourceId: '/s',
    provisioningState: 'succeeded',
  };
  expect(parseAgentPool({ id: '/p', name: 'p', location: 'x', properties })).toEqual({
    id: '/p',
    name: 'p',
    provisioningState: 'Succeeded',
    subnet: '/s',
    count: 0,
  });
});

const bodies = bodiesOf('agentPools');
test.skipIf(bodies === null)('every recorded pool can be read', () => {
  expect((bodies ?? []).map(parseAgentPool).filter(({ subnet }) => subnet !== null)).not.toEqual([]);
});
