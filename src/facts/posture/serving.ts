import type { Registry } from '../../model/facets/registry.ts';
import type { Replication } from '../../model/facets/replications.ts';
import type { Observation } from '../../model/outcome.ts';
import type { Pointer } from '../../model/pointer.ts';
import { regionName } from './replicas.ts';

/** One place the registry's content is in, and whether the global endpoint sends anybody there. */
export interface Region {
  readonly location: string;
  readonly home: boolean;
  /** `null`: the home region, where ARM did not list it. */
  readonly replica: Replication | null;
  readonly serves: 'yes' | 'no' | 'unknown';
  /** Why not, or why we can't tell; empty where it serves. */
  readonly reason: string;
  /** What the answer rests on; empty for a home region that ARM did not list, which needs no replica to serve. */
  readonly because: readonly Observation[];
}

export const sameRegion = (a: string, b: string): boolean => regionName(a) === regionName(b);

/** The home region first, then every other region with a replica. ARM lists the home region among the replicas. */
export function regionsOf(registry: Registry, replications: readonly Replication[]): readonly Region[] {
  const listed = replications.map((replica, index) => asRegion(registry, replica, `replications/${index}`));
  const home = listed.find((region) => region.home);
  const implied: Region = {
    location: registry.location,
    home: true,
    replica: null,
    serves: 'yes',
    reason: '',
    because: [],
  };
  return [home ?? implied, ...listed.filter((region) => !region.home)];
}

/**
 * A replica serves when the last operation on it succeeded and it is in global routing. `displayStatus` is a free
 * string and decides nothing (MicrosoftDocs container-registry-geo-replication.md; no vocabulary is documented).
 */
function asRegion(registry: Registry, replica: Replication, at: Pointer): Region {
  const { location, provisioningState: state, regionEndpointEnabled: routed } = replica;
  const base = { location, home: sameRegion(location, registry.location), replica };
  const states: Observation = { at: `${at}/provisioningState`, about: location, saw: state };
  const routing: Observation = { at: `${at}/regionEndpointEnabled`, about: location, saw: routed };
  switch (state) {
    case 'Failed':
    case 'Canceled':
    case 'Deleting':
      return { ...base, serves: 'no', reason: `is ${state}`, because: [states] };
    case 'Succeeded':
    case 'Updating':
      break;
    case 'Creating':
      return { ...base, serves: 'unknown', reason: 'is still being created', because: [states] };
    default:
      return {
        ...base,
        serves: 'unknown',
        reason: `came with provisioningState ${state ?? 'missing'}`,
        because: [states],
      };
  }
  if (routed === null)
    return { ...base, serves: 'unknown', reason: 'came without regionEndpointEnabled', because: [routing] };
  if (!routed) return { ...base, serves: 'no', reason: 'is out of global routing', because: [routing] };
  return { ...base, serves: 'yes', reason: '', because: [states, routing] };
}
