import { type Evidence, notCollected } from '../../model/evidence.ts';
import type { EndpointConnection, PrivateEndpoint } from '../../model/facets/private-endpoints.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { Replication } from '../../model/facets/replications.ts';
import { lastPart, parseId } from '../../model/ids.ts';
import {
  type NotApplicable,
  notApplicable,
  notSaid,
  type Observation,
  type Unknown,
  unseen,
  untold,
} from '../../model/outcome.ts';
import { type Unclear, unclear } from '../../model/parts.ts';
import type { Pointer } from '../../model/pointer.ts';
import { allRegions } from '../posture/replicas.ts';

/** Whose an endpoint is, in a word; `gone`: ours, and there is none any more. */
export type Place = 'ours' | 'gone' | 'foreign' | 'unplaced';

/** A private endpoint connection, and where it is in the evidence. */
export interface CitedConnection {
  readonly at: Pointer;
  readonly connection: EndpointConnection;
}

/** The regions an endpoint must serve, home first: those of replicas that are neither being made nor removed. */
export const servingRegions = (registry: Registry, replications: readonly Replication[]): readonly string[] =>
  allRegions(
    registry,
    replications.filter(({ provisioningState: state }) => state !== 'Creating' && state !== 'Deleting'),
  );

/** The connections of a registry by what they are good for. */
export interface Connections {
  /** Approved, and behind each is an endpoint for registries in a subscription of ours: these carry our pulls. */
  readonly approved: readonly CitedConnection[];
  /** Approved, and another tenant's. */
  readonly foreign: readonly CitedConnection[];
  /** Approved, and nobody says whose the subscription is. */
  readonly unplaced: readonly CitedConnection[];
  /** Approved, and the endpoint behind it does not exist any more. */
  readonly gone: readonly CitedConnection[];
  readonly pending: readonly CitedConnection[];
  /** Refused, or their endpoint was deleted. */
  readonly dead: readonly CitedConnection[];
  /** Azure left the state out, or sent one that we do not know. */
  readonly undecided: readonly CitedConnection[];
  /** The state of every connection; of the empty list where there is none. */
  readonly states: readonly [Observation, ...Observation[]];
}

/** Sorts the connections: the one place that says which endpoint is approved, and ours. */
export function connectionsOf(
  connections: readonly EndpointConnection[],
  at: Pointer = 'privateEndpoints',
): Connections {
  const cited = connections.map((connection, index): CitedConnection => ({ at: `${at}/${index}`, connection }));
  const inState = (...states: readonly string[]) =>
    cited.filter(({ connection: { status } }) => status !== null && states.includes(status));
  const approved = inState('Approved').filter(({ connection }) => isForRegistries(connection));
  const placed = (place: Place) => approved.filter(({ connection }) => whoseEndpoint(connection) === place);
  const [first, ...others] = cited.map(stateOf);
  return {
    approved: placed('ours'),
    foreign: placed('foreign'),
    unplaced: placed('unplaced'),
    gone: placed('gone'),
    pending: inState('Pending'),
    dead: inState('Rejected', 'Disconnected'),
    undecided: cited.filter(
      ({ connection: { status } }) => !/^(Approved|Pending|Rejected|Disconnected)$/.test(status ?? ''),
    ),
    states: first ? [first, ...others] : [{ at, saw: connections }],
  };
}

/** The connections as their own list has them, else as the registry's answer does; `null` where neither tells. */
export function listedConnections(
  { privateEndpointConnections: told }: Registry,
  list: Evidence<readonly EndpointConnection[]>,
): Connections | null {
  if (list.state === 'observed') return connectionsOf(list.value);
  if (told === null) return null;
  const bare = told.map(({ id, name, status, endpoint }): EndpointConnection => {
    const unread = notCollected('the endpoint was not read');
    const placement = { whose: 'ours', gone: false } as const;
    return { id, name, status, endpointId: endpoint, placement, endpoint: unread };
  });
  return connectionsOf(bare, 'registry/privateEndpointConnections');
}

/** The approved endpoints of ours, or why there are none to judge. */
export function approvedConnections(
  connections: readonly EndpointConnection[],
): readonly CitedConnection[] | NotApplicable | Unknown {
  const sorted = connectionsOf(connections);
  if (sorted.approved.length > 0) return sorted.approved;
  const [open] = openConnections(sorted);
  return open?.why ?? notApplicable('the registry has no approved private endpoint of ours');
}

/** Connections that may be approved endpoints of ours as well: whatever is judged of all endpoints is open for them. */
export const openConnections = ({
  undecided,
  unplaced,
}: Pick<Connections, 'undecided' | 'unplaced'>): readonly Unclear[] => [
  ...undecided.map(({ at, connection }) =>
    unclear(`connection/${connection.name}`, notSaid(`${at}/status`, connection.status)),
  ),
  ...unplaced.map(({ connection }) =>
    unclear(
      `connection/${connection.name}`,
      untold(
        `nobody says whose the subscription ${parseId(connection.endpointId ?? '')?.subscription} of ${endpointName(connection)} is`,
      ),
    ),
  ),
];

/** Endpoints of ours of which nobody tells what they are, or where. */
export const endpointsUnread = ({ approved }: Connections): readonly Unclear[] =>
  approved.flatMap(({ connection }) => {
    const { endpoint } = connection;
    if (endpoint.state === 'observed' && endpoint.value.network !== null) return [];
    const name = endpointName(connection);
    const why =
      endpoint.state === 'observed' ? untold(`Azure's answer has no network for endpoint ${name}`) : unseen(endpoint);
    return [unclear(`endpoint/${name}`, why)];
  });

/** Whose subscription an endpoint lies in. */
export function whoseEndpoint({ placement }: EndpointConnection): Place {
  switch (placement.whose) {
    case 'ours':
      return placement.gone ? 'gone' : 'ours';
    case 'another-tenant':
      return 'foreign';
    case 'unplaced':
      return 'unplaced';
  }
}

/** The endpoint behind a connection, where it was read. */
export const endpointOf = ({ connection: { endpoint } }: CitedConnection): PrivateEndpoint | null =>
  endpoint.state === 'observed' ? endpoint.value : null;

/** The state of a connection as an observation. */
export const stateOf = ({ at, connection: { status, name } }: CitedConnection): Observation => ({
  at: `${at}/status`,
  saw: status,
  wanted: 'Approved',
  about: name,
});

/** A registry has one group of names. An endpoint we cannot read serves it all the same: the registry says so. */
const isForRegistries = ({ endpoint }: EndpointConnection): boolean =>
  endpoint.state !== 'observed' ||
  endpoint.value.groups.length === 0 ||
  endpoint.value.groups.some((group) => group.toLowerCase() === 'registry');

/** What people call the endpoint: the last part of its id, else the connection's name. */
export const endpointName = ({ name, endpointId }: Pick<EndpointConnection, 'name' | 'endpointId'>): string =>
  endpointId === null ? name : lastPart(endpointId);

/** What an endpoint must serve an address for, as its network interface calls it and as the name it answers to. */
export interface WantedMember {
  readonly member: string;
  /** What follows the registry's label in the name: empty for the login server. */
  readonly branch: string;
  readonly region: string | null;
}

/** By MicrosoftDocs container-registry-private-endpoints.md and, for the member names, container-registry-geo-replication.md. */
export function wantedMembers(registry: Registry, regions: readonly string[]): readonly WantedMember[] {
  const data = regions.map((region) => ({ member: `registry_data_${region}`, branch: `${region}.data`, region }));
  const geo = regions.map((region) => ({ member: `registry_${region}`, branch: `${region}.geo`, region }));
  return [
    { member: 'registry', branch: '', region: null },
    ...data,
    ...(registry.regionalEndpoints === 'Enabled' ? geo : []),
  ];
}
