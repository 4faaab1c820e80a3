import type { AnyCheck, Context } from '../model/check.ts';
import { type Evidence, notCollected, type Unseen } from '../model/evidence.ts';
import { type Facet, facets } from '../model/facets.ts';
import { notApplicable, type Outcome, unknown } from '../model/outcome.ts';

/** `error` is the engine's alone: the check itself threw. */
export type Judgement = Outcome | { readonly verdict: 'error'; readonly reason: string };

/** The evidence for a facet about one subject, wherever the snapshot stores it. */
export type Lookup = (facet: Facet) => Evidence<unknown> | undefined;

/** Applies one check to one subject. Only complete evidence reaches the check; every gap is a verdict of its own. */
export function judge(check: AnyCheck, lookup: Lookup, context: Omit<Context, 'options'>, options = {}): Judgement {
  const facts: Partial<Record<Facet, unknown>> = {};
  for (const facet of check.needs as readonly Facet[]) {
    const evidence = lookup(facet) ?? notCollected('the snapshot does not hold it');
    if (evidence.state !== 'observed') return withoutEvidence(facet, evidence);
    facts[facet] = evidence.value;
  }
  try {
    const outcome: Outcome | undefined = check.evaluate(facts, {
      ...context,
      options: { ...check.options, ...options },
    });
    return outcome ?? { verdict: 'error', reason: 'the check gave no verdict' };
  } catch (thrown) {
    return {
      verdict: 'error',
      reason: `the check threw: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    };
  }
}

function withoutEvidence(facet: Facet, evidence: Unseen): Outcome {
  const { optIn } = facets[facet];
  if (evidence.state === 'not-collected' && optIn) return notApplicable(`only judged with ${optIn}`);
  return unknown(`${facet} could not be seen: ${evidence.reason}`, evidence.missing);
}
