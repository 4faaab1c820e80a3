import type { Area, Profile, Scope, Severity } from './check.ts';
import type { Missing } from './evidence.ts';
import type { CloudFacts } from './snapshot.ts';

export const reportSchema = 'acr-audit/report@1';

export const verdicts = ['fail', 'unknown', 'error', 'pass', 'not-applicable'] as const;
export type Verdict = (typeof verdicts)[number];

/** The public, versioned result of a scan: what `-o json` prints and what every other format is rendered from. */
export interface Report {
  readonly schema: typeof reportSchema;
  readonly tool: { readonly name: string; readonly version: string };
  /**
   * ISO 8601: the instant of the collection, as of which expiry is judged.
   * @format date-time
   */
  readonly evaluatedAt: string;
  readonly cloud: CloudFacts['name'];
  readonly profile: Profile;
  /** What the scan was narrowed to; every list empty for a scan of all that is there. */
  readonly asked: ReportAsked;
  /** False when anything a chosen check needed could not be seen. */
  readonly complete: boolean;
  readonly scopes: readonly ReportScope[];
  readonly subjects: readonly ReportSubject[];
  /** Every check that ran, whether or not it fired. */
  readonly checks: readonly ReportCheck[];
  readonly findings: readonly Finding[];
  readonly summary: Readonly<Record<Verdict | 'waived', number>>;
}

/** Names, groups and tags as the user gave them, and the choice of checks beyond the profile. */
export interface ReportAsked {
  readonly registries: readonly string[];
  readonly resourceGroups: readonly string[];
  readonly tags: readonly string[];
  readonly checks: readonly string[];
}

/** A subscription that was looked in; `observed` is false when its registries would not list. */
export interface ReportScope {
  readonly id: string;
  readonly name: string | null;
  readonly observed: boolean;
  readonly reason: string | null;
  readonly missing: readonly Missing[];
}

export interface ReportSubject {
  readonly id: string;
  readonly kind: Scope;
  readonly name: string;
  readonly location: string | null;
  readonly sku: string | null;
}

/** A check as a reader needs it; commands still carry placeholders. */
export interface ReportCheck {
  readonly id: string;
  readonly area: Area;
  readonly scope: Scope;
  readonly severity: Severity;
  readonly profile: Profile;
  readonly since: string;
  readonly title: string;
  readonly problem: string;
  readonly why: string;
  readonly symptom: string;
  readonly cause: string;
  readonly confirm: readonly string[];
  readonly fix: { readonly steps: readonly string[]; readonly breaks: string };
  readonly frameworks: readonly string[];
  readonly alsoKnownAs: readonly string[];
  readonly refs: readonly string[];
}

/** One check applied to one subject. */
export interface Finding {
  readonly check: string;
  /** The resource id as Azure spells it. */
  readonly subject: string;
  readonly severity: Severity;
  readonly verdict: Verdict;
  readonly message: string;
  /** Why there is no verdict of pass or fail; `null` for those two. */
  readonly reason: string | null;
  readonly missing: readonly Missing[];
  readonly observations: readonly ReportObservation[];
  /** For a fail, with the real names, ready to paste; empty otherwise. */
  readonly confirm: readonly string[];
  readonly fix: readonly string[];
  /** Stable over runs: check and subject. */
  readonly fingerprint: string;
  readonly waived: null;
}

export interface ReportObservation {
  readonly at: string;
  readonly about: string | null;
  readonly saw: unknown;
  readonly wanted: unknown;
}
