import { notCollected, seenOr } from '../../model/evidence.ts';
import type { Cluster, Consumers } from '../../model/facets/consumers.ts';
import type { Facet, Facets } from '../../model/facets.ts';
import { byId, lastPart } from '../../model/ids.ts';
import { onceAtATime } from '../../model/once.ts';
import { type Observation, type Observations, type Unknown, unseen, untold } from '../../model/outcome.ts';
import { type Unclear, unclear } from '../../model/parts.ts';
import { type Consumption, consumersOf } from '../access/consumption.ts';
import { type Identities, identityFacets } from '../access/principals.ts';
import { type Arrival, arrive, byPublic } from './arrive.ts';
import {
  type ConsumerNetwork,
  concernedBy,
  isUnnamed,
  type NamedNetwork,
  networkMadeFor,
  networksOf,
} from './consumer-networks.ts';
import { type Connections, endpointName, endpointsUnread, openConnections, whoseEndpoint } from './endpoints.ts';
import { evidenceOf, type PathFacts, type PathGiven, pathFacts } from './facts.ts';
import type { RegistryName } from './names.ts';
import { type Resolution, resolve } from './resolve.ts';
import type { Stop, Works } from './stops.ts';
import { problemOf } from './words.ts';

/** One name asked from one network, once. */
export interface Trip {
  readonly network: ConsumerNetwork;
  readonly name: RegistryName;
  /** `null` for a network that ARM does not name. */
  readonly resolution: Resolution | null;
  readonly arrival: Arrival;
}

/** Every known network and each name of the registry asked from it. */
export interface Trips {
  readonly facts: PathFacts;
  readonly networks: readonly ConsumerNetwork[];
  readonly trips: readonly Trip[];
  readonly consumption: Consumption;
  /** Known consumers, or somebody known to pull, whose network nobody tells. */
  readonly unplaced: readonly Unclear[];
}

/** The evidence that trips rest on. */
export interface TripsGiven extends PathGiven, Identities {
  readonly consumers?: Given<'consumers'>;
  readonly roleAssignments?: Given<'roleAssignments'>;
  readonly agentPools?: Given<'agentPools'>;
}

type Given<F extends 'consumers' | 'roleAssignments' | 'agentPools'> = Parameters<typeof evidenceOf<Facets[F]>>[0];

/** The facets of `TripsGiven` that tell the ways from known networks, beside the registry and its endpoints. */
export const tripFacets = [
  'replications',
  'privateDns',
  'networks',
  'consumers',
  'roleAssignments',
  ...identityFacets,
] as const satisfies readonly Facet[];

/**
 * Asks every name of a registry from every known network. Pure; `suffix` is `azurecr.io` or a sovereign cloud's. Several
 * checks ask it of the same facts: the answers are kept until another registry is asked about.
 */
export function tripsOf(given: TripsGiven, suffix: string): Trips {
  const parts = [
    suffix,
    given.registry,
    ...[...tripFacets, 'privateEndpoints', 'agentPools'].map((facet) => partOf(given, facet)),
  ];
  const known = askedOf(given.registry.id);
  const before = known.find((one) => one.parts.every((part, index) => part === parts[index]));
  if (before) return before.trips;
  const trips = tripsBy(given, suffix);
  known.push({ parts, trips });
  return trips;
}

/** What a registry was asked with, part by part, and the answer. */
const askedOf = onceAtATime((): { readonly parts: readonly unknown[]; readonly trips: Trips }[] => []);

/** A facet however it was given: its value, or the evidence that was not seen. */
function partOf(given: object, facet: string): unknown {
  const part: unknown = (given as Readonly<Record<string, unknown>>)[facet];
  const isObserved = typeof part === 'object' && part !== null && 'state' in part && part.state === 'observed';
  return isObserved && 'value' in part ? part.value : part;
}

function tripsBy(given: TripsGiven, suffix: string): Trips {
  const facts = pathFacts(given, suffix);
  const consumers = seenOr(evidenceOf(given.consumers), { clusters: [], searched: [], declared: [] });
  const roles = seenOr(evidenceOf(given.roleAssignments), {
    assignments: [],
    definitions: notCollected('no matter which role'),
  });
  const consumption = consumersOf(facts.registry, consumers, roles, given);
  const known = networksOf(consumption, facts, seenOr(evidenceOf(given.agentPools), []));
  const named = [...known, ...concernedBy(facts, known)].sort(byId);
  const unnamed = consumption.clusters
    .filter((one) => isUnnamed(one, consumption))
    .map(({ cluster }) => ({ cluster, network: networkMadeFor(cluster) }));
  const trips = [
    ...named.flatMap((network) => tripsFrom(network, facts)),
    ...unnamed.flatMap(({ cluster, network }) => facts.names.map((name) => unnamedTrip(cluster, network, name, facts))),
  ];
  return {
    facts,
    networks: [...named, ...unnamed.map(({ network }) => network)],
    trips,
    consumption,
    unplaced: unplacedOf(given, consumers, consumption),
  };
}

/** Who pulls, or is known to, from a network that nobody tells. */
function unplacedOf(
  given: TripsGiven,
  { clusters, searched }: Consumers,
  { unfound, unidentified, unplaced, unseen: cluster, unseenApp: app }: Consumption,
): readonly Unclear[] {
  // Where there is no cluster at all, it does not matter which of them a role lets pull.
  const mayConsume = clusters.length > 0 || searched.some((one) => one.clusters.state !== 'observed');
  return [
    ...[evidenceOf(given.consumers), ...(mayConsume ? [evidenceOf(given.roleAssignments)] : [])].flatMap((evidence) =>
      evidence.state === 'observed' ? [] : [unclear('consumers/unseen', unseen(evidence))],
    ),
    ...unfound.map(({ id, why }) => unclear(`cluster/${lastPart(id)}`, why)),
    ...unidentified.map(({ name, why }) => unclear(`cluster/${name}`, why)),
    ...unplaced.map(({ thing, why }) => unclear(thing, why)),
    ...[cluster, app].flatMap((why) => (why ? [unclear('consumers/unseen', why)] : [])),
  ];
}

/** One name from one network. */
function tripFrom(network: NamedNetwork, name: RegistryName, facts: PathFacts): Trip {
  const resolution = resolve(name, network.id, facts);
  return { network, name, resolution, arrival: arrive(resolution, name, network.id, facts) };
}

/** Every name of a registry from one network. */
export const tripsFrom = (network: NamedNetwork, facts: PathFacts): readonly Trip[] =>
  facts.names.map((name) => tripFrom(network, name, facts));

/** The trips of each network. */
export const tripsByNetwork = ({ trips, networks }: Trips): readonly (readonly Trip[])[] =>
  networks.map((network) => trips.filter((trip) => trip.network === network));

/** Why it is not known whether any of several trips works: of each its own reason, and endpoints that nobody could read. */
export function unknownTrips(trips: readonly Trip[], connections: Connections): readonly Unknown[] {
  const doubts = trips.flatMap((trip) => doubtOf(trip, (stop) => problemOf(stop, trip.name)) ?? []);
  const open = [...endpointsUnread(connections), ...openConnections(connections)].map(({ why }) => why);
  return doubts.length + open.length > 0 ? [...doubts, ...open] : [untold('no network is known')];
}

/** The names that a pull needs: the login server and the data endpoints. */
export const isForPulls = ({ name: { branch } }: Trip): boolean => !branch.endsWith('.geo');

/** Whether all of several trips work; an empty list is not known to. */
export function allWork(trips: readonly Trip[]): Works {
  const works = trips.map(({ arrival }) => arrival.works);
  if (works.includes('no')) return 'no';
  if (works.includes('in part')) return 'in part';
  return works.length === 0 || works.includes('unknown') ? 'unknown' : 'yes';
}

/** Whether a network can pull at all: it can log in, and the layers of at least one region come. */
export function pullsAtAll(trips: readonly Trip[]): Works {
  const works = (own: readonly Trip[], wanted: Works) => own.some(({ arrival }) => arrival.works === wanted);
  const layers = trips.filter(({ name }) => name.branch.endsWith('.data'));
  const best = (['yes', 'in part', 'unknown'] as const).find((one) => works(layers, one)) ?? 'no';
  const login = allWork(trips.filter(({ name }) => name.region === null));
  if (login === 'no' || best === 'no') return 'no';
  if (login === 'yes') return best;
  return login === 'in part' && best === 'unknown' ? 'unknown' : login;
}

/** What stops a trip, or keeps us from knowing; `null` where it works. */
export const stopOf = ({ arrival }: Trip): Stop | null => (arrival.works === 'yes' ? null : arrival.stop);

/** Why it is not known whether a trip works; `null` where it is known. */
export function doubtOf(trip: Trip, words: (stop: Stop) => string): Unknown | null {
  if (trip.arrival.works !== 'unknown') return null;
  const { stop } = trip.arrival;
  return stop.kind === 'unseen'
    ? { verdict: 'unknown', unseen: stop.unseen, reason: stop.reason, missing: stop.missing }
    : { verdict: 'unknown', unseen: 'untold', reason: words(stop), missing: [] };
}

/** What a trip rests on; `otherwise` where nothing of it was seen. */
export function seenOn({ arrival: { seen } }: Trip, otherwise: Observation): Observations {
  const [first, ...others] = seen;
  return first ? [first, ...others] : [otherwise];
}

/** A network that AKS made is Azure's resolver's: without an endpoint its clients come to the public address. */
function unnamedTrip(
  { id, nodeResourceGroup }: Cluster,
  network: ConsumerNetwork,
  name: RegistryName,
  facts: PathFacts,
): Trip {
  if (facts.alias !== 'no') {
    const stop: Stop = { kind: 'unnamed-network', cluster: id, nodeResourceGroup };
    return { network, name, resolution: null, arrival: { works: 'unknown', stop, seen: [] } };
  }
  const pending = facts.connections.pending.map(({ connection }) => ({
    endpoint: endpointName(connection),
    connection: connection.name,
    place: whoseEndpoint(connection),
  }));
  const arrival = byPublic(facts, null, { kind: 'no-endpoint', pending }, facts.connections.states);
  return { network, name, resolution: null, arrival };
}
