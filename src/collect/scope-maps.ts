import * as v from 'valibot';
import type { ScopeMap } from '../model/facets/scope-maps.ts';
import { byText } from '../model/ids.ts';
import type { RegistryCollector } from './collector.ts';
import { listOf, maybe, read, text } from './read.ts';

const wire = v.object({
  id: text,
  name: text,
  properties: v.object({ type: maybe(text), actions: listOf(text) }),
});

export function parseScopeMap(body: unknown): ScopeMap {
  const { id, name, properties } = read('a scope map', wire, body);
  // ARM gives them in another order each time.
  return { id, name, type: properties.type, actions: [...properties.actions].sort(byText) };
}

export const scopeMaps: RegistryCollector<'scopeMaps'> = {
  facet: 'scopeMaps',
  scope: 'registry',
  permissions: ['Microsoft.ContainerRegistry/registries/scopeMaps/read'],
  collect: async (azure, registry, { each }) =>
    each(await azure.list(`${registry.id}/scopeMaps`, '2025-11-01'), parseScopeMap),
};
