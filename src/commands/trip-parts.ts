import type { PathFacts } from '../facts/path/facts.ts';
import { probedFlaws } from '../facts/path/probed.ts';
import { recordPart, recordTrips } from '../facts/path/records.ts';
import type { Stop } from '../facts/path/stops.ts';
import { doubtOf, seenOn, stopOf, type Trip, type Trips } from '../facts/path/trips.ts';
import { problemOf, symptomOf } from '../facts/path/words.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Resolution } from '../model/facets/resolution.ts';
import { untold } from '../model/outcome.ts';
import { bad, good, type Part, unclear } from '../model/parts.ts';
import { probedParts } from './probed-parts.ts';
import { confirmTrip } from './trip-confirm.ts';
import { mendRecord, mendTrip } from './trip-steps.ts';

/** A trip as a part of a verdict, with the words, the commands and the steps that explain path shows too. */
export function tripPart(thing: string, trip: Trip, facts: PathFacts): Part {
  const { arrival, name, network } = trip;
  const otherwise = { at: 'registry/loginServer', saw: facts.registry.loginServer, about: network.name } as const;
  if (arrival.works === 'yes') return good(thing, seenOn(trip, otherwise));
  if (arrival.works === 'unknown')
    return unclear(thing, doubtOf(trip, (stop) => problemOf(stop, name)) ?? untold('not known'));
  const stop = stopOf(trip);
  const words = stop ? `${problemOf(stop, name)} (from ${network.name}: ${seenThere(stop, trip, facts)})` : '';
  return bad(thing, seenOn(trip, otherwise), words, {
    steps: mendTrip(trip, facts),
    confirm: confirmTrip(trip, facts),
  });
}

/** What somebody in the network notices. What all names share is said of them all, so that it is said once. */
const seenThere = (stop: Stop, { name }: Trip, { suffix }: PathFacts): string =>
  stop.kind === 'not-linked' || stop.kind === 'no-endpoint'
    ? "the registry's names resolve to public addresses, and docker login gets 403"
    : symptomOf(stop, name, suffix);

/** The record that a trip asks for as a part of a verdict, with the steps that mend it. */
function recordPartOf(trip: Trip, facts: PathFacts): readonly Part[] {
  const part = recordPart(trip, facts);
  if (part === null) return [];
  return part.state === 'bad'
    ? [{ ...part, steps: mendRecord(trip, facts), confirm: confirmTrip(trip, facts) }]
    : [part];
}

/** All records that are judged, by Azure's evidence, and by what this machine was answered where that tells of none. */
export function recordParts(trips: Trips, resolution: Evidence<Resolution>): readonly Part[] {
  const { facts } = trips;
  const judged = recordTrips(trips).map((trip) => ({ name: trip.name.fqdn, parts: recordPartOf(trip, facts) }));
  const told = judged.filter(({ parts }) => parts.some(({ state }) => state === 'bad')).map(({ name }) => name);
  return [...judged.flatMap(({ parts }) => parts), ...probedParts(resolution, probedFlaws(resolution, facts), told)];
}
