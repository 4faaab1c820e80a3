import type { Evidence } from './evidence.ts';
import type { Facet, Facets } from './facets.ts';
import { type Fail, fail, type Outcome } from './outcome.ts';
import { type Rule, verdictByRule } from './rule.ts';
import type { CloudFacts } from './snapshot.ts';
import type { Step } from './step.ts';

/** Worst first. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];

/** Each contains the ones before it. */
export const profiles = ['recommended', 'hardened', 'regulated'] as const;
export type Profile = (typeof profiles)[number];

export const areas = [
  'network',
  'identity',
  'build',
  'trust',
  'scanning',
  'lifecycle',
  'resilience',
  'governance',
  'supply-chain',
] as const;
export type Area = (typeof areas)[number];

export type Scope = 'registry' | 'subscription';

/**
 * What `evaluate` gets: the facets of `needs` unwrapped (the engine calls it only when all were observed), and those of
 * `evidence` and `words` as evidence, seen or not.
 */
export type Facts<N extends Facet, E extends Facet = never> = { readonly [F in N]: Facets[F] } & {
  readonly [F in E]: Evidence<Facets[F]>;
};

/** An option of a check: what a user may set, its default and its bounds. */
export type OptionSpec =
  | { readonly kind: 'number'; readonly default: number; readonly least: number; readonly most: number }
  | { readonly kind: 'list'; readonly default: readonly string[] }
  | { readonly kind: 'pattern'; readonly default: string }
  | { readonly kind: 'choice'; readonly default: string; readonly of: readonly string[] };

export type Options = Readonly<Record<string, OptionSpec>>;

/** The options of a check that the configuration sets, by name. */
export type GivenOptions = Readonly<Record<string, number | string | readonly string[]>>;

/** The values of options, as a check sees them. */
export type OptionValues<O extends Options> = {
  readonly [K in keyof O]: O[K] extends { readonly kind: 'number' }
    ? number
    : O[K] extends { readonly kind: 'list' }
      ? readonly string[]
      : string;
};

/** A right that the configuration says a principal has on purpose. */
export interface Purpose {
  /** Object id. */
  readonly principal: string;
  readonly rights: readonly string[];
  readonly reason: string;
}

/** What else a verdict may depend on. The clock is an input: a check never reads one. */
export interface Context<O extends Options = Options> {
  /** ISO 8601, the instant of the collection. */
  readonly now: string;
  readonly cloud: CloudFacts;
  /** Id of the registry or the subscription that is judged. */
  readonly subject: string;
  /** Login servers of registries that are not ours and that we trust (`partnerRegistries` of the configuration). */
  readonly partnerRegistries: readonly string[];
  readonly purposes: readonly Purpose[];
  readonly options: OptionValues<O>;
}

export interface Remediation {
  /** Used where the verdict carries no steps of its own. In an order that breaks nothing. */
  readonly steps: readonly Step[];
  /** What stops working. Required: no fix is free. */
  readonly breaks: string;
}

/** Something to look with, or to raise an alert with, beyond confirming one verdict. Placeholders as in `Step`. */
export interface Query {
  readonly title: string;
  /** Resource Graph, or a shell. */
  readonly language: 'kql' | 'sh';
  readonly text: string;
}

/** One control: what is wanted, why, how to see it, how to mend it, and the verdict. */
export interface Check<N extends Facet = Facet, E extends Facet = never, O extends Options = Options> {
  /** The secure condition, kebab-case; equals the file name; never changes meaning, never reused. */
  readonly id: string;
  /** One present-tense sentence that is true when the check passes; at most 75 characters. */
  readonly title: string;
  /** The sentence that is true when it fails. */
  readonly problem: string;
  readonly severity: Severity;
  readonly profile: Profile;
  /** Why it belongs to that profile. */
  readonly profileReason: string;
  /** The version of the rules that the check came with. */
  readonly since: string;
  /** The rows of the article that it answers. */
  readonly article?: readonly string[];
  /** Ids of controls that others map to this one, by framework and number: `MCSB IM-1`. */
  readonly frameworks?: readonly string[];
  /** Rules of other tools that judge the same, the tool first: `checkov CKV_AZURE_137`. */
  readonly alsoKnownAs?: readonly string[];
  /** Where its verdict is another than that of those rules, and why. */
  readonly differs?: string;
  readonly area: Area;
  readonly scope?: Scope;
  /** Facets the verdict rests on: one that was not observed makes it unknown. */
  readonly needs: readonly N[];
  /** Facets handed over as evidence, seen or not: the check decides where their absence matters. */
  readonly evidence?: readonly E[];
  /** Facets that only the words use, handed over as evidence: they never decide. */
  readonly words?: readonly E[];
  readonly options?: O;
  /** What an attacker or an outage does. */
  readonly why: string;
  /** What somebody notices without this tool. */
  readonly symptom: string;
  /** What tools print in that state, by which `explain symptom` finds it: an error code, a part of a log line. */
  readonly signs?: readonly string[];
  /** How a registry gets into this state. */
  readonly cause: string;
  /** Read-only commands that observe what `evaluate` observes. Placeholders as in `Step`. */
  readonly confirm: readonly string[];
  readonly queries?: readonly Query[];
  readonly fix: Remediation;
  readonly refs: readonly string[];
  /** Pure and synchronous: no I/O, no clock, no randomness, no logging. */
  evaluate(facts: Facts<N, E>, context: Context<O>): Outcome;
  /**
   * The message of a failure that counts the other verdicts on the same subject, by check id; asked when all are there.
   * It changes no verdict.
   */
  lastWords?(fail: Fail, others: ReadonlyMap<string, Outcome>): string | undefined;
  /** Where the check is one property: the same as data, from which policies and queries are printed. */
  readonly rule?: Rule;
}

/** A check whatever it needs: how the engine holds checks of all kinds in one list. */
// biome-ignore lint/suspicious/noExplicitAny: a list of checks with different needs has no narrower common type
export type AnyCheck = Check<any, any, any>;

/** A check that is one property, as data: `evaluate` is made from `rule`. */
export type RuleCheck<N extends Facet, E extends Facet, O extends Options> = Omit<Check<N, E, O>, 'evaluate'> & {
  readonly rule: Rule;
  /** What a failure says and advises beyond the check's own words, by who or what is around. It changes no verdict. */
  onFail?(facts: Facts<N, E>): FailDetails | undefined;
};

/** The message of a failure, where it is not the check's `problem`, and its steps. */
export interface FailDetails {
  readonly message?: string;
  readonly steps: readonly Step[];
}

/** A check: a control with `evaluate`, or with a `rule` from which `evaluate` is made where it gives none. */
export function defineCheck<
  const N extends Facet,
  const E extends Facet = never,
  const O extends Options = Record<never, never>,
>(check: Check<N, E, O>): Check<N, E, O>;
export function defineCheck<
  const N extends Facet,
  const E extends Facet = never,
  const O extends Options = Record<never, never>,
>(check: RuleCheck<N, E, O>): Check<N, E, O> & { readonly rule: Rule };
export function defineCheck(check: AnyCheck | RuleCheck<Facet, Facet, Options>): AnyCheck {
  return 'evaluate' in check ? check : withEvaluate(check);
}

function withEvaluate({ onFail, ...check }: RuleCheck<Facet, Facet, Options>): AnyCheck {
  return {
    ...check,
    evaluate(facts: Facts<Facet, Facet>) {
      const judged = verdictByRule(check.rule, facts as Partial<Facets>);
      const more = judged.verdict === 'fail' ? onFail?.(facts) : undefined;
      return judged.verdict === 'fail' && more ? fail(judged.because, more.message, more.steps) : judged;
    },
  };
}
