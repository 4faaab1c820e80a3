import * as v from 'valibot';
import type { CacheRule } from '../model/facets/cache-rules.ts';
import type { RegistryCollector } from './collector.ts';
import { withFallback } from './fallback.ts';
import { identityWire, managedIdentity } from './managed-identity.ts';
import { maybe, read, text } from './read.ts';

/** The stable one does not answer the identity that a rule logs in with. */
const apiVersions = ['2026-03-01-preview', '2025-11-01'] as const;

const wire = v.object({
  id: text,
  name: text,
  identity: maybe(identityWire),
  properties: v.object({
    sourceRepository: maybe(text),
    targetRepository: maybe(text),
    credentialSetResourceId: maybe(text),
  }),
});

export function parseCacheRule(body: unknown): CacheRule {
  const { id, name, identity, properties } = read('a cache rule', wire, body);
  return {
    id,
    name,
    source: properties.sourceRepository,
    target: properties.targetRepository,
    credentialSet: properties.credentialSetResourceId,
    identity: identity && managedIdentity(identity),
  };
}

export const cacheRules: RegistryCollector<'cacheRules'> = {
  facet: 'cacheRules',
  scope: 'registry',
  permissions: ['Microsoft.ContainerRegistry/registries/cacheRules/read'],
  collect: async (azure, registry, { each }) =>
    each(
      await withFallback(apiVersions, (apiVersion) => azure.list(`${registry.id}/cacheRules`, apiVersion)),
      parseCacheRule,
    ),
};
