import type { Evidence } from '../../model/evidence.ts';
import type { SharedFacet } from '../../model/facets.ts';
import { idKey } from '../../model/ids.ts';
import type { Opening, RegistryEntry, Snapshot, SubscriptionEntry } from '../../model/snapshot.ts';
import type { EndLine, SnapshotLine } from './lines.ts';
import { type EvidenceByFacet, replaceShared } from './shared.ts';

/** A file that no collection wrote: what is wrong with it. */
export class Inconsistent extends Error {
  override readonly name = 'Inconsistent';
}

/** What a file holds, and whether its last line was reached. */
export interface Held {
  readonly opening: Opening;
  readonly subscriptions: readonly SubscriptionEntry[];
  readonly registries: readonly RegistryEntry[];
  readonly shared: Snapshot['shared'];
  readonly end: EndLine | null;
}

/** Takes the lines of a file one by one. Throws `Inconsistent` at the first that does not fit. */
export function lineReader(): { take(line: SnapshotLine): void; held(): Held } {
  let opening: Opening | null = null;
  let end: EndLine | null = null;
  const subscriptions = new Map<string, SubscriptionEntry>();
  const registries = new Map<string, RegistryEntry>();
  const things = new Map<string, unknown>();
  const shared = new Map<SharedFacet, Evidence<unknown>>();

  const add = <K, V>(map: Map<K, V>, key: K, value: V, what: string): void => {
    if (map.has(key)) throw new Inconsistent(`${what} is in it twice`);
    map.set(key, value);
  };

  const whole = <E extends EvidenceByFacet>(evidence: E): E =>
    replaceShared(evidence, (kind, key) => {
      const value = things.get(`${kind} ${key}`);
      if (value === undefined) throw new Inconsistent(`it refers to the ${kind} ${key}, which does not stand above`);
      return value;
    });

  function take(line: SnapshotLine): void {
    if (end) throw new Inconsistent('lines follow its last line');
    if (line.kind !== 'header' && !opening) throw new Inconsistent('its first line is no header');
    switch (line.kind) {
      case 'header': {
        if (opening) throw new Inconsistent('it has two headers');
        const { kind: _, ...rest } = line;
        opening = rest;
        return;
      }
      case 'subscription': {
        const { kind: _, ...entry } = line;
        const facets = whole(entry.facets as EvidenceByFacet);
        add(subscriptions, idKey(entry.id), { ...entry, facets } as SubscriptionEntry, `the subscription ${entry.id}`);
        return;
      }
      case 'registry': {
        const { kind: _, ...entry } = line;
        add(registries, idKey(entry.id), entry, `the registry ${entry.id}`);
        return;
      }
      case 'shared':
        add(
          shared,
          line.facet,
          whole({ [line.facet]: line.evidence as Evidence<unknown> })[line.facet] as Evidence<unknown>,
          `what is shared as ${line.facet}`,
        );
        return;
      case 'end':
        end = line;
        return;
      default:
        add(things, `${line.kind} ${line.key}`, line.value, `the ${line.kind} ${line.key}`);
    }
  }

  function held(): Held {
    if (!opening) throw new Inconsistent('it is empty');
    if (end && end.things !== things.size)
      throw new Inconsistent(`its last line counts ${end.things} shared things, and it holds ${things.size}`);
    return {
      opening,
      subscriptions: [...subscriptions.values()],
      registries: [...registries.values()],
      shared: Object.fromEntries(shared) as Snapshot['shared'],
      end,
    };
  }
  return { take, held };
}
