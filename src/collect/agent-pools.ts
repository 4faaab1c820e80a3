import * as v from 'valibot';
import type { AgentPool } from '../model/facets/agent-pools.ts';
import { isBelowPremium } from '../model/sku.ts';
import type { RegistryCollector } from './collector.ts';
import { maybe, member, number, read, text } from './read.ts';

const apiVersion = '2025-03-01-preview';

export const agentPools: RegistryCollector<'agentPools'> = {
  facet: 'agentPools',
  scope: 'registry',
  permissions: ['Microsoft.ContainerRegistry/registries/agentpools/read'],
  async collect(azure, registry, { each }) {
    // They need Premium, and a Basic or Standard registry need not be asked.
    if (isBelowPremium(registry)) return [];
    return each(await azure.list(`${registry.id}/agentPools`, apiVersion), parseAgentPool);
  },
};

const agentPoolWire = v.object({
  id: text,
  name: text,
  properties: v.object({
    provisioningState: maybe(member('provisioningState')),
    virtualNetworkSubnetResourceId: maybe(text),
    count: maybe(number),
  }),
});

export function parseAgentPool(body: unknown): AgentPool {
  const { id, name, properties } = read('an agent pool', agentPoolWire, body);
  const { provisioningState, virtualNetworkSubnetResourceId: subnet, count } = properties;
  return { id, name, provisioningState, subnet, count };
}
