import { type Severity, severities } from '../model/check.ts';
import { type Failed, isOpenFailure, type Report, type ReportCheck, type ReportSubject } from '../pages/report.ts';
import { grouped, ofVerdict, type Row, worstFirst } from './view.ts';

/** What many findings come to, as data: for the fleet view of a terminal, for Markdown and for HTML. */

/** Those that are counted. */
export const shownSeverities = ['critical', 'high', 'medium', 'low'] as const satisfies readonly Severity[];

/** What fails and is not accepted. */
export const openFailures = (rows: readonly Row[]): Row<Failed>[] =>
  ofVerdict(rows, 'fail').filter(({ finding }) => isOpenFailure(finding));

export const count = (rows: readonly { readonly severity: Severity }[], severity: Severity): number =>
  rows.filter((row) => row.severity === severity).length;

/** A check that fails, and everywhere it does. */
export interface Problem {
  readonly check: ReportCheck;
  readonly severity: Severity;
  readonly rows: readonly Row<Failed>[];
}

/** What is wrong: the worst first, then what is wrong most often. */
export const problemsOf = (open: readonly Row<Failed>[]): Problem[] =>
  [...grouped(open, ({ check, severity }) => `${check.id} ${severity}`).values()]
    .flatMap((rows) => (rows[0] ? [{ check: rows[0].check, severity: rows[0].severity, rows }] : []))
    .sort((a, b) => worstFirst(a, b) || b.rows.length - a.rows.length);

/** Findings of several subjects that the very same commands close: a missing link, a group's role, a subscription's plan. */
export interface Cause {
  readonly first: Row<Failed>;
  readonly rows: readonly Row<Failed>[];
  readonly commands: number;
}

/** The causes of most findings first. */
export function causesOf(open: readonly Row<Failed>[]): Cause[] {
  const fixOf = ({ finding }: Row<Failed>) =>
    finding.fix.flatMap(({ kind, text }) => (kind === 'command' ? [text] : []));
  const mended = open.filter((row) => fixOf(row).length > 0);
  return [...grouped(mended, (row) => `${row.check.id}\0${fixOf(row).join('\n')}`).values()]
    .filter((rows) => new Set(rows.map(({ subject }) => subject.id)).size > 1)
    .flatMap((rows) => (rows[0] ? [{ first: rows[0], rows, commands: fixOf(rows[0]).length }] : []))
    .sort((a, b) => b.rows.length - a.rows.length);
}

/** A registry, or those of an owner, with what fails there. */
export interface Burden<T> {
  readonly of: T;
  readonly rows: readonly Row<Failed>[];
}

/** Every registry, the worst first. */
export function registriesByWorst(report: Report, open: readonly Row<Failed>[]): Burden<ReportSubject>[] {
  const bySubject = grouped(open, ({ subject }) => subject.id);
  return report.subjects
    .filter(({ kind }) => kind === 'registry')
    .map((of) => ({ of, rows: (bySubject.get(of.id) ?? []).toSorted(worstFirst) }))
    .sort(moreOfTheWorst);
}

/** By the tag that the configuration names; none where no registry has it. */
export function ownersByWorst(registries: readonly Burden<ReportSubject>[]): Burden<string>[] {
  if (registries.every(({ of }) => of.owner === undefined)) return [];
  return [...grouped(registries, ({ of }) => of.owner ?? '(no tag)')]
    .map(([of, own]) => ({ of, rows: own.flatMap(({ rows }) => rows) }))
    .sort(moreOfTheWorst);
}

function moreOfTheWorst(a: Burden<unknown>, b: Burden<unknown>): number {
  for (const severity of severities) {
    const more = count(b.rows, severity) - count(a.rows, severity);
    if (more !== 0) return more;
  }
  return 0;
}
