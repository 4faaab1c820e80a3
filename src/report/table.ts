import Table from 'cli-table3';
import { type Report, type ReportSubject, saidBy } from '../model/report.ts';
import { closing } from './closing.ts';
import { details, meanings, worstFailures } from './details.ts';
import { type Paint, paintOf } from './paint.ts';
import type { Style } from './reporter.ts';
import { visible } from './safe-text.ts';
import { counted, grouped, type Row, rowsOf, whereabouts, worstFirst } from './view.ts';
import { indented, wrap } from './wrap.ts';

/** With more subjects than this, what passed is counted and not named. */
const namesPasses = 5;

interface Group {
  readonly subject: ReportSubject;
  readonly rows: readonly Row[];
}

/** Every subject that has something to tell, the one with the worst failure first. */
const bySubject = (report: Report): Group[] =>
  [...grouped(rowsOf(report), ({ subject }) => subject.id).values()]
    .flatMap((rows) => (rows[0] ? [{ subject: rows[0].subject, rows, severity: rows[0].severity }] : []))
    .sort(
      (a, b) =>
        Number(b.rows[0]?.finding.verdict === 'fail') - Number(a.rows[0]?.finding.verdict === 'fail') ||
        worstFirst(a, b),
    );

/** For people: each registry with what is wrong, how to see it and how to mend it; then what each failure means, once. */
export const table = (report: Report, style: Style): string => {
  const paint = paintOf(style.colorLevel);
  const groups = bySubject(report);
  const sections = style.quiet
    ? [quietLines(groups, paint)]
    : [
        heading(report, paint),
        ...groups.map((group) => section(report, group, groups.length <= namesPasses, paint, style)),
        ...(style.brief ? worstFailures(report, paint, style) : meanings(report, paint, style)),
      ];
  return `${[...sections, closing(report, paint, style)].filter(Boolean).join('\n\n')}\n`;
};

const heading = ({ tool, profile, evaluatedAt, cloud }: Report, paint: Paint): string =>
  paint.faint(visible(`${tool.name} ${tool.version} · profile ${profile} · ${cloud} cloud · as of ${evaluatedAt}`));

const quietLines = (groups: readonly Group[], paint: Paint): string =>
  groups
    .flatMap(({ subject, rows }) =>
      rows
        .filter(({ finding }) => finding.verdict === 'fail')
        .map((row) => `${label(row, paint)}  ${visible(`${subject.name}  ${row.check.id}  ${saidBy(row.finding)}`)}`),
    )
    .join('\n');

function section(report: Report, { subject, rows }: Group, named: boolean, paint: Paint, style: Style): string {
  const open = rows.filter(({ finding: { verdict } }) => verdict === 'fail' || verdict === 'error');
  return [
    `${paint.strong(visible(subject.name))}  ${paint.faint(visible(whereabouts(report, subject).join(' · ')))}`,
    ...(open.length > 0 ? [overview(open, paint, style)] : []),
    ...(style.brief ? [] : open.flatMap(({ finding }) => details(finding, paint, style))),
    ...compact(subject, named, paint, style),
  ].join('\n');
}

function overview(open: readonly Row[], paint: Paint, style: Style): string {
  const ids = Math.max(...open.map(({ check }) => check.id.length));
  const drawn = new Table({ style: { head: [], border: [], compact: true } });
  // Borders and padding of three columns, and the longest label.
  const room = Math.max(30, style.width - ids - 'UNKNOWN critical'.length - 10);
  for (const row of open)
    drawn.push([label(row, paint), visible(row.check.id), wrap(saidBy(row.finding), room).join('\n')]);
  return drawn.toString();
}

function label({ finding: { verdict }, severity }: Row, paint: Paint): string {
  const ink = verdict === 'fail' ? paint.severity[severity] : paint.verdict[verdict];
  return ink(`${verdict.toUpperCase().padEnd('UNKNOWN'.length)} ${severity.padEnd('critical'.length)}`);
}

/** What needs no action, and what nobody can judge: a line for each reason. */
function compact({ findings, rest }: ReportSubject, named: boolean, paint: Paint, style: Style): string[] {
  const unknown = findings.filter(({ verdict }) => verdict === 'unknown');
  const passed = Object.keys(rest.pass);
  const spared = Object.entries(rest['not-applicable']);
  const lines = [
    ...[...grouped(unknown, saidBy)].map(([why, some]) =>
      paint.verdict.unknown(indented(`UNKNOWN ${some.map(({ check }) => check).join(', ')}: ${why}`, 2, style)),
    ),
    ...(passed.length > 0
      ? [paint.verdict.pass(indented(`PASS ${named ? passed.join(', ') : counted(passed.length, 'check')}`, 2, style))]
      : []),
    ...(style.brief && spared.length > 0
      ? [paint.verdict['not-applicable'](`  NOT APPLICABLE ${counted(spared.length, 'check')}`)]
      : [...grouped(spared, ([, why]) => why)].map(([why, some]) =>
          paint.verdict['not-applicable'](
            indented(`NOT APPLICABLE ${some.map(([id]) => id).join(', ')}: ${why}`, 2, style),
          ),
        )),
  ];
  return lines.length > 0 ? ['', ...lines] : [];
}
