import { azOf, endsOf, undoOf, verifyOf } from '../commands/table.ts';
import { printable } from '../engine/describe.ts';
import { type Judged, type Judging, judgeAll } from '../engine/judge-all.ts';
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
import { holesIn, questionFor } from './bind.ts';
import { factsOf, take } from './rehearsal.ts';
import { collected, isWanted, type Planning, type Wanted } from './wanted.ts';
import { wordsOf } from './words.ts';

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
  if (answer === 'soft-delete') return soft(step) ? null : 'soft delete was chosen, and Azure takes only one of them';
  if (answer === 'retention') return hard(step) ? null : 'retention was chosen, and Azure takes only one of them';
  if (!wanted.some((one) => soft(one.step)) || !wanted.some((one) => hard(one.step))) return null;
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
