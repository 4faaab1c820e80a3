import type { Area, GivenOptions, Profile, Purpose, Scope, Severity } from '../model/check.ts';
import type { Missing } from '../model/evidence.ts';
import type { DeclaredConsumer } from '../model/facets/consumers.ts';
import type { WhyUnseen } from '../model/outcome.ts';
import type { CloudFacts } from '../model/snapshot.ts';
import type { AccessPage } from './access.ts';
import type { PrintedPath } from './path.ts';
import type { ReportStep } from './report-step.ts';

export type { ReportStep } from './report-step.ts';

export const reportSchema = 'acr-audit/report@1';

export const verdicts = ['fail', 'unknown', 'error', 'pass', 'not-applicable'] as const;
export type Verdict = (typeof verdicts)[number];

/**
 * The public, versioned result of a scan: what `-o json` prints and what every other format is rendered from. What is
 * known at the end stands at the end: it is written as it is made.
 */
export interface Report {
  readonly schema: typeof reportSchema;
  readonly tool: { readonly name: string; readonly version: string; readonly rules: string };
  /**
   * ISO 8601: the instant of the collection, as of which expiry is judged.
   * @format date-time
   */
  readonly evaluatedAt: string;
  readonly cloud: CloudFacts['name'];
  /** Absent where the evidence does not tell. */
  readonly tenant?: string;
  readonly profile: Profile;
  readonly asked: ReportAsked;
  readonly scopes: readonly ReportScope[];
  /** Every check that ran, with what all its findings share. */
  readonly checks: readonly ReportCheck[];
  readonly subjects: readonly ReportSubject[];
  /** Every read that failed, whether or not a verdict rests on it. */
  readonly unread: readonly Unread[];
  /** False where a check broke, a verdict waits for something unread, or what was asked for was not found. */
  readonly complete: boolean;
  /** Findings by verdict; those that are waived or in the baseline count as `waived` alone. */
  readonly summary: Readonly<Record<Verdict | 'waived', number>>;
}

/** All that changes which results can appear; every list empty for a scan of all that is there. */
export interface ReportAsked {
  readonly registries: readonly string[];
  readonly subscriptions: readonly string[];
  readonly groups: readonly string[];
  readonly tags: readonly string[];
  readonly areas: readonly string[];
  /** Ids or globs, as the user gave them. */
  readonly checks: readonly string[];
  readonly skips: readonly string[];
  /** `--data-plane`, `--probe`. */
  readonly optIns: readonly string[];
  /** By check id, then by name. */
  readonly options: Readonly<Record<string, GivenOptions>>;
  /** Severities that the configuration overrides, by check id. */
  readonly severity: Readonly<Record<string, Severity>>;
  readonly plugins: readonly string[];
  readonly consumers: readonly DeclaredConsumer[];
  readonly partnerRegistries: readonly string[];
  readonly purposes: readonly Purpose[];
}

/** A subscription that was looked in; `observed` is false where its registries would not list. */
export interface ReportScope {
  readonly id: string;
  readonly name: string | null;
  readonly observed: boolean;
}

/** A check as a reader needs it; its commands ask for the names. */
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
  readonly confirm: readonly ReportStep[];
  readonly fix: readonly ReportStep[];
  /** What the fix stops from working. */
  readonly breaks: string;
  readonly frameworks: readonly string[];
  readonly alsoKnownAs: readonly string[];
  readonly refs: readonly string[];
}

/** What was judged, and every verdict on it: in `findings`, or for what needs no action in `rest`. */
export interface ReportSubject {
  /** The resource id as Azure spells it. */
  readonly id: string;
  readonly kind: Scope;
  readonly name: string;
  readonly location: string | null;
  readonly sku: string | null;
  /** By the tag that the configuration names. */
  readonly owner?: string;
  /** What `explain` says of a registry. Only with `--pages` or `-o html`. */
  readonly pages?: Pages;
  /** Worst first. With `--full` also what passes and what does not apply. */
  readonly findings: readonly Finding[];
  readonly rest: Rest;
}

/** The pages of `explain` about one registry. */
export interface Pages {
  /** Absent where the registry itself could not be seen. */
  readonly path?: PrintedPath;
  readonly access: AccessPage;
}

/** One entry for each check that needs no action. */
export interface Rest {
  /** Where in the evidence a pass rests. */
  readonly pass: Readonly<Record<string, readonly string[]>>;
  /** Why a check does not apply. */
  readonly 'not-applicable': Readonly<Record<string, string>>;
}

/** One check applied to one subject. What would be null, empty or false is left out. */
export type Finding = Failed | NotKnown | Broken | Passed | Spared;

interface FindingBase {
  readonly check: string;
  /** Only where the configuration overrides that of the check. */
  readonly severity?: Severity;
  /** Stable over runs: check and subject. */
  readonly fingerprint: string;
}

export interface Failed extends FindingBase, Acceptance {
  readonly verdict: 'fail';
  readonly message: string;
  readonly observations: readonly ReportObservation[];
  /** With the real names. */
  readonly confirm: readonly ReportStep[];
  readonly fix: readonly ReportStep[];
  /** Only where it differs from that of the check. */
  readonly breaks?: string;
  /** The bad parts of a check over many things; absent for a check over one. */
  readonly things?: readonly ReportThing[];
}

export interface NotKnown extends FindingBase {
  readonly verdict: 'unknown';
  readonly unseen: WhyUnseen;
  readonly reason: string;
  /** The permissions that would let us see it. */
  readonly missing?: readonly Missing[];
}

/** The check threw, or gave a verdict that rests on nothing. */
export interface Broken extends FindingBase {
  readonly verdict: 'error';
  readonly reason: string;
}

/** Only with `--full`. */
export interface Passed extends FindingBase {
  readonly verdict: 'pass';
  readonly message: string;
  readonly observations: readonly ReportObservation[];
}

/** Only with `--full`. */
export interface Spared extends FindingBase {
  readonly verdict: 'not-applicable';
  readonly reason: string;
}

/** A finding, or a thing of it, that somebody accepts. */
export interface Acceptance {
  readonly waived?: Waiver;
  readonly baseline?: true;
}

export interface Waiver {
  readonly reason: string;
  /**
   * The last day on which it holds.
   * @format date
   */
  readonly until: string;
}

export interface ReportThing extends Acceptance {
  /** Kind and name, stable between scans: `token/ci`. */
  readonly thing: string;
  readonly words: string;
  /** Stable over runs: check, subject and thing. */
  readonly fingerprint: string;
  readonly place?: FilePlace;
}

/** Where a file declares it. */
export interface FilePlace {
  readonly file: string;
  readonly line: number;
}

export interface ReportObservation {
  /** A JSON pointer into the evidence. */
  readonly at: string;
  /** `null` where Azure's answer has nothing. */
  readonly saw: unknown;
  /** `null` where no value is right by itself. */
  readonly wanted: unknown;
  /** The same for people. */
  readonly words: string;
  readonly place?: FilePlace;
}

/** A read that failed, and the permissions that would let it through. */
export interface Unread {
  readonly what: string;
  readonly reason: string;
  readonly missing: readonly Missing[];
}

/** Accepted as a whole: by a waiver or the baseline. */
export const isAccepted = (of: Acceptance): boolean => of.waived !== undefined || of.baseline === true;

/** What fails and is not accepted: what a gate goes by. */
export const isOpenFailure = (finding: Finding): finding is Failed =>
  finding.verdict === 'fail' && !isAccepted(finding);

/** What a finding says, whatever its verdict. */
export const saidBy = (finding: Finding): string => ('message' in finding ? finding.message : finding.reason);

/** The verdict on a subject of every check that was judged, by check id. */
export const verdictsOf = ({ findings, rest }: ReportSubject): Readonly<Record<string, Verdict>> => ({
  ...Object.fromEntries(Object.keys(rest.pass).map((check) => [check, 'pass' as const])),
  ...Object.fromEntries(Object.keys(rest['not-applicable']).map((check) => [check, 'not-applicable' as const])),
  ...Object.fromEntries(findings.map(({ check, verdict }) => [check, verdict])),
});

/** The severity of a finding: its own where the configuration says so, else that of its check. */
export const severityOf = (finding: Finding, check: ReportCheck): Severity => finding.severity ?? check.severity;
