import type { Registry } from '../../model/facets/registry.ts';
import type { Replication } from '../../model/facets/replications.ts';

type At = Pick<Registry | Replication, 'location'>;

/** `West Europe` and `westeurope` are one region. */
export const regionName = (location: string): string => location.toLowerCase().replaceAll(' ', '');

/** The regions of the replicas besides the home region, which the list names too; each once, in order. */
export const otherRegions = (registry: At, replications: readonly At[]): string[] =>
  [...new Set(replications.map((replica) => regionName(replica.location)))]
    .filter((region) => region !== regionName(registry.location))
    .sort();

/** Every region that serves the registry's content: home first. */
export const allRegions = (registry: Registry, replications: readonly Replication[]): string[] => [
  regionName(registry.location),
  ...otherRegions(registry, replications),
];
