import { openSteps } from '../commands/opening-steps.ts';
import { confirmTrip } from '../commands/trip-confirm.ts';
import { mendTrip } from '../commands/trip-steps.ts';
import { callersOf } from '../facts/path/callers.ts';
import type { ConsumerNetwork } from '../facts/path/consumer-networks.ts';
import type { Place } from '../facts/path/endpoints.ts';
import { endpointName, whoseEndpoint } from '../facts/path/endpoints.ts';
import { evidenceOf, type PathFacts } from '../facts/path/facts.ts';
import { probedNames } from '../facts/path/probed.ts';
import { publicAccess } from '../facts/path/public-access.ts';
import type { Stop } from '../facts/path/stops.ts';
import { taskWays } from '../facts/path/task-ways.ts';
import { allWork, isForPulls, stopOf, type Trip, type Trips, tripsOf } from '../facts/path/trips.ts';
import { problemOf, symptomOf } from '../facts/path/words.ts';
import type { Evidence } from '../model/evidence.ts';
import type { EndpointConnection } from '../model/facets/private-endpoints.ts';
import type { Facet, Facets } from '../model/facets.ts';
import type { NetworkReach, PathPage, RegionReach, Stopped } from '../pages/path.ts';

/** What the page rests on: where one of these is unseen, it says so. */
const decisive = [
  'registry',
  'replications',
  'privateEndpoints',
  'privateDns',
  'networks',
  'consumers',
  'roleAssignments',
  'tasks',
  'agentPools',
  'appConsumers',
] as const satisfies readonly Facet[];

/** What the page asks for; the last tells whose the identities are that may pull. The registry itself must have been seen. */
export const pathFacets = [...decisive, 'federatedCredentials'] as const satisfies readonly Facet[];

export type PathEvidence = { readonly [F in (typeof pathFacets)[number] | 'resolution']?: Evidence<Facets[F]> };

/** Pure. `null` where the registry itself could not be seen. `suffix` is `azurecr.io` or a sovereign cloud's. */
export function pathPage(evidence: PathEvidence, suffix: string): PathPage | null {
  if (evidence.registry?.state !== 'observed') return null;
  const registry = evidence.registry.value;
  const trips = tripsOf({ ...evidence, registry }, suffix);
  const { facts } = trips;
  const reached = trips.networks.map((network) => reachFrom(network, trips));
  const connections = evidence.privateEndpoints?.state === 'observed' ? evidence.privateEndpoints.value : [];
  return {
    registry: registry.id,
    loginServer: registry.loginServer,
    regions: facts.regions,
    publicAccess: publicAccess(registry),
    endpoints: connections.map((connection) => ({
      name: endpointName(connection),
      status: statusWords(connection),
      network: connection.endpoint.state === 'observed' ? connection.endpoint.value.network : null,
    })),
    from: reached.map(({ reach }) => reach),
    callers: callersOf(
      registry,
      evidence.tasks?.state === 'observed'
        ? taskWays({ ...evidence, registry, tasks: evidence.tasks.value }, suffix)
        : null,
      reached.map(({ reach: { name, who, regions } }) => ({ name, who, works: regions.map(({ can }) => can) })),
      suffix,
    ),
    probed: evidence.resolution?.state === 'observed' ? probedNames(evidence.resolution.value, facts) : null,
    probedServers: evidence.resolution?.state === 'observed' ? evidence.resolution.value.servers : [],
    unseen: unseenIn(evidence, trips),
    stops: stopsOf(
      reached.flatMap(({ stops }) => stops),
      facts,
    ),
  };
}

/** An approved endpoint carries pulls of ours only where it is there, and ours. */
function statusWords(connection: EndpointConnection): string | null {
  const place = whoseEndpoint(connection);
  return place === 'ours' ? connection.status : `${connection.status ?? 'without a status'}, ${placeWords[place]}`;
}

const placeWords: Readonly<Record<Exclude<Place, 'ours'>, string>> = {
  gone: 'but gone',
  foreign: "but another tenant's",
  unplaced: 'and nobody says whose it is',
};

interface StopHere {
  readonly from: string;
  readonly region: string;
  readonly trip: Trip;
}

function reachFrom(network: ConsumerNetwork, { trips, facts }: Trips) {
  const own = trips.filter((trip) => trip.network === network);
  const regions = facts.regions.map((region) => regionReach(region, own));
  const reach: NetworkReach = {
    network: network.id,
    name: network.name,
    who: network.who,
    regions: regions.map(({ reach }) => reach),
  };
  const stops = regions.flatMap(({ reach: { region }, stopping }): StopHere[] =>
    stopping ? [{ from: network.name, region, trip: stopping }] : [],
  );
  return { reach, stops };
}

function regionReach(region: string, trips: readonly Trip[]): { reach: RegionReach; stopping: Trip | null } {
  // Login first: a pull never gets to the layers without it.
  const own = trips.filter(({ name }) => name.region === null || name.region === region);
  if (own.length === 0) {
    const hop: Stop = { kind: 'unseen', unseen: 'untold', reason: "Azure's answer has no loginServer", missing: [] };
    return { reach: { region, can: 'unknown', ways: [], via: [], stopped: { name: '', hop } }, stopping: null };
  }
  const works = own.flatMap(({ arrival }) => (arrival.works === 'yes' ? [arrival] : []));
  const stopping = (['no', 'in part', 'unknown'] as const)
    .map((one) => own.find(({ arrival }) => arrival.works === one))
    .find((trip) => trip !== undefined);
  const hop = stopping ? stopOf(stopping) : null;
  // A regional endpoint is a way beside the global one: without it pulls still work.
  const can = allWork(own) === 'no' && allWork(own.filter(isForPulls)) === 'yes' ? 'in part' : allWork(own);
  return {
    reach: {
      region,
      can,
      ways: [...new Set(works.map(({ way }) => way))],
      via: [...new Set(works.map(({ via }) => via))],
      stopped: stopping && hop ? { name: stopping.name.fqdn, hop } : null,
    },
    stopping: stopping ?? null,
  };
}

function stopsOf(found: readonly StopHere[], facts: PathFacts): readonly Stopped[] {
  const stops = new Map<string, Stopped>();
  for (const { from, region, trip } of found) {
    const hop = stopOf(trip);
    if (hop === null || trip.arrival.works === 'yes') continue;
    const key = JSON.stringify([trip.name.fqdn, hop]);
    const stop = stops.get(key) ?? {
      can: trip.arrival.works,
      name: trip.name.fqdn,
      hop,
      where: [],
      problem: problemOf(hop, trip.name),
      symptom: symptomOf(hop, trip.name, facts.suffix),
      confirm: confirmTrip(trip, facts),
      fix: [
        ...mendTrip(trip, facts),
        ...(hop.kind === 'no-endpoint' && hop.pending.length === 0 ? openSteps(facts) : []),
      ],
    };
    const own = stop.where.find((one) => one.from === from);
    const others = stop.where.filter((one) => one !== own);
    stops.set(key, { ...stop, where: [...others, { from, regions: [...(own?.regions ?? []), region] }] });
  }
  return [...stops.values()].sort((a, b) => Number(a.can === 'unknown') - Number(b.can === 'unknown'));
}

/** What may hide further consumers, or other answers. */
function unseenIn(evidence: PathEvidence, { consumption }: Trips): PathPage['unseen'] {
  const facets = decisive.map((facet) => ({ facet, seen: evidenceOf<unknown>(evidence[facet]) }));
  const searched = evidence.consumers?.state === 'observed' ? evidence.consumers.value.searched : [];
  const apps = evidence.appConsumers?.state === 'observed' ? evidence.appConsumers.value.searched : [];
  const unread = [
    ...facets,
    ...searched.map(({ clusters }) => ({ facet: 'consumers' as const, seen: clusters })),
    ...apps.map((one) => ({ facet: 'appConsumers' as const, seen: one.apps })),
  ].flatMap(({ facet, seen }) =>
    seen.state === 'observed' ? [] : [{ facet, reason: seen.reason, missing: seen.missing }],
  );
  const { unfound, unplaced, unseen, unseenApp } = consumption;
  const unknown = [
    ...[...unfound.map(({ why }) => why), ...(unseen ? [unseen] : [])].map((why) => ({
      facet: 'consumers' as const,
      why,
    })),
    ...[...unplaced.map(({ why }) => why), ...(unseenApp ? [unseenApp] : [])].map((why) => ({
      facet: 'appConsumers' as const,
      why,
    })),
  ];
  return [...unread, ...unknown.map(({ facet, why: { reason, missing } }) => ({ facet, reason, missing }))];
}
