import type { NetworkEvidence } from '../../model/facets/networks.ts';
import { parseId, sameId } from '../../model/ids.ts';
import { cannotSee, type Observation, type Unknown } from '../../model/outcome.ts';

/** How packets of one network come to an address in another. */
export interface Route {
  readonly by: 'same' | 'peered' | 'none' | 'unknown';
  readonly seen: readonly Observation[];
  /** What may connect the two where nobody knows; empty for an appliance, a gateway or a virtual WAN. */
  readonly managers: readonly string[];
  /** Why nobody looked for managers, where without them there would be no route. */
  readonly unread?: Unknown;
}

/**
 * In the same network, and in one peered with it directly, packets arrive. Peering is not transitive, but a hub's
 * appliance, a gateway, a virtual WAN or a network manager's mesh (which shows no peering) may connect networks all the
 * same: only a network with no peering, no gateway and no manager certainly has no way out. Security groups and routes
 * are not looked at.
 */
export function routeBetween(from: string, to: string, networks: readonly NetworkEvidence[]): Route {
  if (sameId(from, to)) return { by: 'same', seen: [], managers: [] };
  const [a, b] = [placeOf(from, networks), placeOf(to, networks)];
  const peering = a?.network.peerings.findIndex(
    ({ remote, state }) => sameId(remote ?? '', to) && state === 'Connected',
  );
  if (a && peering !== undefined && peering >= 0)
    return {
      by: 'peered',
      seen: [{ at: `${a.at}/peerings/${peering}/state`, saw: 'Connected', about: `peering of ${a.network.name}` }],
      managers: [],
    };
  const isolated = [a, b].flatMap((place) => (place && isIsolated(place.network) ? [place] : []));
  const managers = isolated.flatMap(({ network }) =>
    network.managers.state === 'observed' ? network.managers.value.map((id) => parseId(id)?.name ?? id) : [],
  );
  const [unread] = isolated.flatMap(({ network: { name, managers } }) =>
    managers.state === 'observed' ? [] : [cannotSee(`whether a network manager connects ${name}`, [managers])],
  );
  const unmanaged = isolated.find(
    ({ network }) => network.managers.state === 'observed' && network.managers.value.length === 0,
  );
  return unmanaged
    ? {
        by: 'none',
        seen: [
          {
            at: `${unmanaged.at}/peerings`,
            saw: unmanaged.network.peerings,
            about: `peerings of ${unmanaged.network.name}`,
          },
        ],
        managers: [],
      }
    : { by: 'unknown', seen: [], managers, ...(unread && { unread }) };
}

function placeOf(id: string, networks: readonly NetworkEvidence[]) {
  const index = networks.findIndex((one) => sameId(one.id, id));
  const network = networks[index]?.network;
  return network?.state === 'observed'
    ? ({ at: `networks/${index}/network/value`, network: network.value } as const)
    : null;
}

type Place = NonNullable<ReturnType<typeof placeOf>>;

const isIsolated = ({ peerings, subnets }: Place['network']): boolean =>
  peerings.every(({ state }) => state === 'Disconnected') &&
  !subnets.some(({ name }) => name.toLowerCase() === 'gatewaysubnet');
