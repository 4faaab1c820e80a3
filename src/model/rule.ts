import type { Member } from './enums.ts';
import type { Facets } from './facets.ts';
import { fail, notApplicable, type Outcome, pass, unlessPremium, untold } from './outcome.ts';
import { type Pointer, segments, valueAt } from './pointer.ts';

/** A control that is one property of the evidence. */
export interface Rule {
  readonly at: Pointer;
  /** The value that passes. */
  readonly wanted: boolean | string;
  /** For an enum, the values that fail; any other is unknown. A switch fails on the opposite of `wanted`. */
  readonly unwanted?: readonly string[];
  /** The feature, for people, where only Premium has it: `a retention policy`. */
  readonly premium?: string;
  /** SKUs on which there is nothing to judge, and why; an answer that says the bad value all the same wins. */
  readonly neverOn?: { readonly skus: readonly Member<'sku'>[]; readonly says: string };
}

/** The verdict of a rule. A property that is absent, or has a value nobody knows, is unknown, never a pass. */
export function verdictByRule({ at, wanted, unwanted = [], premium, neverOn }: Rule, facts: Partial<Facets>): Outcome {
  if (premium !== undefined) {
    if (!facts.registry) return untold('the registry was not told');
    const outOfReach = unlessPremium(facts.registry, premium);
    if (outOfReach) return outOfReach;
  }
  const saw = valueAt(facts, at) ?? null;
  const opposite = typeof wanted === 'boolean' ? saw === !wanted : unwanted.some((value) => value === saw);
  if (opposite) return fail({ at, saw, wanted });
  const known = saw === wanted || saw === null;
  if (known && neverOn?.skus.some((sku) => sku === facts.registry?.sku)) return notApplicable(neverOn.says);
  if (saw === wanted) return pass({ at, saw, wanted });
  const property = segments(at).slice(1).join('.');
  if (saw === null) return untold(`Azure's answer has no ${property}`);
  return untold(`${property} is '${String(saw)}', which this version does not know how to judge`);
}
