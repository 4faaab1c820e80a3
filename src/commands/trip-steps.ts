import { wantedFor } from '../facts/path/arrive.ts';
import type { PathFacts } from '../facts/path/facts.ts';
import type { Stop } from '../facts/path/stops.ts';
import { stopOf, type Trip } from '../facts/path/trips.ts';
import { labelOf } from '../facts/path/words.ts';
import { zoneWords } from '../facts/path/zones.ts';
import type { Step } from '../model/step.ts';
import { endpointSteps } from './endpoint-steps.ts';
import { linkSteps, reachFirst } from './link-steps.ts';
import { manual } from './manual.ts';
import { memberSteps, noRecordSteps, recordSteps } from './record-steps.ts';

/** Steps that make a trip work, in an order in which nothing that works today stops: give, prove, then take away. */
export function mendTrip(trip: Trip, facts: PathFacts): readonly Step[] {
  const stop = stopOf(trip);
  return stop ? mend(stop, trip, facts) : [];
}

/** Steps that make the record right that a trip asks for, whether or not a client gets through without it. */
export function mendRecord(trip: Trip, facts: PathFacts): readonly Step[] {
  const { resolution, name } = trip;
  const network = trip.network.id ?? '';
  if (resolution?.by === 'public') return linkSteps(network, facts);
  if (resolution?.by !== 'zone' || resolution.answer.saw !== null) return mendTrip(trip, facts);
  const { answer, link } = resolution;
  const wanted = wantedFor(name, network, facts);
  return noRecordSteps(
    { zone: answer.zone.zone.id, link: link.link.name, record: answer.record, wanted },
    name,
    network,
    facts,
  );
}

function mend(stop: Stop, { name, network }: Trip, facts: PathFacts): readonly Step[] {
  switch (stop.kind) {
    case 'no-endpoint':
      return endpointSteps(network.id, facts);
    case 'not-linked':
      return linkSteps(stop.network, facts);
    case 'no-record':
    case 'falls-back':
      return noRecordSteps(stop, name, network.id ?? '', facts);
    case 'wrong-record':
    case 'half-record':
      return recordSteps(stop, stop.saw, network.id ?? '', facts);
    case 'no-member':
      return memberSteps(stop.endpoint, name, facts);
    case 'no-route':
      return stop.own === null
        ? [reachFirst(stop.from, stop.to)]
        : [separateZones(stop.from, stop.own, stop.endpoint, stop.zone)];
    default:
      return [];
  }
}

const separateZones = (network: string, own: string, other: string, zone: string): Step =>
  manual(
    `${own} and ${other} overwrite each other's records in zone ${zoneWords(zone)}. Where ${labelOf(network)} can be peered with the network of ${other}, delete the endpoint that is one too many; else make a second zone of that name, copy all records of the shared one into it with the addresses of ${own}, and only then move the link of ${labelOf(network)} to it.`,
  );
