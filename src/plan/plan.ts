import { azOf, endsOf, undoOf, verifyOf } from '../commands/table.ts';
import { printable } from '../engine/describe.ts';
import { type Judged, type Judging, judgeAll } from '../engine/judge-all.ts';
import { sameId } from '../model/ids.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { isCommand, type Step } from '../model/step.ts';
import {
  type PlanFinding,
  type PlanPage,
  type PlanQuestion,
  type PlanState,
  type PlanStep,
  planSchema,
} from '../pages/plan.ts';
import { answersFor, holesIn, questionFor } from './bind.ts';
import { policiesUnseen, policyWords, writtenBy } from './policies.ts';
import { adminLogin, factsOf, take, withLock } from './rehearsal.ts';
import { collected, isWanted, type Planning, type Wanted } from './wanted.ts';
import { wordsOf } from './words.ts';

/** One ordered and rehearsed plan for everything that failed. Pure. */
export function planOf(snapshot: Snapshot, judging: Judging, planning: Planning): PlanPage {
  const before = judgeAll(snapshot, judging);
  const isOurs = (one: Judged): boolean => isWanted(one, planning, judging.asked?.severity);
  let failed = before.filter(isOurs);
  // A step may bring another control within reach (Premium does), whose failure then wants steps of its own.
  for (let round = 0; ; round += 1) {
    const all = inOrder(collected(failed, snapshot, planning));
    const tried = rehearsed(all, snapshot, planning);
    const judged = judgeAll(tried.end, judging);
    const after = judged.filter(({ outcome }) => outcome.verdict === 'fail');
    // What the rehearsal cannot tell is not called closed.
    const open = judged.filter(({ outcome }) => outcome.verdict !== 'pass' && outcome.verdict !== 'not-applicable');
    const reached = after.filter((one) => isOurs(one) && !isAmong(one, failed));
    if (reached.length > 0 && round < mostRounds) {
      failed = [...failed, ...reached];
      continue;
    }
    const needed = all.filter((one) => isNeeded(one, all, tried.done, open));
    const { done, questions } = needed.length < all.length ? rehearsed(needed, snapshot, planning) : tried;
    const steps = [...done.values()];
    return {
      schema: planSchema,
      at: snapshot.collectedAt,
      steps,
      questions,
      unseen: policiesUnseen(
        snapshot,
        [...done.keys()].flatMap(({ step, subject }) => (isCommand(step) ? [writtenBy(subject.id, step)] : [])),
      ),
      closed: failed.filter((one) => !isAmong(one, open)).map(asFinding),
      left: failed.filter((one) => isAmong(one, open)).map(asFinding),
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

/** A public endpoint that somebody still needs, as a person said, is not closed, but narrowed. */
const stillNeeded = ({ step }: Wanted, range: string | undefined): string | null =>
  range !== undefined && step.kind === 'acr.update' && step.set.publicNetworkEnabled === false
    ? `${range} still needs the public endpoint, says the answer to address-range: without that answer it is closed`
    : null;

/** What became of a step in the rehearsal: the questions it waits for, and the snapshot after it. */
interface Tried {
  /** `there`: a step before it, or somebody, has done it already. */
  readonly state: PlanState | 'there';
  readonly because: string;
  readonly asks: readonly { readonly id: string; readonly ask: string }[];
  readonly end: Snapshot;
}

function rehearsed(wanted: readonly Wanted[], snapshot: Snapshot, { answers }: Planning) {
  const done = new Map<Wanted, PlanStep>();
  const questions = new Map<string, { readonly id: string; readonly ask: string; readonly steps: number[] }>();
  const moved = new Set<string>();
  let end = snapshot;
  for (const one of wanted) {
    const number = done.size + 1;
    const entry = end.registries.find(({ id }) => sameId(id, one.subject.id));
    const waiting = [...one.after].map((before) => done.get(before)).find((before) => before && !goesOn(before));
    const own = wanted.filter((other) => other.subject === one.subject);
    const given = answersFor(one.subject.name, answers);
    const before = [...one.after].flatMap((other) => done.get(other)?.number ?? []);
    const {
      state,
      because,
      asks,
      end: next,
    } = tried(
      one,
      end,
      waiting,
      excluded(one, own, given['recovery']) ?? stillNeeded(one, given['address-range']),
      moved,
    );
    if (state === 'person' && one.step.kind === 'manual' && one.step.moves !== undefined)
      moved.add(adminLogin(one.step.moves, one.subject.name));
    if (state === 'there') continue;
    done.set(one, planStep(one, { number, state, because, after: before }, entry ? factsOf(end, entry) : {}));
    for (const { id, ask } of asks) {
      const question = questions.get(id) ?? { id, ask, steps: [] };
      if (!question.steps.includes(number)) question.steps.push(number);
      questions.set(id, question);
    }
    end = next;
  }
  return { done, questions: [...questions.values()] satisfies PlanQuestion[], end };
}

function tried(
  { step, text, subject }: Wanted,
  end: Snapshot,
  waiting: PlanStep | undefined,
  choice: string | null,
  moved: ReadonlySet<string>,
): Tried {
  const held = (state: Tried['state'], because: string, asks: Tried['asks'] = []): Tried => ({
    state,
    because,
    asks,
    end,
  });
  if (waiting) return held('waits', `step ${waiting.number} comes first`);
  if (step.kind === 'question') return held('person', '');
  if (step.kind === 'manual') return { state: 'person', because: '', asks: [], end: withLock(end, step) };
  const open = holesIn(text).map(questionFor);
  if (open.length > 0) return held('waits', `answer ${[...new Set(open.map(({ id }) => id))].join(' and ')}`, open);
  if (choice === 'recovery') return held('waits', 'answer recovery', [questionFor('recovery')]);
  if (choice !== null) return held('refused', choice);
  const taken = take(end, subject.id, step, moved);
  if ('changes' in taken) return held('there', '');
  if ('snapshot' in taken) {
    const policy = policyWords(end, taken.snapshot, subject.id, step);
    return policy === null ? { state: 'runs', because: '', asks: [], end: taken.snapshot } : held('waits', policy);
  }
  if ('refusal' in taken) {
    const { code, refused } = taken.refusal;
    return held('refused', code === null ? refused : `${code}: ${refused}`);
  }
  return taken.cutOff.length > 0
    ? held('cuts', `afterwards this is over: ${taken.cutOff.join('; ')}`)
    : held('waits', `first prove that this goes on: ${taken.unproven.join('; ')}`);
}

/**
 * A step that waits, and whose findings the others close, is left out, and so are the questions that it would ask; unless
 * another that stays comes after it. What was ruled out by a choice, or by Azure, stays: it tells what is not done.
 */
function isNeeded(
  one: Wanted,
  all: readonly Wanted[],
  done: ReadonlyMap<Wanted, PlanStep>,
  open: readonly Judged[],
): boolean {
  const step = done.get(one);
  if (step === undefined) return false;
  return (
    step.state !== 'waits' ||
    [...one.findings].some((finding) => isAmong(finding, open)) ||
    all.some((other) => other.after.has(one) && isNeeded(other, all, done, open))
  );
}

/** What a person does is taken as done once it is said to be. */
const goesOn = ({ state }: PlanStep): boolean => state === 'runs' || state === 'person';

function planStep(
  { step, text, subject, place, findings, breaks }: Wanted,
  told: Pick<PlanStep, 'number' | 'state' | 'because' | 'after'>,
  facts: ReturnType<typeof factsOf>,
): PlanStep {
  const shared = {
    ...told,
    registries: [...new Set([...findings].map((one) => one.subject.name))],
    text,
    place: place.why,
    checks: [...new Set([...findings].map(({ check }) => check.id))],
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
