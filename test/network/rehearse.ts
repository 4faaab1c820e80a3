import { printable, textOf } from '../../src/engine/describe.ts';
import type { Subject } from '../../src/engine/judge-all.ts';
import { around, owed } from '../../src/engine/owed.ts';
import { observed } from '../../src/model/evidence.ts';
import type { NetworkEvidence } from '../../src/model/facets/networks.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import type { Step } from '../../src/model/step.ts';
import { bound, holesIn, ofSubnet } from '../../src/plan/bind.ts';
import { afterwards, lostBetween, take, withLock } from '../../src/plan/rehearsal.ts';

/** What came of the steps of one fix, taken one after the other as they are printed. */
export interface Rehearsal {
  /** What Azure refuses, and who loses a way on the way. */
  readonly faults: readonly string[];
  readonly end: Snapshot;
  /** Every step could be taken: none is left to a person's judgement, or waits for a value. */
  readonly whole: boolean;
}

/**
 * Takes the printed steps of a fix in order. A person does what a manual step says where a snapshot can show it (a
 * peering, a lock), and puts a new network in place of one that only the reader knows.
 */
export function rehearse(snapshot: Snapshot, subject: Subject, steps: readonly Step[]): Rehearsal {
  const faults: string[] = [];
  let end = snapshot;
  let whole = true;
  const said: string[] = [];
  for (const given of owed(steps, around(subject, snapshot))) {
    if (given.kind === 'question') continue;
    const text = printable(textOf(given), subject.names);
    if (given.kind === 'manual') {
      said.push(text);
      if (text.startsWith('Azure would refuse this now')) faults.push(text);
      const done = given.lock ? withLock(end, given) : byPerson(text, end);
      if (done === null) whole = false;
      end = done ?? end;
      continue;
    }
    const step = bound(given, { ...values, ...subject.names });
    // It waits for a value that only the reader knows.
    if (holesIn(printable(textOf(step), subject.names)).length > 0) {
      whole = false;
      break;
    }
    const taken = take(end, subject.id, step);
    if ('refusal' in taken) {
      faults.push(`refused: ${text} (${taken.refusal.refused})`);
      continue;
    }
    const before = end;
    end = 'snapshot' in taken ? taken.snapshot : afterwards(end, subject.id, step);
    const { cutOff, unproven } = lostBetween(before, end);
    const excused = (use: string): boolean =>
      said.some((one) => one.startsWith(`Confirm first that ${use.replace(/ reaches .*/, '')} can pull`));
    // To what a zone is linked that could not be read, the fix leaves to a person.
    const looked = step.kind.startsWith('endpoint.') && said.some((one) => one.includes('linked could not be read'));
    for (const use of [...cutOff, ...(looked ? [] : unproven)].filter((one) => !excused(one)))
      faults.push(`${text} ends: ${use}`);
  }
  return { faults, end, whole };
}

/** A new network in place of one that only the reader knows. */
const values = {
  ...ofSubnet(
    '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/vnet-new/subnets/endpoints',
    () => 'westeurope',
  ),
  'address-range': '20.1.2.3',
};

const networksIn = ({ shared: { networks } }: Snapshot): readonly NetworkEvidence[] =>
  networks?.state === 'observed' ? networks.value : [];

/** What a person does by a manual step; `null` where only the person can tell. */
function byPerson(text: string, snapshot: Snapshot): Snapshot | null {
  const [, from, to] =
    /^First give (\S+) a way to the endpoint: peer it with (\S+) in both directions/.exec(text) ?? [];
  return from && to ? peered(snapshot, from, to) : null;
}

function peered(snapshot: Snapshot, from: string, to: string): Snapshot {
  const ids = new Map(networksIn(snapshot).map(({ id }) => [id.split('/').at(-1) ?? '', id]));
  const networks = networksIn(snapshot).map((one): NetworkEvidence => {
    const other = one.id === ids.get(from) ? to : one.id === ids.get(to) ? from : null;
    if (other === null || one.network.state !== 'observed') return one;
    const { peerings } = one.network.value;
    const added = [...peerings, { remote: ids.get(other) ?? null, state: 'Connected' }];
    return { ...one, network: observed({ ...one.network.value, peerings: added }) };
  });
  return { ...snapshot, shared: { ...snapshot.shared, networks: observed(networks) } };
}
