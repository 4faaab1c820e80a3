import { azOf, endsOf, undoOf, verifyOf } from '../commands/table.ts';
import { printable } from '../engine/describe.ts';
import { type Judged, type Judging, judgeAll } from '../engine/judge-all.ts';
import { around, owed } from '../engine/owed.ts';
import { type Severity, severities } from '../model/check.ts';
import type { Command } from '../model/command.ts';
import { sameId } from '../model/ids.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Step } from '../model/step.ts';
import {
  type PlanFinding,
  type PlanPage,
  type PlanQuestion,
  type PlanState,
  type PlanStep,
  planSchema,
} from '../pages/plan.ts';
import { bound, holesIn, ofSubnet, questionFor, type Values } from './bind.ts';
import { byHand, type Place, placeOf } from './order.ts';
import { factsOf, take } from './rehearsal.ts';
import { wordsOf } from './words.ts';

/** What the user wants of a plan. */
export interface Planning {
  /** By question. */
  readonly answers: Values;
  /** Only for these checks; empty: all. */
  readonly only: readonly string[];
  readonly until: Severity | null;
  /** Nothing that takes a way, a right or a thing away. */
  readonly onlySafe: boolean;
}

/** One step of one finding, or of several that ask for the same. */
interface Wanted {
  readonly subject: Judged['subject'];
  readonly step: Step;
  readonly text: string;
  readonly place: Place;
  readonly checks: Set<string>;
  readonly registries: Set<string>;
  readonly breaks: Set<string>;
  /** What stands before it in a finding. */
  readonly after: Set<Wanted>;
}

/** One ordered and rehearsed plan for everything that failed. Pure. */
export function planOf(snapshot: Snapshot, judging: Judging, planning: Planning): PlanPage {
  const before = judgeAll(snapshot, judging);
  let failed = before.filter((one) => isWanted(one, planning));
  // A step may bring another control within reach (Premium does), whose failure then wants steps of its own.
  for (let round = 0; ; round += 1) {
    const wanted = inOrder(collected(failed, snapshot, planning));
    const { steps, questions, end } = rehearsed(wanted, snapshot, planning);
    const after = judgeAll(end, judging).filter(({ outcome }) => outcome.verdict === 'fail');
    const reached = after.filter((one) => isWanted(one, planning) && !isAmong(one, failed));
    if (reached.length > 0 && round < mostRounds) {
      failed = [...failed, ...reached];
      continue;
    }
    return {
      schema: planSchema,
      at: snapshot.collectedAt,
      steps,
      questions,
      closed: failed.filter((one) => !isAmong(one, after)).map(asFinding),
      left: failed.filter((one) => isAmong(one, after)).map(asFinding),
      opened: after
        .filter(
          (one) =>
            !isAmong(one, failed) && !before.some((was) => was.outcome.verdict === 'fail' && isAmong(was, [one])),
        )
        .map(asFinding),
    };
  }
}

const mostRounds = 4;

const isAmong = (one: Judged, all: readonly Judged[]): boolean =>
  all.some(({ subject, check }) => check.id === one.check.id && sameId(subject.id, one.subject.id));

const asFinding = ({ check, subject }: Judged): PlanFinding => ({ check: check.id, registry: subject.name });

const isWanted = ({ check, outcome }: Judged, { only, until }: Planning): boolean =>
  outcome.verdict === 'fail' &&
  (only.length === 0 || only.includes(check.id)) &&
  (until === null || severities.indexOf(check.severity) <= severities.indexOf(until));

/** The steps of all findings, equal ones once; what is equal reads the same with the real names in it. */
function collected(failed: readonly Judged[], snapshot: Snapshot, { answers, onlySafe }: Planning): readonly Wanted[] {
  const all = new Map<string, Wanted>();
  for (const { subject, check, outcome } of failed) {
    if (outcome.verdict !== 'fail') continue;
    const names = { ...subject.names, ...answersFor(subject.name, answers, snapshot) };
    const steps = owed(outcome.steps ?? check.fix.steps, around(subject, snapshot));
    let previous: Wanted | null = null;
    for (const [index, given] of steps.entries()) {
      if (given.kind === 'question') continue;
      const step = given.kind === 'manual' ? given : bound(given, names);
      if (onlySafe && step.kind !== 'manual' && endsOf(step) !== null) break;
      const text = printable(step.kind === 'manual' ? step.text : azOf(step), names);
      const key = step.kind === 'manual' ? `${subject.id}\0${text}` : text;
      const next = steps.slice(index).find((one): one is Command => one.kind !== 'manual' && one.kind !== 'question');
      const made: Wanted = all.get(key) ?? {
        subject,
        step,
        text,
        place: step.kind === 'manual' ? { ...byHand, rank: next ? placeOf(next).rank : byHand.rank } : placeOf(step),
        checks: new Set(),
        registries: new Set(),
        breaks: new Set(),
        after: new Set(),
      };
      all.set(key, made);
      made.checks.add(check.id);
      made.registries.add(subject.name);
      if (step.kind === 'manual' || endsOf(step) !== null) made.breaks.add(check.fix.breaks);
      if (previous && previous !== made && !leadsTo(made, previous)) made.after.add(previous);
      previous = made;
    }
  }
  return [...all.values()];
}

/** Whether one step comes after another already, however far: two findings may want two steps in two orders. */
const leadsTo = (from: Wanted, to: Wanted): boolean =>
  to.after.has(from) || [...to.after].some((before) => leadsTo(from, before));

/** `registry.question` is for one registry, `question` for all. */
function answersFor(registry: string, answers: Values, snapshot: Snapshot): Values {
  const own = Object.entries(answers).flatMap(([id, value]): readonly (readonly [string, string])[] => {
    const [first = '', ...rest] = id.split('.');
    if (rest.length === 0) return [[id, value]];
    return first === registry ? [[rest.join('.'), value]] : [];
  });
  const given: Values = Object.fromEntries(own);
  const networks = snapshot.shared.networks;
  const locationOf = (id: string): string | null => {
    const known =
      networks?.state === 'observed' ? networks.value.find((one) => sameId(one.id, id))?.network : undefined;
    return known?.state === 'observed' ? known.value.location : null;
  };
  return { ...ofSubnet(given['subnet-id'] ?? '', locationOf), ...given };
}

/** By place; in one place what a finding wants first comes first, else the order of the findings. */
function inOrder(wanted: readonly Wanted[]): readonly Wanted[] {
  const ranked = wanted.toSorted((a, b) => rankOf(a) - rankOf(b));
  const done = new Set<Wanted>();
  const visit = (one: Wanted): void => {
    if (done.has(one)) return;
    for (const before of one.after) visit(before);
    done.add(one);
  };
  for (const one of ranked) visit(one);
  return [...done];
}

/** A step is never before what has to come before it. */
const rankOf = (one: Wanted): number => Math.max(one.place.rank, ...[...one.after].map(rankOf));

/** Soft delete stands beside neither retention nor a second region: which of them is for a person to say. */
function excluded({ step }: Wanted, wanted: readonly Wanted[], answer: string | undefined): string | null {
  if (step.kind === 'manual' || step.kind === 'question') return null;
  const soft = (one: Step) => one.kind === 'acr.softDelete' && one.status === 'enabled';
  const hard = (one: Step) =>
    (one.kind === 'acr.retention' && one.status === 'enabled') || one.kind === 'replica.create';
  if (!soft(step) && !hard(step)) return null;
  if (!wanted.some((one) => soft(one.step)) || !wanted.some((one) => hard(one.step))) return null;
  if (answer === 'soft-delete') return soft(step) ? null : 'soft delete was chosen, and Azure takes only one of them';
  if (answer === 'retention') return hard(step) ? null : 'retention was chosen, and Azure takes only one of them';
  return 'recovery';
}

/** What became of a step in the rehearsal: the questions it waits for, and the snapshot after it. */
interface Tried {
  readonly state: PlanState;
  readonly because: string;
  readonly asks: readonly { readonly id: string; readonly ask: string }[];
  readonly end: Snapshot;
}

function rehearsed(wanted: readonly Wanted[], snapshot: Snapshot, { answers }: Planning) {
  const done = new Map<Wanted, PlanStep>();
  const questions = new Map<string, { readonly id: string; readonly ask: string; readonly steps: number[] }>();
  let end = snapshot;
  for (const one of wanted) {
    const number = done.size + 1;
    const entry = end.registries.find(({ id }) => sameId(id, one.subject.id));
    const waiting = [...one.after].map((before) => done.get(before)).find((before) => before && !goesOn(before));
    const own = wanted.filter((other) => other.subject === one.subject);
    const recovery = answers[`${one.subject.name}.recovery`] ?? answers['recovery'];
    const { state, because, asks, end: next } = tried(one, end, waiting, excluded(one, own, recovery));
    done.set(one, planStep(one, number, state, because, entry ? factsOf(end, entry) : {}));
    for (const { id, ask } of asks) {
      const question = questions.get(id) ?? { id, ask, steps: [] };
      if (!question.steps.includes(number)) question.steps.push(number);
      questions.set(id, question);
    }
    end = next;
  }
  return { steps: [...done.values()], questions: [...questions.values()] satisfies PlanQuestion[], end };
}

function tried(
  { step, text, subject }: Wanted,
  end: Snapshot,
  waiting: PlanStep | undefined,
  choice: string | null,
): Tried {
  const held = (state: PlanState, because: string, asks: Tried['asks'] = []): Tried => ({ state, because, asks, end });
  if (waiting) return held('waits', `step ${waiting.number} comes first`);
  if (step.kind === 'manual' || step.kind === 'question') return held('person', '');
  const open = holesIn(text).map(questionFor);
  if (open.length > 0) return held('waits', `answer ${[...new Set(open.map(({ id }) => id))].join(' and ')}`, open);
  if (choice === 'recovery') return held('waits', 'answer recovery', [questionFor('recovery')]);
  if (choice !== null) return held('refused', choice);
  const taken = take(end, subject.id, step);
  if ('snapshot' in taken) return { state: 'runs', because: '', asks: [], end: taken.snapshot };
  if ('refusal' in taken) {
    const { code, refused } = taken.refusal;
    return held('refused', code === null ? refused : `${code}: ${refused}`);
  }
  return taken.cutOff.length > 0
    ? held('cuts', `afterwards this is over: ${taken.cutOff.join('; ')}`)
    : held('waits', `first prove that this goes on: ${taken.unproven.join('; ')}`);
}

/** What a person does is taken as done once it is said to be. */
const goesOn = ({ state }: PlanStep): boolean => state === 'runs' || state === 'person';

function planStep(
  { step, text, subject, place, checks, registries, breaks }: Wanted,
  number: number,
  state: PlanState,
  because: string,
  facts: ReturnType<typeof factsOf>,
): PlanStep {
  const shared = {
    number,
    registries: [...registries],
    text,
    state,
    because,
    place: place.why,
    checks: [...checks],
    breaks: [...breaks],
  };
  if (step.kind === 'manual' || step.kind === 'question')
    return { ...shared, words: [], undo: [], final: null, verify: null, ends: false };
  const undo = undoOf(step, facts);
  const verify = verifyOf(step);
  return {
    ...shared,
    words: wordsOf(text),
    undo: 'cannot' in undo ? [] : undo.map((command) => printable(azOf(command), subject.names)),
    final: 'cannot' in undo ? undo.cannot : null,
    verify: verify && { words: wordsOf(printable(verify.az, subject.names)), prints: verify.prints },
    ends: endsOf(step) !== null,
  };
}
