import type { CacheRule } from '../../model/facets/cache-rules.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { Replication } from '../../model/facets/replications.ts';
import type { Observation } from '../../model/outcome.ts';
import { otherRegions } from './replicas.ts';

/** What the platform refuses to combine with soft delete, as this registry has it: each with the evidence for it. */
export interface Obstacle {
  readonly text: string;
  readonly seen: Observation;
}

/**
 * Soft delete is refused on geo-replicated registries, beside artifact cache and beside the retention policy:
 * container-registry-soft-delete-policy.md.
 */
export function obstaclesToSoftDelete(
  registry: Pick<Registry, 'location' | 'policies'>,
  replications: readonly Pick<Replication, 'location'>[],
  cacheRules: readonly Pick<CacheRule, 'id'>[],
): Obstacle[] {
  const replicas = otherRegions(registry, replications);
  const obstacles: Obstacle[] = [];
  if (replicas.length > 0)
    obstacles.push({
      text: `the registry is replicated to ${replicas.join(' and ')}`,
      seen: { at: 'replications', saw: replications, about: 'replicas' },
    });
  if (cacheRules.length > 0)
    obstacles.push({
      text: `it has ${cacheRules.length} artifact cache ${cacheRules.length === 1 ? 'rule' : 'rules'}`,
      seen: { at: 'cacheRules', saw: cacheRules, about: 'cache rules' },
    });
  if (registry.policies.retention?.status === 'enabled')
    obstacles.push({
      text: 'its retention policy is on',
      seen: { at: 'registry/policies/retention/status', saw: 'enabled' },
    });
  return obstacles;
}

/** `the registry is replicated to eastus2, and its retention policy is on`. */
export const obstacleWords = (obstacles: readonly Obstacle[]): string =>
  obstacles.length < 2
    ? obstacles.map(({ text }) => text).join('')
    : `${obstacles
        .slice(0, -1)
        .map(({ text }) => text)
        .join(', ')}, and ${obstacles.at(-1)?.text}`;
