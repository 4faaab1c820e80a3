import type { Severity } from '../model/check.ts';
import { idKey, parseId, subscriptionGuid } from '../model/ids.ts';
import type { Failed, Report, ReportSubject } from '../pages/report.ts';
import {
  type Burden,
  causesOf,
  count,
  openFailures,
  ownersByWorst,
  problemsOf,
  registriesByWorst,
  shownSeverities,
} from './overview.ts';
import type { Paint } from './paint.ts';
import type { Style } from './reporter.ts';
import { visible } from './safe-text.ts';
import { counted, type Row } from './view.ts';
import { cell, clipped, columnsOf, indented } from './wrap.ts';

const most = { problems: 20, causes: 8, registries: 10, owners: 8 } as const;

/** Many registries on one screen: how many are how bad, what is wrong, what one change would close, who is worst. */
export function fleet(report: Report, rows: readonly Row[], paint: Paint, style: Style): string {
  const open = openFailures(rows);
  const registries = registriesByWorst(report, open);
  return [
    paint.strong(
      `${counted(registries.length, 'registry', 'registries')} · ${counted(report.scopes.length, 'subscription')}`,
    ),
    [
      countsOf(registries, open, paint),
      ...(style.exit ? [indented(`exit ${style.exit.code}: ${style.exit.why}`, 0, style, 2)] : []),
    ].join('\n'),
    ...section('What is wrong, worst first', problems(open, paint, style), paint),
    ...section('One cause, many findings', causes(open, style), paint),
    ...section('Worst registries', worstOf(registries, style), paint),
    ...section('By owner', owners(registries, style), paint),
  ].join('\n\n');
}

const section = (title: string, lines: readonly string[], paint: Paint): string[] =>
  lines.length > 0 ? [[paint.strong(title), ...lines].join('\n')] : [];

function countsOf(registries: readonly Burden<ReportSubject>[], open: readonly Row<Failed>[], paint: Paint): string {
  const having = (severity: Severity) => registries.filter(({ rows }) => count(rows, severity) > 0).length;
  const clean = registries.filter(({ rows }) => rows.length === 0).length;
  const row = (name: string, cells: readonly (string | number)[]) =>
    name.padEnd(11) + cells.map((value) => String(value).padStart(9)).join('');
  return [
    paint.faint(row('', [...shownSeverities, 'clean'])),
    row('registries', [...shownSeverities.map(having), clean]),
    row(
      'findings',
      shownSeverities.map((severity) => count(open, severity)),
    ),
  ].join('\n');
}

function problems(open: readonly Row<Failed>[], paint: Paint, style: Style): string[] {
  const all = problemsOf(open);
  const columns = columnsOf(style) - 11 - 7;
  const names = Math.min(26, Math.floor(columns / 3));
  const lines = all.slice(0, most.problems).map(({ check, severity, rows }) => {
    const kind = check.scope === 'subscription' ? ' (subscriptions)' : '';
    const text = cell(`${check.problem}${kind}`, columns - names);
    const who = firstNames(
      rows.map(({ subject }) => subject.name),
      names,
    );
    return ` ${paint.severity[severity](severity.toUpperCase().padEnd(9))} ${text}${String(rows.length).padStart(5)}  ${who}`.trimEnd();
  });
  return all.length > most.problems ? [...lines, ` and ${all.length - most.problems} more`] : lines;
}

/** As many names as fit, whole, and how many more there are. */
function firstNames(names: readonly string[], width: number): string {
  const left = (shown: number) => (shown < names.length ? ` +${names.length - shown}` : '');
  // No more fit than have one letter and a space each.
  for (let shown = Math.min(names.length, width); shown > 1; shown -= 1) {
    const line = names.slice(0, shown).join(' ') + left(shown);
    if (clipped(line, width) === visible(line)) return line;
  }
  return clipped(names[0] ?? '', width - left(1).length) + left(1);
}

const causes = (open: readonly Row<Failed>[], style: Style): string[] =>
  causesOf(open)
    .slice(0, most.causes)
    .map(({ first, rows, commands }) => {
      const closes = `${counted(commands, 'command')} closes ${counted(rows.length, 'finding')}`;
      return `  ${clipped(first.finding.message, columnsOf(style) - closes.length - 6)}  (${closes})`;
    });

function worstOf(registries: readonly Burden<ReportSubject>[], style: Style): string[] {
  const width = Math.min(40, columnsOf(style) - 35);
  return registries
    .filter(({ rows }) => rows.length > 0)
    .slice(0, most.registries)
    .map(({ of, rows }) => {
      const cells = shownSeverities.map((severity) => String(count(rows, severity)).padStart(4)).join('');
      return `  ${cell(of.name, width)}${cells}  ${clipped(of.owner ?? groupOf(of), 15)}`.trimEnd();
    });
}

const groupOf = ({ id }: ReportSubject): string => parseId(id)?.resourceGroup ?? subscriptionGuid(idKey(id));

const owners = (registries: readonly Burden<ReportSubject>[], style: Style): string[] =>
  ownersByWorst(registries)
    .slice(0, most.owners)
    .map(({ of, rows }) => {
      const cells = shownSeverities.map((severity) => `${count(rows, severity)} ${severity}`).join('  ');
      return `  ${cell(of, 30)}  ${clipped(cells, columnsOf(style) - 34)}`;
    });
