import { distinct } from './ids.ts';
import {
  cannotSee,
  isSome,
  notApplicable,
  type Observation,
  type Observations,
  type Outcome,
  observations,
  type Unknown,
} from './outcome.ts';
import type { Step } from './step.ts';

/** One thing of a check over many (a token, a task, an endpoint), judged by itself. `thing` is kind/name. */
export type Part = Good | Bad | Unclear;

export interface Good {
  readonly state: 'good';
  readonly thing: string;
  readonly seen: Observations;
  /** What a reader of the pass should know all the same. */
  readonly note?: string;
}

export interface Bad {
  readonly state: 'bad';
  readonly thing: string;
  readonly seen: Observations;
  /** What is wrong with it, as a clause: `password1 of token ci never expires`. */
  readonly words: string;
  readonly steps?: readonly Step[];
  readonly confirm?: readonly string[];
}

export interface Unclear {
  readonly state: 'unclear';
  readonly thing: string;
  readonly why: Unknown;
}

/** A thing that is as wanted; `note` is what a reader of the pass should know all the same. */
export const good = (thing: string, seen: Observation | Observations, note?: string): Good => ({
  state: 'good',
  thing,
  seen: observations(seen),
  ...(note === undefined ? {} : { note }),
});

/** A thing that is not as wanted: what was seen, the words, and what mends it. */
export const bad = (
  thing: string,
  seen: Observation | Observations,
  words: string,
  mend: { readonly steps?: readonly Step[]; readonly confirm?: readonly string[] } = {},
): Bad => ({ state: 'bad', thing, seen: observations(seen), words, ...mend });

/** A thing of which the deciding fact is not known, and why. */
export const unclear = (thing: string, why: Unknown): Unclear => ({ state: 'unclear', thing, why });

/** What holds for all parts: how bad ones are told and mended together, and on what each rests. */
export interface Together {
  /** One good entry of a list is enough for each part, and a bad part has none: unread entries spoil no pass. */
  readonly oneIsEnough?: true;
  readonly message?: (bad: readonly Bad[]) => string;
  readonly steps?: (bad: readonly Bad[]) => readonly Step[];
  readonly confirm?: (bad: readonly Bad[]) => readonly string[];
}

/**
 * The verdict over many things, by the one rule: a bad part fails; else an unclear part is unknown; else good parts
 * pass with what was seen of them; else the check does not apply, for the reason `none`.
 */
export function verdictOn(parts: readonly Part[], none: string | Outcome, together: Together = {}): Outcome {
  const bads = parts.filter((part) => part.state === 'bad');
  const wrong = placed(bads);
  if (isSome(wrong)) return failOf(bads, wrong, together);
  const open = parts.filter((part) => part.state === 'unclear');
  if (open.length > 0)
    return cannotSee(
      distinct(
        open.map(({ thing }) => nameOf(thing)),
        String,
      ).join(', '),
      open.map(({ why }) => why),
    );
  const goods = parts.filter((part) => part.state === 'good');
  const seen = placed(goods);
  if (!isSome(seen)) return typeof none === 'string' ? notApplicable(none) : none;
  const notes = [...new Set(goods.flatMap(({ note }) => note ?? []))];
  return {
    verdict: 'pass',
    because: seen,
    ...(together.oneIsEnough ? { enough: true } : {}),
    ...(notes.length > 0 ? { message: notes.join('; ') } : {}),
  };
}

function failOf(bads: readonly Bad[], because: Observations, together: Together): Outcome {
  const steps = together.steps?.(bads) ?? bads.flatMap((one) => one.steps ?? []);
  const confirm = together.confirm?.(bads) ?? bads.flatMap((one) => one.confirm ?? []);
  return {
    verdict: 'fail',
    because,
    message: together.message?.(bads) ?? wordsOf(bads),
    ...(together.oneIsEnough ? { lacking: true } : {}),
    things: distinct(bads, ({ thing }) => thing).map(({ thing, seen: [first, ...rest] }) => {
      const own = bads.filter((one) => one.thing === thing);
      return { thing, words: wordsOf(own), because: [first, ...rest, ...own.slice(1).flatMap(({ seen }) => seen)] };
    }),
    ...(steps.length > 0 ? { steps: distinct(steps, JSON.stringify) } : {}),
    ...(confirm.length > 0 ? { confirm: [...new Set(confirm)] } : {}),
  };
}

/** What was seen of several things, each place once. */
const placed = (parts: readonly (Good | Bad)[]): readonly Observation[] =>
  distinct(
    parts.flatMap(({ seen }) => seen),
    ({ at }) => at,
  );

const wordsOf = (bads: readonly Bad[]): string => [...new Set(bads.map(({ words }) => words))].join('; ');

/** `token ci` of `token/ci`. */
const nameOf = (thing: string): string => thing.replace('/', ' ');
