import { locationOf } from '../commands/constraints.ts';
import { putLockBack } from '../commands/manual.ts';
import { azOf, endsOf } from '../commands/table.ts';
import { printable } from '../engine/describe.ts';
import type { Values } from '../engine/in-cloud.ts';
import type { Judged } from '../engine/judge-all.ts';
import { around, knownOf, owed } from '../engine/owed.ts';
import { type Severity, severities } from '../model/check.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { isCommand, type Step } from '../model/step.ts';
import type { PlanFinding } from '../pages/plan.ts';
import { answersFor, bound, ofSubnet } from './bind.ts';
import { type Place, placeByHand, placeOf } from './order.ts';

/** What the user wants of a plan. */
export interface Planning {
  /** By question. */
  readonly answers: Values;
  /** Only for these checks; empty: all. */
  readonly only: readonly string[];
  readonly until: Severity | null;
  /** Nothing that takes a way, a right or a thing away. */
  readonly onlySafe: boolean;
  /** Failures that are accepted: they stay. */
  readonly accepted?: readonly PlanFinding[];
}

/** One step of one finding, or of several that ask for the same. */
export interface Wanted {
  readonly subject: Judged['subject'];
  readonly step: Step;
  readonly text: string;
  readonly place: Place;
  /** What it mends, or helps to mend. */
  readonly findings: Set<Judged>;
  readonly breaks: Set<string>;
  /** What stands before it in a finding. */
  readonly after: Set<Wanted>;
}

/** Whether a finding is to be mended; `overrides` are the severities that the configuration gives to checks. */
export const isWanted = (
  { check, subject, outcome }: Judged,
  { only, until, accepted = [] }: Planning,
  overrides: Readonly<Record<string, Severity>> = {},
): boolean =>
  outcome.verdict === 'fail' &&
  (only.length === 0 || only.includes(check.id)) &&
  (until === null || severities.indexOf(overrides[check.id] ?? check.severity) <= severities.indexOf(until)) &&
  !accepted.some((one) => one.check === check.id && one.registry === subject.name);

/** The steps of all findings, equal ones once; what is equal reads the same with the real names in it. */
export function collected(
  failed: readonly Judged[],
  snapshot: Snapshot,
  { answers, onlySafe }: Planning,
): readonly Wanted[] {
  const all = new Map<string, Wanted>();
  for (const finding of failed) {
    const { subject, check, outcome } = finding;
    if (outcome.verdict !== 'fail') continue;
    const names = { ...withNetwork(answersFor(subject.name, answers), snapshot), ...subject.names };
    const steps = owed(outcome.steps ?? check.fix.steps, around(subject, snapshot));
    let previous: Wanted | null = null;
    let lifting: Wanted | null = null;
    for (const [index, given] of steps.entries()) {
      if (given.kind === 'question') continue;
      const step = given.kind === 'manual' ? given : bound(given, names);
      if (onlySafe && step.kind !== 'manual' && endsOf(step) !== null) break;
      const text = printable(step.kind === 'manual' ? step.text : azOf(step), names);
      const key = step.kind === 'manual' && !step.lock ? `${subject.id}\0${text}` : text;
      const made: Wanted = all.get(key) ?? {
        subject,
        step,
        text,
        place: step.kind === 'manual' ? placeByHand(step, steps.slice(index).find(isCommand)) : placeOf(step),
        findings: new Set(),
        breaks: new Set(),
        after: new Set(),
      };
      all.set(key, made);
      made.findings.add(finding);
      if (step.kind === 'manual' || endsOf(step) !== null) made.breaks.add(check.fix.breaks);
      // It stands in the way of other findings too, and waits for nothing of this one.
      if (step.kind === 'manual' && step.lock?.is === 'lifted') {
        lifting = made;
        continue;
      }
      for (const before of [lifting, previous])
        if (before && before !== made && !leadsTo(made, before)) made.after.add(before);
      previous = made;
    }
  }
  return [...all.values(), ...[...all.values()].flatMap(putBack)];
}

/** A lock that was lifted for what comes before is put back at the end. */
function putBack(lifting: Wanted): readonly Wanted[] {
  const { step } = lifting;
  if (step.kind !== 'manual' || step.lock?.is !== 'lifted') return [];
  const back = putLockBack(step.lock.lock);
  return [{ ...lifting, step: back, text: back.text, place: placeByHand(back), after: new Set() }];
}

/** Whether one step comes after another already, however far: two findings may want two steps in two orders. */
const leadsTo = (from: Wanted, to: Wanted): boolean =>
  to.after.has(from) || [...to.after].some((before) => leadsTo(from, before));

/** With what the id of the subnet tells of its network. */
function withNetwork(given: Values, { shared }: Snapshot): Values {
  const { networks } = knownOf(shared);
  return { ...ofSubnet(given['subnet-id'] ?? '', (network) => locationOf(networks, network)), ...given };
}
