import { type Severity, severities } from '../model/check.ts';
import { idKey, parseId, subscriptionGuid } from '../model/ids.ts';
import { type Failed, isOpenFailure, type Report, type ReportSubject } from '../model/report.ts';
import type { Paint } from './paint.ts';
import type { Style } from './reporter.ts';
import { counted, grouped, ofVerdict, type Row, worstFirst } from './view.ts';
import { clipped, columnsOf, indented } from './wrap.ts';

const shownSeverities = ['critical', 'high', 'medium', 'low'] as const satisfies readonly Severity[];
const most = { problems: 20, causes: 8, registries: 10, owners: 8 } as const;

/** Many registries on one screen: how many are how bad, what is wrong, what one change would close, who is worst. */
export function fleet(report: Report, rows: readonly Row[], paint: Paint, style: Style): string {
  const registries = report.subjects.filter(({ kind }) => kind === 'registry');
  const open = ofVerdict(rows, 'fail').filter(({ finding }) => isOpenFailure(finding));
  const bySubject = grouped(open, ({ subject }) => subject.id);
  return [
    paint.strong(
      `${counted(registries.length, 'registry', 'registries')} · ${counted(report.scopes.length, 'subscription')}`,
    ),
    [
      countsOf(registries, open, bySubject, paint),
      ...(style.exit ? [indented(`exit ${style.exit.code}: ${style.exit.why}`, 0, style, 2)] : []),
    ].join('\n'),
    ...section('What is wrong, worst first', problems(open, paint, style), paint),
    ...section('One cause, many findings', causes(open, style), paint),
    ...section('Worst registries', worstOf(registries, bySubject, style), paint),
    ...section('By owner', owners(registries, bySubject, style), paint),
  ].join('\n\n');
}

const section = (title: string, lines: readonly string[], paint: Paint): string[] =>
  lines.length > 0 ? [[paint.strong(title), ...lines].join('\n')] : [];

function countsOf(
  registries: readonly ReportSubject[],
  open: readonly Row<Failed>[],
  bySubject: ReadonlyMap<string, readonly Row[]>,
  paint: Paint,
): string {
  const having = (severity: Severity) =>
    registries.filter(({ id }) => bySubject.get(id)?.some((row) => row.severity === severity)).length;
  const clean = registries.filter(({ id }) => !bySubject.has(id)).length;
  const cell = (value: string | number) => String(value).padStart(9);
  const row = (name: string, cells: readonly (string | number)[]) => name.padEnd(11) + cells.map(cell).join('');
  return [
    paint.faint(row('', [...shownSeverities, 'clean'])),
    row('registries', [...shownSeverities.map(having), clean]),
    row(
      'findings',
      shownSeverities.map((severity) => open.filter((one) => one.severity === severity).length),
    ),
  ].join('\n');
}

function problems(open: readonly Row<Failed>[], paint: Paint, style: Style): string[] {
  const groups = [...grouped(open, ({ check, severity }) => `${check.id} ${severity}`).values()].sort(
    (a, b) => rank(a) - rank(b) || b.length - a.length,
  );
  const columns = columnsOf(style) - 11 - 7;
  const names = Math.min(26, Math.floor(columns / 3));
  const lines = groups.slice(0, most.problems).flatMap((rows) => {
    const [first] = rows;
    if (!first) return [];
    const kind = first.subject.kind === 'subscription' ? ' (subscriptions)' : '';
    const text = clipped(`${first.check.problem}${kind}`, columns - names).padEnd(columns - names);
    const who = clipped(rows.map(({ subject }) => subject.name).join(' '), names);
    return [
      ` ${paint.severity[first.severity](first.severity.toUpperCase().padEnd(9))} ${text}${String(rows.length).padStart(5)}  ${who}`.trimEnd(),
    ];
  });
  return groups.length > most.problems ? [...lines, ` and ${groups.length - most.problems} more`] : lines;
}

const rank = ([first]: readonly Row[]): number => (first ? severities.indexOf(first.severity) : severities.length);

/** Findings that the very same commands close: a network's missing link, a group's role, a subscription's plan. */
function causes(open: readonly Row<Failed>[], style: Style): string[] {
  const keyOf = ({ check, finding }: Row<Failed>): string =>
    `${check.id}\0${finding.fix.flatMap(({ kind, text }) => (kind === 'command' ? [text] : [])).join('\n')}`;
  return [
    ...grouped(
      open.filter((row) => keyOf(row).endsWith('\0') === false),
      keyOf,
    ).values(),
  ]
    .filter((rows) => new Set(rows.map(({ subject }) => subject.id)).size > 1)
    .sort((a, b) => b.length - a.length)
    .slice(0, most.causes)
    .flatMap((rows) => {
      const [first] = rows;
      const commands = first?.finding.fix.filter(({ kind }) => kind === 'command').length ?? 0;
      const closes = `${counted(commands, 'command')} closes ${counted(rows.length, 'finding')}`;
      return first ? [`  ${clipped(first.finding.message, columnsOf(style) - closes.length - 6)}  (${closes})`] : [];
    });
}

function worstOf(
  registries: readonly ReportSubject[],
  bySubject: ReadonlyMap<string, readonly Row[]>,
  style: Style,
): string[] {
  const bad = registries
    .map((subject) => ({ subject, rows: [...(bySubject.get(subject.id) ?? [])].sort(worstFirst) }))
    .filter(({ rows }) => rows.length > 0)
    .sort((a, b) => compareCounts(a.rows, b.rows));
  const width = Math.min(40, columnsOf(style) - 35);
  return bad.slice(0, most.registries).map(({ subject, rows }) => {
    const cells = shownSeverities.map((severity) => String(count(rows, severity)).padStart(4)).join('');
    return `  ${clipped(subject.name, width).padEnd(width)}${cells}  ${clipped(subject.owner ?? groupOf(subject), 15)}`.trimEnd();
  });
}

const count = (rows: readonly Row[], severity: Severity): number =>
  rows.filter((row) => row.severity === severity).length;

/** More of the worst first. */
function compareCounts(a: readonly Row[], b: readonly Row[]): number {
  for (const severity of severities) {
    const more = count(b, severity) - count(a, severity);
    if (more !== 0) return more;
  }
  return 0;
}

const groupOf = ({ id }: ReportSubject): string => parseId(id)?.resourceGroup ?? subscriptionGuid(idKey(id));

function owners(
  registries: readonly ReportSubject[],
  bySubject: ReadonlyMap<string, readonly Row[]>,
  style: Style,
): string[] {
  if (registries.every(({ owner }) => owner === undefined)) return [];
  return [...grouped(registries, ({ owner }) => owner ?? '(no tag)')]
    .map(([owner, own]) => ({ owner, rows: own.flatMap(({ id }) => bySubject.get(id) ?? []) }))
    .sort((a, b) => compareCounts(a.rows, b.rows))
    .slice(0, most.owners)
    .map(({ owner, rows }) => {
      const cells = shownSeverities.map((severity) => `${count(rows, severity)} ${severity}`).join('  ');
      return `  ${clipped(owner, 30).padEnd(30)}  ${clipped(cells, columnsOf(style) - 34)}`;
    });
}
