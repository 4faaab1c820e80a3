import type { Failed, Finding, Report, ReportCheck, ReportStep } from '../model/report.ts';
import type { Paint } from './paint.ts';
import type { Style } from './reporter.ts';
import { visible } from './safe-text.ts';
import { counted, failedChecks, type Row, stepLine } from './view.ts';
import { indented } from './wrap.ts';

/** What a verdict rests on, and the commands: on lines of their own and never broken, so that they can be copied. */
export function details(finding: Finding, paint: Paint, style: Style): string[] {
  if (finding.verdict !== 'fail') return [];
  const lines = evidenceLines(finding, `under ${visible(finding.check)} below`, style);
  return lines.length > 0 ? ['', `  ${paint.strong(visible(finding.check))}`, ...lines] : [];
}

const evidenceLines = (finding: Failed, breaksWhere: string, style: Style): string[] => [
  ...finding.observations.map(({ words }) => indented(words, 4, style)),
  ...commands('See it yourself (changes nothing):', finding.confirm),
  ...commands(`Fix (first read what it breaks, ${breaksWhere}):`, finding.fix),
];

const commands = (title: string, list: readonly ReportStep[]): string[] =>
  list.length > 0 ? [`    ${title}`, ...list.map((step) => `      ${visible(stepLine(step))}`)] : [];

/** Symptom, cause and side effects belong to the check: told once, however many registries fail it. */
export function meanings(report: Report, paint: Paint, style: Style): string[] {
  const failed = failedChecks(report);
  if (failed.length === 0) return [];
  return [paint.strong('What the failures mean'), ...failed.map((one) => meaning(one, [], paint, style))];
}

/** In a report on many registries: the worst failures in full, each shown on one of the registries that fail. */
export function worstFailures(report: Report, paint: Paint, style: Style): string[] {
  const failed = failedChecks(report).filter(({ check }) => check.severity === 'critical' || check.severity === 'high');
  if (failed.length === 0) return [];
  return [
    paint.strong('The worst failures, and how to mend them'),
    ...failed.map((one) => {
      const [example] = one.rows;
      if (example?.finding.verdict !== 'fail') return meaning(one, [], paint, style);
      const where = `  ${'On'.padEnd(8)} ${visible(example.subject.name)}: ${visible(example.finding.message)}`;
      return meaning(
        one,
        [indented(where.trim(), 2, style, 11), ...evidenceLines(example.finding, 'above', style)],
        paint,
        style,
      );
    }),
  ];
}

function meaning(
  { check, rows }: { readonly check: ReportCheck; readonly rows: readonly Row[] },
  example: readonly string[],
  paint: Paint,
  style: Style,
): string {
  const parts: [string, string][] = [
    ['Risk', check.why],
    ['Symptom', check.symptom],
    ['Cause', check.cause],
    ['Breaks', check.breaks],
  ];
  const [one, many] = check.scope === 'registry' ? ['registry', 'registries'] : ['subscription', 'subscriptions'];
  return [
    `${paint.strong(visible(check.id))}  ${paint.severity[check.severity](check.severity)}  ${paint.faint(`fails on ${counted(rows.length, one, many)}`)}`,
    ...parts.map(([name, text]) => indented(`${name.padEnd(8)} ${text}`, 2, style, 11)),
    ...check.refs.map((ref) => paint.faint(`  ${'Read'.padEnd(8)} ${visible(ref)}`)),
    ...example,
  ].join('\n');
}
