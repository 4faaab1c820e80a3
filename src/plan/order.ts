import { endsOf } from '../commands/table.ts';
import type { Command } from '../model/command.ts';
import type { Manual } from '../model/step.ts';

/** Where a command stands in every plan, and why there: what gives comes before what takes. */
export interface Place {
  readonly rank: number;
  readonly why: string;
}

const places = {
  unlock: { rank: 0, why: 'a lock stands in the way of what comes later' },
  sku: { rank: 10, why: 'other steps need the SKU' },
  open: { rank: 15, why: 'it opens: nobody loses anything' },
  zone: { rank: 20, why: 'the zone holds the records of the private way' },
  endpoint: { rank: 21, why: 'the private way is made before the public one is closed' },
  records: { rank: 22, why: 'the records are there before a network asks the zone for them' },
  link: { rank: 23, why: 'networks ask the zone once they are linked to it' },
  give: { rank: 30, why: 'it gives: nobody loses anything' },
  way: { rank: 50, why: 'the other way in is made and proven before this one ends' },
  public: { rank: 55, why: 'the public endpoint closes after every private way stands' },
  exports: { rank: 60, why: 'exports can be off only while public access is off' },
  right: { rank: 70, why: 'the other way to log in is there before this one ends' },
  thing: { rank: 80, why: 'it deletes, so it comes after everything that gives' },
  lock: { rank: 90, why: 'a lock would refuse the deletions before it' },
} as const satisfies Readonly<Record<string, Place>>;

export function placeOf(command: Command): Place {
  switch (command.kind) {
    case 'lock.delete':
      return places.unlock;
    case 'lock.create':
      return places.lock;
    case 'endpoint.create':
    case 'connection.approve':
      return places.endpoint;
    case 'dns.zone.create':
      return places.zone;
    case 'dns.link.create':
      return places.link;
    case 'endpoint.zoneGroup.create':
    case 'endpoint.zoneGroup.add':
    case 'dns.record.add':
      return places.records;
    case 'exportPipeline.delete':
      return places.way;
    case 'acr.update': {
      const { sku, publicNetworkEnabled, defaultAction, allowExports } = command.set;
      if (sku !== undefined) return places.sku;
      if (allowExports === false) return places.exports;
      if (publicNetworkEnabled === false || defaultAction === 'Deny') return places.public;
      if (allowExports === true || publicNetworkEnabled === true) return places.open;
      break;
    }
  }
  const ends = endsOf(command);
  return ends === null ? places.give : places[ends];
}

/** What a person does stands where the command stands that comes after it. */
export function placeByHand({ lock }: Manual, next?: Command): Place {
  if (lock?.is === 'lifted') return places.unlock;
  if (lock?.is === 'back') return { rank: places.lock.rank + 1, why: 'nothing that it would refuse comes after it' };
  return { rank: next ? placeOf(next).rank : places.give.rank, why: 'only a person can do it' };
}
