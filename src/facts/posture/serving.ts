import type { Registry } from '../../model/facets/registry.ts';
import type { Replication } from '../../model/facets/replications.ts';
import { isSome, type Observation, type Observations } from '../../model/outcome.ts';
import type { Pointer } from '../../model/pointer.ts';
import { regionName } from './replicas.ts';

/** One place the registry's content is in, and whether pulls are served from there. */
export interface Region {
  readonly location: string;
  readonly home: boolean;
  /** `null`: the home region, where ARM did not list it. */
  readonly replica: Replication | null;
  /** Where its content is whole and somebody is sent there: by the global endpoint, or by the region's own name. */
  readonly serves: 'yes' | 'no' | 'unknown';
  /** Whether the global endpoint sends clients there; `null` where Azure does not say. */
  readonly routed: boolean | null;
  /** Why it does not serve, or why we can't tell; empty where it serves. */
  readonly reason: string;
  /** What the answer rests on; empty for the home region of a registry without replicas, which needs none to serve. */
  readonly because: readonly Observation[];
}

/** Whether two spellings are one region: `West Europe` and `westeurope`. */
export const sameRegion = (a: string, b: string): boolean => regionName(a) === regionName(b);

/**
 * The one notion of a registry's regions: the home region first, then every other region with a replica. ARM lists the
 * home region among the replicas; where it lists others and not that one, nothing is known of it.
 */
export function regionsOf(registry: Registry, replications: readonly Replication[]): readonly Region[] {
  const listed = replications.map((replica, index) => asRegion(registry, replica, `replications/${index}`));
  const home = listed.find((region) => region.home);
  const implied: Region =
    listed.length === 0 && registry.location !== ''
      ? { ...unlisted(registry), serves: 'yes', routed: true, reason: '', because: [] }
      : unlisted(registry);
  return [home ?? implied, ...listed.filter((region) => !region.home)];
}

const unlisted = ({ location }: Registry): Region => ({
  location,
  home: true,
  replica: null,
  serves: 'unknown',
  routed: null,
  reason: location === '' ? 'is not told: the registry came without location' : 'is not among the replications',
  because: [{ at: 'registry/location', saw: location }],
});

/** Beside the global endpoint a region has a name of its own, which its routing does not govern. */
const hasOwnName = ({ regionalEndpoints }: Registry): boolean => regionalEndpoints === 'Enabled';

/**
 * A replica serves when the last operation on it succeeded and somebody is sent there. `displayStatus` is a free
 * string and decides nothing (MicrosoftDocs container-registry-geo-replication.md; no vocabulary is documented).
 */
function asRegion(registry: Registry, replica: Replication, at: Pointer): Region {
  const { location, provisioningState: state, regionEndpointEnabled: routed } = replica;
  const base = { location, home: sameRegion(location, registry.location), replica, routed };
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
        reason: `came with provisioningState ${state ?? 'not told'}`,
        because: [states],
      };
  }
  if (routed === null)
    return { ...base, serves: 'unknown', reason: 'came without regionEndpointEnabled', because: [routing] };
  if (routed) return { ...base, serves: 'yes', reason: '', because: [states, routing] };
  return hasOwnName(registry)
    ? {
        ...base,
        serves: 'yes',
        reason: '',
        because: [states, routing, { at: 'registry/regionalEndpoints', saw: registry.regionalEndpoints }],
      }
    : { ...base, serves: 'no', reason: 'is out of global routing', because: [routing] };
}

/** In how many regions a registry serves, and whether one of them is where it may not be. */
export type Spread =
  | { readonly state: 'outside'; readonly regions: readonly Region[]; readonly seen: Observations }
  | { readonly state: 'several'; readonly count: number; readonly routed: number; readonly seen: Observations }
  | { readonly state: 'unclear'; readonly reason: string }
  | {
      readonly state: 'one';
      /** The regions that would serve if something were mended. */
      readonly idle: readonly Region[];
      /** Whether the registry is in no other region. */
      readonly alone: boolean;
      readonly reason: string;
      readonly seen: Observations;
    };

/** How a registry is spread over regions; an empty list allows every region. */
export function spreadOf(registry: Registry, replications: readonly Replication[], allowed: readonly string[]): Spread {
  const regions = regionsOf(registry, replications);
  const outside = regions.filter(
    ({ location }) => allowed.length > 0 && !allowed.some((name) => sameRegion(name, location)),
  );
  const places = outside.map(({ location, replica }): Observation => {
    const at: Pointer = replica ? `replications/${replications.indexOf(replica)}/location` : 'registry/location';
    return { at, saw: replica?.location ?? location, wanted: allowed };
  });
  if (isSome(places)) return { state: 'outside', regions: outside, seen: places };
  const serving = regions.filter(({ serves }) => serves === 'yes');
  const unclear = regions.filter(({ serves }) => serves === 'unknown');
  const seen = serving.flatMap(({ because }) => because);
  if (serving.length >= 2 && isSome(seen))
    return { state: 'several', count: serving.length, routed: serving.filter(({ routed }) => routed).length, seen };
  if (serving.length + unclear.length >= 2) return { state: 'unclear', reason: reasonsOf(unclear) };
  const idle = regions.filter(({ serves }) => serves === 'no');
  const out = idle.flatMap(({ because }) => because);
  return {
    state: 'one',
    idle,
    alone: regions.length < 2,
    reason: reasonsOf(idle),
    seen: isSome(out) ? out : [{ at: 'replications', saw: replications }],
  };
}

const reasonsOf = (regions: readonly Region[]): string =>
  regions.map(({ location, reason }) => `${location} ${reason}`).join(', ');
