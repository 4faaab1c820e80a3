import * as v from 'valibot';
import type { ConnectedRegistry } from '../model/facets/connected-registries.ts';
import { isBelowPremium } from '../model/sku.ts';
import type { RegistryCollector } from './collector.ts';
import { maybe, member, read, text, told } from './read.ts';

const wire = v.object({
  id: text,
  name: text,
  properties: v.object({
    connectionState: told(member('connectionState')),
    activation: told(v.object({ status: told(member('activation')) })),
    lastActivityTime: maybe(text),
    parent: maybe(v.object({ syncProperties: maybe(v.object({ tokenId: maybe(text), schedule: maybe(text) })) })),
  }),
});

export function parseConnectedRegistry(body: unknown): ConnectedRegistry {
  const { id, name, properties } = read('a connected registry', wire, body);
  const { connectionState, activation, lastActivityTime: lastActivity, parent } = properties;
  const { tokenId: syncToken = null, schedule = null } = parent?.syncProperties ?? {};
  return { id, name, connectionState, activation: activation?.status ?? null, lastActivity, schedule, syncToken };
}

export const connectedRegistries: RegistryCollector<'connectedRegistries'> = {
  facet: 'connectedRegistries',
  scope: 'registry',
  permissions: ['Microsoft.ContainerRegistry/registries/connectedRegistries/read'],
  async collect(azure, registry, { each }) {
    // They need Premium, and a Basic or Standard registry need not be asked.
    if (isBelowPremium(registry)) return [];
    return each(await azure.list(`${registry.id}/connectedRegistries`, '2025-11-01'), parseConnectedRegistry);
  },
};
