import type { Open } from './enums.ts';
import type { Missing, Unseen } from './evidence.ts';
import type { Registry } from './facets/registry.ts';
import { lastSegment, type Pointer } from './pointer.ts';
import type { Step } from './step.ts';

/** One fact a verdict rests on: where it is in the evidence, what it was, what the control wants. */
export interface Observation {
  readonly at: Pointer;
  readonly saw: unknown;
  readonly wanted?: unknown;
  /** What the pointer points at, for people: a record, a token, a task. */
  readonly about?: string;
  /** For people, where `saw` was read out of the text or the list that stands there, and is not the whole of it. */
  readonly says?: string;
}

/** What a verdict of pass or fail rests on: never nothing. */
export type Observations = readonly [Observation, ...Observation[]];

/** One bad part of a check over many things, by which waivers, baselines and SARIF go. */
export interface Thing {
  /** Kind and name, stable between scans: `token/ci`, `task/nightly`. */
  readonly thing: string;
  readonly words: string;
  readonly because: Observations;
}

export interface Pass {
  readonly verdict: 'pass';
  readonly because: Observations;
  readonly message?: string;
  /** What was seen is enough, so that entries of lists which could not be read change nothing. */
  readonly enough?: true;
}

export interface Fail {
  readonly verdict: 'fail';
  readonly because: Observations;
  readonly message?: string;
  /** It rests on what no list holds: an entry that could not be read may be it. */
  readonly lacking?: true;
  /** The bad parts of a check over many things; absent for a check over one. */
  readonly things?: readonly Thing[];
  /** Steps for exactly this case, in place of the check's general ones. */
  readonly steps?: readonly Step[];
  /** Commands that show exactly this case, in place of the check's general ones. */
  readonly confirm?: readonly string[];
}

export interface NotApplicable {
  readonly verdict: 'not-applicable';
  readonly reason: string;
  /** The SKU is the reason: a better one would bring the control within reach. */
  readonly bySku?: true;
}

/**
 * Why something is not known. `unread`: a read was denied, failed or could not be understood. `unasked`: it lies outside
 * of the scope that the user chose. `untold`: Azure leaves it out, or sends a value nobody knows. Only `unread` makes a
 * scan incomplete.
 */
export type WhyUnseen = 'unread' | 'unasked' | 'untold';

export interface Unknown {
  readonly verdict: 'unknown';
  readonly unseen: WhyUnseen;
  readonly reason: string;
  /** The actions that would let us see it; empty unless `unread`. */
  readonly missing: readonly Missing[];
}

/** What a check answers. */
export type Outcome = Pass | Fail | NotApplicable | Unknown;

/** It is as wanted, by what was seen. */
export const pass = (because: Observation | Observations, message?: string): Pass => ({
  verdict: 'pass',
  because: observations(because),
  ...(message === undefined ? {} : { message }),
});

/** A pass that no unread entry of a list can spoil: one lock, one approved endpoint, one plan that scans is enough. */
export const passByOne = (because: Observation | Observations, message?: string): Pass => ({
  ...pass(because, message),
  enough: true,
});

/** It is not as wanted, by what was seen; with words, steps and commands for exactly this case. */
export const fail = (
  because: Observation | Observations,
  message?: string,
  steps?: readonly Step[],
  confirm?: readonly string[],
): Fail => ({
  verdict: 'fail',
  because: observations(because),
  ...(message === undefined ? {} : { message }),
  ...(steps === undefined ? {} : { steps }),
  ...(confirm === undefined ? {} : { confirm }),
});

/** There is nothing to judge, for this reason. */
export const notApplicable = (reason: string): NotApplicable => ({ verdict: 'not-applicable', reason });

/** Not known, because Azure left it out or sent a value that this version does not know. */
export const untold = (reason: string): Unknown => ({ verdict: 'unknown', unseen: 'untold', reason, missing: [] });

/** Not known, because it lies outside of the scope that the user chose. */
export const unasked = (reason: string): Unknown => ({ verdict: 'unknown', unseen: 'unasked', reason, missing: [] });

/** Not known, because this evidence is not there. */
export const unseen = ({ state, reason, missing }: Unseen): Unknown => ({
  verdict: 'unknown',
  unseen: state === 'not-collected' ? 'unasked' : 'unread',
  reason,
  missing,
});

const worstFirst = ['unread', 'unasked', 'untold'] as const satisfies readonly WhyUnseen[];

/** The verdict where parts of the evidence that decides are not known: says which, why, and what would show them. */
export function cannotSee(what: string, parts: readonly (Unknown | Unseen)[]): Unknown {
  const unknowns = parts.map((part) => ('verdict' in part ? part : unseen(part)));
  return {
    verdict: 'unknown',
    unseen: worstFirst.find((why) => unknowns.some((one) => one.unseen === why)) ?? 'untold',
    reason: `${what}: ${[...new Set(unknowns.map(({ reason }) => reason))].join('; ')}`,
    missing: unknowns.flatMap(({ missing }) => missing),
  };
}

/** The common case: a switch must be exactly this. Absent is unknown, never a pass. */
export function must<T extends boolean | number>(at: Pointer, saw: T | null, wanted: NoInfer<T>): Outcome {
  if (saw === null) return untold(`Azure's answer has no ${lastSegment(at)}`);
  return saw === wanted ? pass({ at, saw, wanted }) : fail({ at, saw, wanted });
}

/** The same for an enum, as a complete table. A value the table does not list is unknown, and so is an absent one. */
export function byValue<T extends string>(
  at: Pointer,
  saw: Open<T> | null,
  table: { readonly [K in T]: 'pass' | 'fail' | 'unknown' },
): Outcome {
  if (saw === null) return notSaid(at, saw);
  const verdicts: Readonly<Record<string, 'pass' | 'fail' | 'unknown'>> = table;
  const verdict = Object.hasOwn(verdicts, saw) ? verdicts[saw] : undefined;
  if (verdict === 'pass') return pass({ at, saw });
  if (verdict === 'fail') {
    const wanted = Object.keys(table).filter((value) => verdicts[value] === 'pass');
    return fail(wanted.length === 0 ? { at, saw } : { at, saw, wanted: wanted.length === 1 ? wanted[0] : wanted });
  }
  return notSaid(at, saw);
}

/** The verdict on a value that Azure left out, or that is none we know. */
export const notSaid = (at: Pointer, saw: string | null): Unknown =>
  untold(
    saw === null
      ? `Azure's answer has no ${lastSegment(at)}`
      : `${lastSegment(at)} is '${saw}', which this version does not know how to judge`,
  );

/**
 * Why a control that only Premium has does not apply, or cannot be judged; `null` on Premium.
 * Which feature needs Premium: MicrosoftDocs container-registry-skus.md.
 */
export function unlessPremium(registry: Registry, feature: string): NotApplicable | Unknown | null {
  switch (registry.sku) {
    case 'Premium':
      return null;
    case 'Basic':
    case 'Standard':
      return { ...notApplicable(`${feature} needs Premium; this registry is ${registry.sku}`), bySku: true };
    case null:
      return untold("Azure's answer has no sku");
    default:
      return untold(`the SKU is '${registry.sku}', which this version does not know`);
  }
}

/** Whether a list holds something: what a pass or a fail may rest on. */
export const isSome = <T>(list: readonly T[]): list is readonly [T, ...T[]] => list.length > 0;

/** One observation, or several, as several. */
export const observations = (seen: Observation | Observations): Observations => (isOne(seen) ? [seen] : seen);

const isOne = (seen: Observation | Observations): seen is Observation => !Array.isArray(seen);
