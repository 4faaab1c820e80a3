import { type Severity, severities } from '../model/check.ts';
import type { Missing } from '../model/evidence.ts';
import { idKey, parseId, subscriptionGuid } from '../model/ids.ts';
import {
  type Acceptance,
  type Finding,
  type NotKnown,
  type Report,
  type ReportCheck,
  type ReportSubject,
  severityOf,
} from '../pages/report.ts';

/** What several reporters ask of a report. */

/** A finding with all that it belongs to. */
export interface Row<F extends Finding = Finding> {
  readonly subject: ReportSubject;
  readonly check: ReportCheck;
  readonly severity: Severity;
  readonly finding: F;
}

/** Every finding, in the order of the report. */
export function rowsOf({ checks, subjects }: Report): Row[] {
  const byId = new Map(checks.map((check) => [check.id, check]));
  return subjects.flatMap((subject) =>
    subject.findings.flatMap((finding) => {
      const check = byId.get(finding.check);
      return check ? [{ subject, check, severity: severityOf(finding, check), finding }] : [];
    }),
  );
}

/** The rows of one verdict. */
export const ofVerdict = <V extends Finding['verdict']>(
  rows: readonly Row[],
  verdict: V,
): Row<Extract<Finding, { readonly verdict: V }>>[] =>
  rows.filter((row): row is Row<Extract<Finding, { readonly verdict: V }>> => row.finding.verdict === verdict);

export const worstFirst = (a: { readonly severity: Severity }, b: { readonly severity: Severity }): number =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity);

/** In the order in which the keys first occur. */
export function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** Where a subject is, for a heading: SKU, region, resource group, subscription. */
export function whereabouts(report: Report, { id, kind, sku, location }: ReportSubject): string[] {
  const parts = parseId(id);
  if (kind === 'subscription') return ['subscription', subscriptionGuid(id)];
  const scope = report.scopes.find(
    (candidate) => idKey(subscriptionGuid(candidate.id)) === idKey(parts?.subscription ?? ''),
  );
  return [
    sku ?? 'SKU unknown',
    location ?? 'region unknown',
    ...(parts ? [`group ${parts.resourceGroup}`, `subscription ${scope?.name ?? parts.subscription}`] : []),
  ];
}

/** The checks that failed somewhere, worst first, and where. */
export function failedChecks(report: Report): { readonly check: ReportCheck; readonly rows: readonly Row[] }[] {
  return [...grouped(ofVerdict(rowsOf(report), 'fail'), ({ check }) => check.id).values()]
    .flatMap((rows) => {
      const [first] = rows;
      return first ? [{ check: first.check, severity: first.severity, rows }] : [];
    })
    .sort(worstFirst);
}

/** Something that could not be seen, and how many verdicts wait for it. */
export interface Gap {
  readonly what: string;
  readonly missing: readonly Missing[];
  readonly findings: number;
}

/** All that is missing for a complete report: what was not listed or not found, then what keeps checks from a verdict. */
export function gaps(report: Report): Gap[] {
  const waiting = ofVerdict(rowsOf(report), 'unknown').filter(({ finding }) => finding.unseen === 'unread');
  const told = new Set(waiting.map(({ finding }) => finding.reason));
  return [
    ...report.unread
      .filter(({ reason }) => ![...told].some((one) => one.includes(reason)))
      .map(({ what, reason, missing }) => ({ what: `${what}: ${reason}`, missing, findings: 0 })),
    ...[...grouped(waiting, ({ finding }) => finding.reason)].map(([reason, rows]) => ({
      what: `${[...new Set(rows.map(({ check }) => check.id))].join(', ')}: ${reason}`,
      missing: distinct(rows.flatMap(({ finding }) => missingOf(finding))),
      findings: rows.length,
    })),
  ];
}

export const missingOf = (finding: Finding): readonly Missing[] => (finding as NotKnown).missing ?? [];

const distinct = (missing: readonly Missing[]): Missing[] => [
  ...new Map(missing.map((one) => [`${one.action} ${idKey(one.scope)}`, one])).values(),
];

export const missingText = ({ action, scope }: Missing): string => `needs ${action} at ${scope}`;

/** Why a failure, or a thing of it, is accepted; `null` where it is not. */
export const accepted = ({ waived, baseline }: Acceptance): string | null =>
  waived ? `${waived.reason} (until ${waived.until})` : baseline ? 'in the baseline' : null;

/** Where the configuration overrides the severity of a check: both; else `null`. */
export const overridden = ({ check, finding }: Pick<Row, 'check' | 'finding'>): string | null =>
  finding.severity === undefined || finding.severity === check.severity
    ? null
    : `${finding.severity} by the configuration, ${check.severity} by the check`;

/** What is said of each thing; of two of which the same is said, each is named. */
export const wordsOfThings = (things: readonly { readonly thing: string; readonly words: string }[]): string[] => {
  const times = grouped(things, ({ words }) => words);
  return things.map(({ thing, words }) => ((times.get(words)?.length ?? 0) > 1 ? `${thing}: ${words}` : words));
};

/** A text that ends as a sentence does, once. */
export const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
