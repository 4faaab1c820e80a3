import { notCollected, type Unseen } from '../../model/evidence.ts';
import type { PrivateDns } from '../../model/facets/private-dns.ts';
import type { PrivateEndpoint } from '../../model/facets/private-endpoints.ts';
import { parseId, sameId } from '../../model/ids.ts';
import type { Observation } from '../../model/outcome.ts';
import { type CitedConnection, endpointName } from './endpoints.ts';
import { zonesOf, zoneWords } from './private-dns.ts';

/** Two endpoints of one registry that write the same names where one of them must lose. */
export interface Rivalry {
  readonly seen: readonly Observation[];
  readonly says: string;
}

export interface Rivalries {
  readonly found: readonly Rivalry[];
  readonly networks: readonly Observation[];
  readonly unseen: readonly Unseen[];
}

interface Placed {
  readonly name: string;
  readonly endpoint: PrivateEndpoint;
  readonly network: string;
  readonly seen: Observation;
  /** Ids of the zones that answer its network, and of those its zone groups write to. */
  readonly zones: readonly string[];
}

/** Pairs of endpoints in one network, or that share a zone: the last one to write a record wins. */
export function rivalriesOf(approved: readonly CitedConnection[], dns: PrivateDns, suffix: string): Rivalries {
  const unseen: Unseen[] = [];
  const placed: Placed[] = [];
  for (const { at, connection } of approved) {
    const { endpoint } = connection;
    if (endpoint.state !== 'observed') unseen.push(endpoint);
    else if (endpoint.value.network === null)
      unseen.push(notCollected(`Azure's answer has no network for ${connection.name}`));
    else {
      const { zones, unseen: hidden } = zonesOf(endpoint.value, dns, suffix);
      const groups = endpoint.value.zoneGroups.state === 'observed' ? endpoint.value.zoneGroups.value : [];
      unseen.push(...hidden);
      placed.push({
        name: endpointName(connection),
        endpoint: endpoint.value,
        network: endpoint.value.network,
        seen: { at: `${at}/endpoint/value/network`, saw: endpoint.value.network, about: endpointName(connection) },
        zones: [...zones.map(({ zone }) => zone.id), ...groups.flatMap((group) => group.zones)],
      });
    }
  }
  const pairs = placed.flatMap((one, index) => placed.slice(index + 1).map((other) => [one, other] as const));
  return {
    found: pairs.flatMap(([one, other]) => rivalry(one, other) ?? []),
    networks: placed.map(({ seen }) => seen),
    // One endpoint alone has no rival, whatever else could not be seen.
    unseen: approved.length > 1 ? unseen : [],
  };
}

function rivalry(one: Placed, other: Placed): Rivalry | null {
  const both = `${one.name} and ${other.name}`;
  const seen = [one.seen, other.seen];
  if (sameId(one.network, other.network)) return { seen, says: `${both} are both in ${parseId(one.network)?.name}` };
  const shared = one.zones.find((id) => other.zones.some((zone) => sameId(zone, id)));
  return shared ? { seen, says: `${both} share one zone from two networks: ${zoneWords(shared)}` } : null;
}
