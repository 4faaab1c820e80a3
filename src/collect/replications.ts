import * as v from 'valibot';
import type { Replication } from '../model/facets/replications.ts';
import { isBelowPremium } from '../model/sku.ts';
import type { RegistryCollector } from './collector.ts';
import { flag, member, read, text, told } from './read.ts';

const wire = v.object({
  id: text,
  name: text,
  location: text,
  properties: v.object({
    provisioningState: told(member('provisioningState')),
    status: told(v.object({ displayStatus: told(text) })),
    regionEndpointEnabled: told(flag),
  }),
});

export function parseReplication(body: unknown): Replication {
  const { properties, ...named } = read('a replication', wire, body);
  const { status, ...rest } = properties;
  return { ...named, ...rest, displayStatus: status?.displayStatus ?? null };
}

export const replications: RegistryCollector<'replications'> = {
  facet: 'replications',
  scope: 'registry',
  permissions: ['Microsoft.ContainerRegistry/registries/replications/read'],
  async collect(azure, registry, { each }) {
    // Only Premium can have replicas, and a Basic or Standard registry need not be asked.
    if (isBelowPremium(registry)) return [];
    return each(await azure.list(`${registry.id}/replications`, '2025-11-01'), parseReplication);
  },
};
