import type { Facet, Facets } from './facets.ts';
import type { Outcome } from './outcome.ts';
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

/** The facets a check declared in `needs`, unwrapped. The engine calls `evaluate` only when all were observed. */
export type Facts<N extends Facet> = { readonly [F in N]: Facets[F] };

/** Numbers a user may set for a check, with their defaults. */
export type Options = Readonly<Record<string, number>>;

/** What else a verdict may depend on. The clock is an input: a check never reads one. */
export interface Context<O extends Options = Options> {
  /** ISO 8601, the instant of the collection. */
  readonly now: string;
  readonly cloud: CloudFacts;
  /** The chosen checks that the subject's SKU puts out of reach. */
  outOfReach(): readonly string[];
  readonly options: O;
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
export interface Check<N extends Facet = Facet, O extends Options = Options> {
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
  readonly area: Area;
  readonly scope?: Scope;
  readonly needs: readonly N[];
  readonly options?: O;
  /** What an attacker or an outage does. */
  readonly why: string;
  /** What somebody notices without this tool. */
  readonly symptom: string;
  /** How a registry gets into this state. */
  readonly cause: string;
  /** Read-only commands that observe what `evaluate` observes. Placeholders as in `Step`. */
  readonly confirm: readonly string[];
  readonly queries?: readonly Query[];
  readonly fix: Remediation;
  readonly refs: readonly string[];
  /** Pure and synchronous: no I/O, no clock, no randomness, no logging. */
  evaluate(facts: Facts<N>, context: Context<O>): Outcome;
}

/** A check whatever it needs: how the engine holds checks of all kinds in one list. */
// biome-ignore lint/suspicious/noExplicitAny: a list of checks with different needs has no narrower common type
export type AnyCheck = Check<any, any>;

export const defineCheck = <const N extends Facet, const O extends Options = Record<never, never>>(
  check: Check<N, O>,
): Check<N, O> => check;
