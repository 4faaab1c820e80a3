import Table from 'cli-table3';
import type { Finding, Report } from '../model/report.ts';
import { closing } from './closing.ts';
import { details, meanings, worstFailures } from './details.ts';
import { type Paint, paintOf } from './paint.ts';
import type { Style } from './reporter.ts';
import { visible } from './safe-text.ts';
import { bySubject, counted, type Group, grouped, whereabouts } from './view.ts';
import { indented, wrap } from './wrap.ts';

/** With more subjects than this, what passed is counted and not named. */
const namesPasses = 5;

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
    .flatMap(({ subject, findings }) =>
      findings
        .filter(({ verdict }) => verdict === 'fail')
        .map(
          (finding) => `${label(finding, paint)}  ${visible(`${subject.name}  ${finding.check}  ${finding.message}`)}`,
        ),
    )
    .join('\n');

function section(report: Report, { subject, findings }: Group, named: boolean, paint: Paint, style: Style): string {
  const open = findings.filter(({ verdict }) => verdict === 'fail' || verdict === 'error');
  return [
    `${paint.strong(visible(subject.name))}  ${paint.faint(visible(whereabouts(report, subject).join(' · ')))}`,
    ...(open.length > 0 ? [overview(open, paint, style)] : []),
    ...(style.brief ? [] : open.flatMap((finding) => details(finding, paint, style))),
    ...compact(findings, named, paint, style),
  ].join('\n');
}

function overview(open: readonly Finding[], paint: Paint, style: Style): string {
  const ids = Math.max(...open.map(({ check }) => check.length));
  const drawn = new Table({ style: { head: [], border: [], compact: true } });
  // Borders and padding of three columns, and the longest label.
  const room = Math.max(30, style.width - ids - 'UNKNOWN critical'.length - 10);
  for (const finding of open)
    drawn.push([label(finding, paint), visible(finding.check), wrap(finding.message, room).join('\n')]);
  return drawn.toString();
}

function label({ verdict, severity }: Finding, paint: Paint): string {
  const ink = verdict === 'fail' ? paint.severity[severity] : paint.verdict[verdict];
  return ink(`${verdict.toUpperCase().padEnd('UNKNOWN'.length)} ${severity.padEnd('critical'.length)}`);
}

/** What needs no action, and what nobody can judge: a line for each reason. */
function compact(findings: readonly Finding[], named: boolean, paint: Paint, style: Style): string[] {
  const of = (wanted: Finding['verdict']) => findings.filter(({ verdict }) => verdict === wanted);
  const ids = (some: readonly Finding[]): string => some.map(({ check }) => check).join(', ');
  const passed = of('pass');
  const spared = of('not-applicable');
  const because = (some: readonly Finding[]) => grouped(some, ({ message }) => message);
  const lines = [
    ...[...because(of('unknown'))].map(([why, some]) =>
      paint.verdict.unknown(indented(`UNKNOWN ${ids(some)}: ${why}`, 2, style)),
    ),
    ...(passed.length > 0
      ? [paint.verdict.pass(indented(`PASS ${named ? ids(passed) : counted(passed.length, 'check')}`, 2, style))]
      : []),
    ...(style.brief && spared.length > 0
      ? [paint.verdict['not-applicable'](`  NOT APPLICABLE ${counted(spared.length, 'check')}`)]
      : [...because(spared)].map(([why, some]) =>
          paint.verdict['not-applicable'](indented(`NOT APPLICABLE ${ids(some)}: ${why}`, 2, style)),
        )),
  ];
  return lines.length > 0 ? ['', ...lines] : [];
}
