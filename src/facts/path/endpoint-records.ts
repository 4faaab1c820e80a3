import { type Evidence, notCollected, type Unseen } from '../../model/evidence.ts';
import type { PrivateEndpoint } from '../../model/facets/private-endpoints.ts';
import type { Facets } from '../../model/facets.ts';
import { sameId } from '../../model/ids.ts';
import type { Observation } from '../../model/outcome.ts';
import { type CitedConnection, endpointName, servingRegions } from './endpoints.ts';
import { expectedNames, regionOf } from './expected-names.ts';
import {
  type CitedZone,
  isCommonZone,
  type Lookup,
  lookUp,
  resolverOf,
  resolverUnseen,
  zonesOf,
} from './private-dns.ts';

export type RecordFacts = Pick<Facets, 'registry' | 'replications' | 'privateEndpoints' | 'privateDns' | 'networks'>;

/** What the DNS of one endpoint's network answers for the endpoint's names. */
export interface EndpointRecords {
  readonly cited: CitedConnection;
  readonly endpoint: PrivateEndpoint;
  readonly zones: readonly CitedZone[];
  readonly right: readonly Lookup[];
  /** Missing, or another address: as bad, for the client ends at the wrong place. */
  readonly wrong: readonly Lookup[];
  /** No zone answers for the endpoint's names at all. */
  readonly zoneless: boolean;
  /** That Azure answers the network's queries. */
  readonly resolver: Observation;
}

/** What an endpoint's names look like in the zones that answer for them, whoever asks. */
export interface EndpointLookups {
  readonly zones: readonly CitedZone[];
  readonly lookups: readonly Lookup[];
  readonly zoneless: boolean;
  /** Why a record may be there, or not, that was not seen. */
  readonly unseen: readonly Unseen[];
  /** Why nobody can say whether a record that is there is right. */
  readonly undecided: readonly Unseen[];
}

export function lookupsOf(
  { registry, replications, privateDns }: Omit<RecordFacts, 'networks'>,
  endpoint: PrivateEndpoint,
  suffix: string,
): EndpointLookups {
  const names = expectedNames(registry, servingRegions(registry, replications), endpoint, suffix);
  const { zones, unseen } = zonesOf(endpoint, privateDns, suffix);
  const looked = names.flatMap((name) => lookUp(name, zones, suffix));
  const lookups = looked.filter((each) => 'record' in each);
  const undecided = lookups.filter(({ saw, name }) => saw !== null && name.ips === null);
  return {
    zones,
    lookups,
    zoneless: unseen.length === 0 && !zones.some(({ zone }) => isCommonZone(zone, suffix)),
    unseen: [
      ...unseen,
      ...new Set(looked.filter((each) => 'state' in each)),
      ...(names.length === 0 ? [notCollected("Azure's answer has no loginServer to tell the names from")] : []),
    ],
    undecided: undecided.length > 0 ? [addressesUnseen(endpoint.members, undecided)] : [],
  };
}

/** Looks every expected name of an approved endpoint up, as a client in its network would. */
export function recordsOf(
  facts: RecordFacts,
  cited: CitedConnection,
  suffix: string,
): EndpointRecords | readonly Unseen[] {
  const { endpoint } = cited.connection;
  if (endpoint.state !== 'observed') return [endpoint];
  const { network } = endpoint.value;
  if (network === null) return [notCollected("Azure's answer has no network for the endpoint")];

  const { zones, lookups, zoneless, ...hidden } = lookupsOf(facts, endpoint.value, suffix);
  const unseen = [...hidden.unseen, ...hidden.undecided];
  const wrong = lookups.filter(isWrong);
  const right = lookups.filter((lookup) => !isWrong(lookup));
  const resolver = resolverOf(network, facts.networks);
  if (!('azure' in resolver))
    return [
      resolverUnseen(
        network,
        resolver,
        wrong.map(({ record }) => record),
      ),
      ...unseen,
    ];
  if (wrong.length === 0 && !zoneless && unseen.length > 0) return unseen;
  return { cited, endpoint: endpoint.value, zones, right, wrong, zoneless, resolver: resolver.azure };
}

/** The approved endpoint of the registry that a record leads to instead: in a shared zone the last one to write wins. */
export function takenBy(
  { cited }: EndpointRecords,
  { saw, name }: Lookup,
  connections: Facets['privateEndpoints'],
): string | null {
  const owner = connections.find(
    ({ id, endpoint }) =>
      !sameId(id, cited.connection.id) &&
      endpoint.state === 'observed' &&
      endpoint.value.members.state === 'observed' &&
      endpoint.value.members.value.some(({ ip }) => saw?.includes(ip) && !name.ips?.includes(ip)),
  );
  return owner ? endpointName(owner) : null;
}

export const isBroken = ({ wrong, zoneless }: EndpointRecords): boolean => wrong.length > 0 || zoneless;

/** What the look-ups show: of broken records those that are wrong, else all. */
export function recordObservations(judged: EndpointRecords): readonly Observation[] {
  const { cited, endpoint, resolver, wrong, right, zoneless } = judged;
  const nowhere = { at: `${cited.at}/endpoint/value/network`, saw: endpoint.network, wanted: 'a linked zone' } as const;
  return [resolver, ...(zoneless ? [nowhere] : []), ...(isBroken(judged) ? wrong : right).map(asObservation)];
}

export const asObservation = ({ at, saw, name, record, zone: { zone } }: Lookup): Observation => ({
  at,
  saw,
  ...(name.ips === null ? {} : { wanted: name.ips }),
  about: `A record ${record} in ${zone.name}${regionOf(name) ? ` (${regionOf(name)})` : ''}`,
});

const isWrong = ({ saw, name: { ips } }: Lookup): boolean =>
  saw === null || (ips !== null && (saw.length !== ips.length || saw.some((ip) => !ips.includes(ip))));

function addressesUnseen(members: Evidence<unknown>, undecided: readonly Lookup[]): Unseen {
  const names = undecided.map(({ record }) => record).join(', ');
  return members.state === 'observed'
    ? notCollected(`the endpoint has no address for ${names} to compare the records with`)
    : { ...members, reason: `which addresses ${names} should have could not be seen: ${members.reason}` };
}
