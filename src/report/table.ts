import Table from 'cli-table3';
import type { Finding, Report, Verdict } from '../model/report.ts';
import { hiddenFindings } from './filter.ts';
import { type Paint, paintOf } from './paint.ts';
import type { Style } from './reporter.ts';
import { atMost, visible } from './safe-text.ts';
import {
  bySubject,
  counted,
  failedChecks,
  type Group,
  gaps,
  grouped,
  missingText,
  observationText,
  pasteable,
  whereabouts,
} from './view.ts';
import { indented, wrap } from './wrap.ts';

/** With more subjects than this, what passed is counted and not named. */
const namesPasses = 5;

/** Azure's refusal is long, and the missing action below it says the same: this much of it is enough in the summary. */
const gist = 160;

/** Of what one gap is missing, the summary names this much; each registry names its own. */
const namesMissing = 5;

/** For people: each registry with what is wrong, how to see it and how to mend it; then what each failure means, once. */
export const table = (report: Report, style: Style): string => {
  const paint = paintOf(style.colorLevel);
  const groups = bySubject(report);
  const sections = style.quiet
    ? [quietLines(groups, paint)]
    : [
        heading(report, paint),
        ...groups.map((group) => section(report, group, groups.length <= namesPasses, paint, style)),
        ...meanings(report, paint, style),
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
  const open = findings.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'not-applicable');
  return [
    `${paint.strong(visible(subject.name))}  ${paint.faint(visible(whereabouts(report, subject).join(' · ')))}`,
    ...(open.length > 0 ? [overview(open, paint, style)] : []),
    ...open.flatMap((finding) => details(finding, paint, style)),
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

/** What a verdict rests on, and the commands: on lines of their own and never broken, so that they can be copied. */
function details(finding: Finding, paint: Paint, style: Style): string[] {
  const lines = [
    ...finding.observations.map((observation) => indented(observationText(observation), 4, style)),
    ...finding.missing.map((missing) => `    ${visible(missingText(missing))}`),
    ...commands('See it yourself (changes nothing):', finding.confirm),
    ...commands(`Fix (first read what it breaks, under ${visible(finding.check)} below):`, finding.fix),
  ];
  return lines.length > 0 ? ['', `  ${paint.strong(visible(finding.check))}`, ...lines] : [];
}

const commands = (title: string, list: readonly string[]): string[] =>
  list.length > 0 ? [`    ${title}`, ...list.map((command) => `      ${visible(pasteable(command))}`)] : [];

function compact(findings: readonly Finding[], named: boolean, paint: Paint, style: Style): string[] {
  const passed = findings.filter(({ verdict }) => verdict === 'pass').map(({ check }) => check);
  const spared = findings.filter(({ verdict }) => verdict === 'not-applicable');
  const reasons = grouped(spared, ({ reason, message }) => reason ?? message);
  const lines = [
    ...(passed.length > 0
      ? [paint.verdict.pass(indented(`PASS ${named ? passed.join(', ') : counted(passed.length, 'check')}`, 2, style))]
      : []),
    ...[...reasons].map(([why, checks]) =>
      paint.verdict['not-applicable'](
        indented(`NOT APPLICABLE ${checks.map(({ check }) => check).join(', ')}: ${why}`, 2, style),
      ),
    ),
  ];
  return lines.length > 0 ? ['', ...lines] : [];
}

/** Symptom, cause and side effects belong to the check: told once, however many registries fail it. */
function meanings(report: Report, paint: Paint, style: Style): string[] {
  const failed = failedChecks(report);
  if (failed.length === 0) return [];
  return [
    paint.strong('What the failures mean'),
    ...failed.map(({ check, times }) => {
      const parts: [string, string][] = [
        ['Risk', check.why],
        ['Symptom', check.symptom],
        ['Cause', check.cause],
        ['Breaks', check.fix.breaks],
      ];
      return [
        `${paint.strong(visible(check.id))}  ${paint.severity[check.severity](check.severity)}  ${paint.faint(
          `fails on ${counted(times, check.scope === 'registry' ? 'registry' : 'subscription', check.scope === 'registry' ? 'registries' : 'subscriptions')}`,
        )}`,
        ...parts.map(([name, text]) => indented(`${name.padEnd(8)} ${text}`, 2, style, 11)),
        ...check.refs.map((ref) => paint.faint(`  ${'Read'.padEnd(8)} ${visible(ref)}`)),
      ].join('\n');
    }),
  ];
}

const words: Readonly<Record<Verdict, string>> = {
  fail: 'fail',
  unknown: 'unknown',
  error: 'error',
  pass: 'pass',
  'not-applicable': 'not applicable',
};

/** Last, because the end is what a terminal still shows. */
function closing(report: Report, paint: Paint, style: Style): string {
  const { summary } = report;
  const counts = (Object.keys(words) as Verdict[])
    .filter((verdict) => summary[verdict] > 0)
    .map((verdict) => paint.verdict[verdict](`${summary[verdict]} ${words[verdict]}`));
  const registries = report.subjects.filter(({ kind }) => kind === 'registry').length;
  const hidden = hiddenFindings(report);
  const unseen = gaps(report);
  const [worst] = failedChecks(report);
  return [
    [counted(registries, 'registry', 'registries'), ...(counts.length > 0 ? counts : ['nothing was judged'])].join(
      ' · ',
    ),
    ...(hidden > 0 ? [paint.faint(`${counted(hidden, 'finding')} not shown: a filter is set`)] : []),
    ...(report.complete ? [] : incomplete(unseen, paint, style)),
    ...(worst ? [paint.faint(`acr-audit explain ${visible(worst.check.id)} tells more of the worst failure`)] : []),
  ].join('\n');
}

function incomplete(unseen: ReturnType<typeof gaps>, paint: Paint, style: Style): string[] {
  return [
    paint.verdict.unknown(
      unseen.length > 0 ? `INCOMPLETE: ${counted(unseen.length, 'thing')} could not be seen` : 'INCOMPLETE',
    ),
    ...unseen.flatMap(({ what, missing, findings }) => [
      indented(
        `${missing.length > 0 ? atMost(what, gist) : what}${findings > 1 ? ` (${findings} verdicts wait for it)` : ''}`,
        2,
        style,
      ),
      ...missing.slice(0, namesMissing).map((one) => `    ${visible(missingText(one))}`),
      ...(missing.length > namesMissing ? [`    and ${missing.length - namesMissing} more`] : []),
    ]),
  ];
}
