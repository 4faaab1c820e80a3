import { severities } from '../model/check.ts';
import { idKey, lastPart, sameId, subscriptionGuid, subscriptionOf } from '../model/ids.ts';
import { shellWord } from '../model/shell.ts';
import { type Failed, isOpenFailure, type Report, type ReportSubject, saidBy } from '../pages/report.ts';
import { hiddenFindings } from './filter.ts';
import { findingBlock, numbered } from './finding-block.ts';
import { fleet } from './fleet.ts';
import { joined } from './joined.ts';
import { openFailures } from './overview.ts';
import { type Paint, paintOf } from './paint.ts';
import type { Style } from './reporter.ts';
import { visible } from './safe-text.ts';
import { counted, gaps, grouped, missingText, ofVerdict, type Row, rowsOf, whereabouts, worstFirst } from './view.ts';
import { clipped, columnsOf, indented, prose } from './wrap.ts';

/** With more registries than this, the fleet view. */
const mostInDetail = 5;

/** With more lines than this, the beginning is out of sight when the end is reached: what is worst and why the exit code is
 * what it is are said there once more. */
const screen = 16;

/** Of what keeps a scan incomplete, this many are named, and this many permissions of each. */
const most = { gaps: 8, missing: 3, worst: 3 } as const;

/** For people: what is wrong first, how bad, and why the exit code is what it is; then how to mend each, worst first. */
export const table = (report: Report, style: Style): string => {
  const paint = paintOf(style.colorLevel);
  const rows = rowsOf(report);
  const registries = report.subjects.filter(({ kind }) => kind === 'registry');
  const body = style.quiet
    ? [quietLines(rows, paint)]
    : registries.length > mostInDetail && !style.full
      ? [fleet(report, rows, paint, style)]
      : groupsOf(report, rows, registries).flatMap((group, index) =>
          inDetail(report, group, index === 0, paint, style),
        );
  const told = body.filter(Boolean).join('\n\n');
  const isLong = told.split('\n').length > screen;
  return `${[told, closing(report, rows, isLong, paint, style)].filter(Boolean).join('\n\n')}\n`;
};

/** A subject with its failures and the rest of its rows. */
interface Group {
  readonly subject: ReportSubject;
  readonly rows: readonly Row[];
}

/** The worst subject first. What its subscription fails is told with a registry where there is only one. */
function groupsOf({ subjects }: Report, rows: readonly Row[], registries: readonly ReportSubject[]): Group[] {
  const [only, another] = registries;
  const toldWith = ({ id }: ReportSubject): string =>
    only && !another && sameId(id, subscriptionOf(only.id)) ? only.id : id;
  const bySubject = grouped(rows, ({ subject }) => toldWith(subject));
  return subjects
    .map((subject) => ({ subject, rows: bySubject.get(subject.id) ?? [] }))
    .filter((group) => group.subject.kind === 'registry' || group.rows.length > 0)
    .sort((a, b) => worst(a) - worst(b));
}

const worst = ({ rows }: Group): number =>
  Math.min(...ofVerdict(rows, 'fail').map(({ severity }) => severities.indexOf(severity)), severities.length);

const quietLines = (rows: readonly Row[], paint: Paint): string =>
  rows
    .filter(({ finding }) => finding.verdict === 'fail' || finding.verdict === 'error')
    .sort(worstFirst)
    .map(
      ({ subject, check, severity, finding }) =>
        `${paint.severity[severity](severity.padEnd(8))}  ${visible(`${subject.name}  ${check.id}  ${saidBy(finding)}`)}`,
    )
    .join('\n');

function inDetail(report: Report, group: Group, first: boolean, paint: Paint, style: Style): string[] {
  const { subject, rows } = group;
  const failed = ofVerdict(rows, 'fail').sort(worstFirst);
  const told = numbered(
    style.full ? failed : failed.filter(({ severity }) => severity !== 'low' && severity !== 'info'),
  );
  const sentence = joined({ findings: failed.map(({ finding }) => finding) });
  const [name, ...where] = [subject.name, whereabouts(report, subject).join(' · ')];
  return [
    indented(`${name}   ${where.join('')}`, 0, style, 2).replace(visible(name), (text) => paint.strong(text)),
    ...(sentence ? [indented(sentence, 2, style)] : []),
    [counts(group, paint, style), ...(first ? exitLine(style, 2) : [])].join('\n'),
    ...(told.length > 0
      ? [
          told
            .map(({ number, row }) => {
              const label = row.severity.toUpperCase().padEnd(9);
              const line = clipped(row.finding.message, columnsOf(style) - 14);
              return `${String(number).padStart(2)}  ${paint.severity[row.severity](label)} ${line}`;
            })
            .join('\n'),
        ]
      : []),
    ...unknowns(rows, paint, style),
    ...told.map((one) => findingBlock(one, paint, style)),
    ...(style.full ? rest(subject, paint, style) : []),
  ];
}

/** On the first screen, where the counts are. */
const exitLine = (style: Style, by: number): string[] =>
  style.exit ? [indented(`exit ${style.exit.code}: ${style.exit.why}`, by, style, by + 2)] : [];

function counts({ subject, rows }: Group, paint: Paint, style: Style): string {
  const open = rows.filter(({ finding }) => isOpenFailure(finding));
  const bySeverity = severities
    .map((severity) => ({ severity, count: open.filter((row) => row.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => ({ severity, text: `${count} ${severity}` }));
  const of = (verdict: 'pass' | 'not-applicable') =>
    Object.keys(subject.rest[verdict]).length + rows.filter(({ finding }) => finding.verdict === verdict).length;
  const others: readonly [number, string][] = [
    [ofVerdict(rows, 'fail').length - open.length, 'accepted'],
    [ofVerdict(rows, 'unknown').length, 'unknown'],
    [ofVerdict(rows, 'error').length, 'broken'],
    [of('pass'), 'pass'],
    [of('not-applicable'), 'do not apply'],
  ];
  const bad = bySeverity.map(({ text }) => text).join('   ') || 'nothing fails';
  const painted = bySeverity.map(({ severity, text }) => paint.severity[severity](text)).join('   ') || bad;
  const calm = others
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(' · ');
  const between = 2 + bad.length + 6 + calm.length > columnsOf(style) ? '\n  ' : '      ';
  return `  ${painted}${calm === '' ? '' : between + paint.faint(calm)}`;
}

/** What nobody can judge: a line for each reason. */
function unknowns(rows: readonly Row[], paint: Paint, style: Style): string[] {
  const open = [...ofVerdict(rows, 'error'), ...ofVerdict(rows, 'unknown')];
  if (open.length === 0) return [];
  return [
    [...grouped(open, ({ finding }) => `${finding.verdict}: ${finding.reason}`)]
      .map(([why, some]) =>
        paint.verdict.unknown(indented(`${why} (${some.map(({ check }) => check.id).join(', ')})`, 2, style, 4)),
      )
      .join('\n'),
  ];
}

function rest({ rest: { pass, 'not-applicable': spared } }: ReportSubject, paint: Paint, style: Style): string[] {
  const lines = [
    ...(Object.keys(pass).length > 0
      ? [paint.verdict.pass(prose('pass', Object.keys(pass).join(', '), 10, style))]
      : []),
    ...[...grouped(Object.entries(spared), ([, why]) => why)].map(([why, some]) =>
      paint.faint(prose('no need', `${why} (${some.map(([id]) => id).join(', ')})`, 10, style)),
    ),
  ];
  return lines.length > 0 ? [lines.join('\n')] : [];
}

/** Last, because the end is what a terminal still shows. */
function closing(report: Report, rows: readonly Row[], isLong: boolean, paint: Paint, style: Style): string {
  const { tool, profile, evaluatedAt, cloud } = report;
  const hidden = hiddenFindings(report);
  const registries = report.subjects.filter(({ kind }) => kind === 'registry').length;
  const failed = ofVerdict(rows, 'fail').sort(worstFirst);
  const unseen = notSeen(report, paint, style);
  const low = failed.filter(({ severity }) => severity === 'low' || severity === 'info').length;
  return [
    ...(registries === 0
      ? [`0 registries · ${report.subjects.length === 0 ? 'nothing was' : 'only subscriptions were'} judged`]
      : []),
    ...(hidden > 0 ? [paint.faint(`${counted(hidden, 'finding')} not shown: a filter is set`)] : []),
    ...unseen,
    ...(unseen.length > 0 && isLong ? [''] : []),
    ...(isLong && !style.quiet ? worstLines(openFailures(rows).sort(worstFirst), paint, style) : []),
    ...(style.quiet || registries === 0 || isLong ? exitLine(style, 0) : []),
    ...(failed[0] && !style.quiet ? [paint.faint(indented(next(failed[0], low, style), 0, style, 2))] : []),
    paint.faint(
      indented(
        `${tool.name} ${tool.version} · profile ${profile} · ${cloud} cloud · as of ${evaluatedAt}`,
        0,
        style,
        2,
      ),
    ),
  ].join('\n');
}

/** The first of all that fails, with where. */
const worstLines = (open: readonly Row<Failed>[], paint: Paint, style: Style): string[] =>
  open.slice(0, most.worst).map(({ subject, check, severity }, index) => {
    const label = severity.toUpperCase().padEnd(9);
    const line = clipped(`${subject.name}: ${check.problem}`, columnsOf(style) - 17);
    return `${(index === 0 ? 'worst' : '').padEnd(7)}${paint.severity[severity](label)} ${line}`;
  });

/** What to type next: a plan says what comes first and what excludes what, which a list of fixes does not. */
function next({ subject, check }: Row<Failed>, low: number, { again, full }: Style): string {
  const more = again ? ` ${again}` : '';
  const name = subject.kind === 'registry' ? ` ${shellWord(subject.name)}` : '';
  const rest = low > 0 ? `, ${low} low and info too` : '';
  return [
    `next: acr-audit plan${name}${more} puts the fixes in order`,
    `acr-audit explain ${check.id}`,
    ...(full ? [] : [`--full shows all${rest}`]),
  ].join(' · ');
}

/** A line for each permission that is missing, and one for what no permission would show. */
function permissions(report: Report, unseen: ReturnType<typeof gaps>, style: Style): string[] {
  const all = unseen.flatMap(({ missing, findings }) => missing.map((one) => ({ ...one, findings })));
  const without = unseen.filter(({ missing }) => missing.length === 0);
  return [
    ...[...grouped(all, ({ action }) => action)].map(([action, own]) => {
      const scopes = new Set(own.map(({ scope }) => idKey(scope)));
      const where = scopes.size === 1 ? placeOf(report, own[0]?.scope ?? '') : `${scopes.size} scopes`;
      return indented(`needs ${action} at ${where}`, 2, style, 4);
    }),
    ...without.slice(0, most.gaps).map(({ what }) => `  ${clipped(what, columnsOf(style) - 2)}`),
    ...(without.length > most.gaps ? [`  and ${without.length - most.gaps} more: --full names them`] : []),
  ];
}

/** A scope in a word: the name of a resource, or of the subscription. */
function placeOf({ scopes }: Report, scope: string): string {
  const [, , subscription = '', kind, , ...rest] = scope.split('/');
  if (kind !== undefined && (rest.length > 0 || kind.toLowerCase() !== 'providers')) return lastPart(scope);
  const named = scopes.find(({ id }) => idKey(subscriptionGuid(id)) === idKey(subscription));
  return `subscription ${named?.name ?? subscription}`;
}

/** What keeps the scan incomplete: a line for each, and in a quiet report one line for all. */
function notSeen(report: Report, paint: Paint, style: Style): string[] {
  const unseen = gaps(report);
  if (report.complete && unseen.length === 0) return [];
  const title = report.complete
    ? `not read, and no verdict rests on it: ${counted(unseen.length, 'thing')}`
    : `INCOMPLETE: ${counted(unseen.length, 'thing')} could not be seen`;
  if (style.quiet) return report.complete ? [] : [paint.verdict.unknown(title)];
  // What changes no verdict is named where somebody asks for all of it.
  if (report.complete && !style.full) return [paint.faint(indented(`${title} (--full names them)`, 0, style, 2))];
  const registries = report.subjects.filter(({ kind }) => kind === 'registry').length;
  if (registries > mostInDetail && !style.full)
    return [paint.verdict.unknown(title), ...permissions(report, unseen, style)];
  const shown = style.full ? unseen : unseen.slice(0, most.gaps);
  return [
    paint.verdict.unknown(title),
    ...shown.flatMap(({ what, missing, findings }) => [
      indented(`${what}${findings > 1 ? ` (${findings} verdicts wait for it)` : ''}`, 2, style, 4),
      ...missing.slice(0, most.missing).map((one) => indented(missingText(one), 4, style, 6)),
      ...(missing.length > most.missing ? [`    and ${missing.length - most.missing} more`] : []),
    ]),
    ...(shown.length < unseen.length ? [`  and ${unseen.length - shown.length} more: --full names them`] : []),
  ];
}
