import * as v from 'valibot';
import type { CacheRule } from '../model/facets/cache-rules.ts';
import type { RegistryCollector } from './collector.ts';
import { maybe, read, text } from './read.ts';

const wire = v.object({
  id: text,
  name: text,
  properties: v.object({
    sourceRepository: maybe(text),
    targetRepository: maybe(text),
    credentialSetResourceId: maybe(text),
  }),
});

export function parseCacheRule(body: unknown): CacheRule {
  const { id, name, properties } = read('a cache rule', wire, body);
  return {
    id,
    name,
    source: properties.sourceRepository,
    target: properties.targetRepository,
    credentialSet: properties.credentialSetResourceId,
  };
}

export const cacheRules: RegistryCollector<'cacheRules'> = {
  facet: 'cacheRules',
  scope: 'registry',
  permissions: ['Microsoft.ContainerRegistry/registries/cacheRules/read'],
  collect: async (azure, registry, { each }) =>
    each(await azure.list(`${registry.id}/cacheRules`, '2025-11-01'), parseCacheRule),
};
