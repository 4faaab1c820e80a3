import { type Severity, severities } from '../model/check.ts';
import type { Missing } from '../model/evidence.ts';
import { idKey, parseId, subscriptionGuid } from '../model/ids.ts';
import {
  type Finding,
  type Report,
  type ReportCheck,
  type ReportObservation,
  type ReportSubject,
  verdicts,
} from '../model/report.ts';

/** What several reporters ask of a report. */

/** A subject and its findings, worst first. */
export interface Group {
  readonly subject: ReportSubject;
  readonly findings: readonly Finding[];
}

export const worstFirst = (a: { readonly severity: Severity }, b: { readonly severity: Severity }): number =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity);

const failuresFirst = (a: Finding, b: Finding): number =>
  verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict) || worstFirst(a, b);

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

/** Every subject that has findings, the one with the worst failure first; those alike stay in the report's order. */
export function bySubject(report: Report): Group[] {
  const subjects = new Map(report.subjects.map((subject) => [idKey(subject.id), subject]));
  return [...grouped(report.findings, ({ subject }) => idKey(subject))]
    .map(([key, findings]) => ({ subject: subjects.get(key) ?? stranger(key), findings: findings.sort(failuresFirst) }))
    .sort((a, b) => rank(a) - rank(b));
}

function rank({ findings }: Group): number {
  const [worst] = findings;
  if (worst === undefined) return Number.MAX_SAFE_INTEGER;
  return verdicts.indexOf(worst.verdict) * severities.length + severities.indexOf(worst.severity);
}

const stranger = (id: string): ReportSubject => ({ id, kind: 'registry', name: id, location: null, sku: null });

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

export const checkOf = (report: Report, id: string): ReportCheck | undefined =>
  report.checks.find((check) => check.id === id);

/** The checks that failed somewhere, worst first, and on how many subjects. */
export function failedChecks(report: Report): { readonly check: ReportCheck; readonly times: number }[] {
  return report.checks
    .map((check) => ({
      check,
      times: report.findings.filter((f) => f.check === check.id && f.verdict === 'fail').length,
    }))
    .filter(({ times }) => times > 0)
    .sort((a, b) => worstFirst(a.check, b.check));
}

/** Something that could not be seen, and how many verdicts wait for it. */
export interface Gap {
  readonly what: string;
  readonly missing: readonly Missing[];
  readonly findings: number;
}

/** All that is missing for a complete report: scopes that would not list, then what kept checks from a verdict. */
export function gaps(report: Report): Gap[] {
  const byReason = grouped(
    report.findings.filter(({ verdict }) => verdict === 'unknown'),
    ({ message }) => message,
  );
  return [
    ...report.scopes
      .filter((scope) => !scope.observed)
      .map((scope) => ({
        what: `the registries of subscription ${scope.name ?? subscriptionGuid(scope.id)}: ${scope.reason ?? 'would not list'}`,
        missing: scope.missing,
        findings: 0,
      })),
    ...[...byReason].map(([reason, findings]) => ({
      what: `${[...new Set(findings.map(({ check }) => check))].join(', ')}: ${reason}`,
      missing: distinct(findings.flatMap(({ missing }) => missing)),
      findings: findings.length,
    })),
  ];
}

const distinct = (missing: readonly Missing[]): Missing[] => [
  ...new Map(missing.map((one) => [`${one.action} ${idKey(one.scope)}`, one])).values(),
];

export const missingText = ({ action, scope }: Missing): string => `needs ${action} at ${scope}`;

/** `contoso.northeurope.data: saw nothing, wanted 10.1.0.7`. */
export function observationText({ at, about, saw, wanted }: ReportObservation): string {
  return `${about ?? at}: saw ${valueText(saw)}${wanted === null ? '' : `, wanted ${valueText(wanted)}`}`;
}

const longest = 300;

function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  const text = Array.isArray(value) ? value.map(itemText).join(', ') || 'none' : itemText(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text || 'nothing';
}

/** A replica, a rule or a plan is known by its name; the whole of it is in the JSON report. */
function itemText(item: unknown): string {
  if (typeof item === 'string') return item;
  const named = typeof item === 'object' && item !== null && 'name' in item ? item.name : undefined;
  return typeof named === 'string' ? named : JSON.stringify(item);
}

/** A step as it may be pasted: what is no command is a comment. */
export const pasteable = (step: string): string => (step.startsWith('az ') ? step : `# ${step}`);

export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
