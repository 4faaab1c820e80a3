import type { Facets } from './facets.ts';
import { fail, notSaid, type Outcome, pass, unlessPremium, untold } from './outcome.ts';
import { lastSegment, type Pointer, valueAt } from './pointer.ts';

/** A control that is one property of the evidence. */
export interface Rule {
  readonly at: Pointer;
  /** The value that passes. */
  readonly wanted: boolean | string;
  /** For an enum, the values that fail; any other is unknown. A switch fails on the opposite of `wanted`. */
  readonly unwanted?: readonly string[];
  /** The feature, for people, where only Premium has it: `a retention policy`. */
  readonly premium?: string;
}

/** The verdict of a rule. A property that is absent, or has a value nobody knows, is unknown, never a pass. */
export function verdictByRule({ at, wanted, unwanted = [], premium }: Rule, facts: Partial<Facets>): Outcome {
  if (premium !== undefined) {
    if (!facts.registry) return untold('the registry was not told');
    const outOfReach = unlessPremium(facts.registry, premium);
    if (outOfReach) return outOfReach;
  }
  const saw = valueAt(facts, at) ?? null;
  if (saw === wanted) return pass({ at, saw, wanted });
  const opposite = typeof wanted === 'boolean' ? saw === !wanted : unwanted.some((value) => value === saw);
  if (opposite) return fail({ at, saw, wanted });
  return typeof saw === 'string' || saw === null ? notSaid(at, saw) : untold(`${lastSegment(at)} is of another type`);
}
