import type { AnyCheck, Context, GivenOptions, Options, OptionValues } from '../model/check.ts';
import { type Evidence, notCollected, type Unseen } from '../model/evidence.ts';
import { type Facet, facets } from '../model/facets.ts';
import { cannotSee, notApplicable, type Outcome } from '../model/outcome.ts';
import { isSeenInPart, withoutDoubt, withoutPartLists } from './unread-entries.ts';

/** `error` is the engine's alone: the check threw, or gave a verdict that rests on nothing. */
export type Judgement = Outcome | { readonly verdict: 'error'; readonly reason: string };

/** The evidence for a facet about one subject, wherever the snapshot stores it. */
export type Lookup = (facet: Facet) => Evidence<unknown> | undefined;

/**
 * Applies one check to one subject. Only complete evidence reaches the check; every gap is a verdict of its own. Where
 * lists have unread entries, the verdict is the one without the lists on whose entries it may rest.
 */
export function judge(
  check: AnyCheck,
  lookup: Lookup,
  context: Omit<Context, 'options'>,
  options: GivenOptions = {},
): Judgement {
  const judgement = judgeAsSeen(check, lookup, context, options);
  if (judgement.verdict === 'error') return judgement;
  const strictly: Lookup = (facet) => {
    const evidence = lookup(facet);
    return evidence && withoutDoubt(evidence, facet, judgement);
  };
  const facets: readonly Facet[] = [...check.needs, ...(check.evidence ?? [])];
  if (facets.some((facet) => strictly(facet) !== lookup(facet))) return judgeAsSeen(check, strictly, context, options);
  if (judgement.verdict !== 'fail' || !judgement.things) return judgement;
  // The verdict stands by what was seen in a list; another thing may be bad only for what the list seems to lack.
  const without: Lookup = (facet) => {
    const evidence = lookup(facet);
    return evidence && withoutPartLists(evidence);
  };
  const parted = facets.filter((facet) => without(facet) !== lookup(facet));
  if (parted.length === 0) return judgement;
  const least = judgeAsSeen(check, without, context, options);
  const sure = new Set(least.verdict === 'fail' ? least.things?.map(({ thing }) => thing) : []);
  const things = judgement.things.filter(
    ({ thing, because }) => sure.has(thing) || parted.some((facet) => isSeenInPart(because, lookup(facet), facet)),
  );
  if (things.length === judgement.things.length) return judgement;
  if (least.verdict === 'fail') return least;
  const [first, ...others] = things.flatMap(({ because }) => because);
  // With the general steps of the check: those of the verdict are for all of its things.
  return first
    ? { verdict: 'fail', because: [first, ...others], message: things.map(({ words }) => words).join('; '), things }
    : judgement;
}

function judgeAsSeen(
  check: AnyCheck,
  lookup: Lookup,
  context: Omit<Context, 'options'>,
  options: GivenOptions,
): Judgement {
  const facts: Partial<Record<Facet, unknown>> = {};
  const seen = (facet: Facet) => lookup(facet) ?? notCollected('the snapshot does not hold it');
  for (const facet of check.needs as readonly Facet[]) {
    const evidence = seen(facet);
    if (evidence.state !== 'observed') return withoutEvidence(facet, evidence);
    facts[facet] = evidence.value;
  }
  for (const facet of [...(check.evidence ?? []), ...(check.words ?? [])] as readonly Facet[])
    facts[facet] = seen(facet);
  try {
    const outcome: Outcome | undefined = check.evaluate(facts as never, {
      ...context,
      options: optionsOf(check.options ?? {}, options),
    });
    if (outcome === undefined) return { verdict: 'error', reason: 'the check gave no verdict' };
    return restsOnNothing(outcome)
      ? { verdict: 'error', reason: `the check gave a ${outcome.verdict} that rests on nothing` }
      : outcome;
  } catch (thrown) {
    return {
      verdict: 'error',
      reason: `the check threw: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    };
  }
}

/** The types forbid it; a plug-in that is written in JavaScript does not know them. */
const restsOnNothing = (outcome: Outcome): boolean =>
  (outcome.verdict === 'pass' || outcome.verdict === 'fail') && !(outcome.because?.length > 0);

/** What the user set, and the default of everything else. */
const optionsOf = (specs: Options, given: GivenOptions): OptionValues<Options> =>
  Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [name, given[name] ?? spec.default]),
  ) as OptionValues<Options>;

function withoutEvidence(facet: Facet, evidence: Unseen): Outcome {
  const { optIn } = facets[facet];
  if (evidence.state === 'not-collected' && optIn) return notApplicable(`only judged with ${optIn}`);
  return cannotSee(`${facet} could not be seen`, [evidence]);
}
