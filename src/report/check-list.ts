import Table from 'cli-table3';
import { severities } from '../model/check.ts';
import { byText } from '../model/ids.ts';
import type { ReportCheck } from '../pages/report.ts';
import { paintOf } from './paint.ts';
import type { Style } from './reporter.ts';
import { inMarkdown } from './safe-text.ts';

/** The catalogue of checks, by area, worst first. Ends in a newline. */
export function renderCheckList(
  checks: readonly ReportCheck[],
  format: 'table' | 'json' | 'markdown',
  style: Style,
): string {
  const ordered = [...checks].sort(
    (a, b) =>
      byText(a.area, b.area) || severities.indexOf(a.severity) - severities.indexOf(b.severity) || byText(a.id, b.id),
  );
  if (format === 'json')
    return `${JSON.stringify(
      ordered.map(({ id, area, scope, severity, profile, since, title, frameworks, alsoKnownAs }) => ({
        id,
        area,
        scope,
        severity,
        profile,
        since,
        title,
        frameworks,
        alsoKnownAs,
      })),
      null,
      2,
    )}\n`;
  if (format === 'markdown') {
    const rows = ordered.map(
      ({ id, area, severity, profile, title }) =>
        `| ${id} | ${area} | ${severity} | ${profile} | ${inMarkdown(title)} |`,
    );
    return `${['| check | area | severity | profile | what holds |', '|---|---|---|---|---|', ...rows].join('\n')}\n`;
  }
  const paint = paintOf(style.colorLevel);
  const table = new Table({
    head: ['check', 'area', 'severity', 'profile', 'what holds'].map((title) => paint.strong(title)),
    style: { head: [], border: [], compact: true },
  });
  for (const { id, area, severity, profile, title } of ordered)
    table.push([id, area, paint.severity[severity](severity), profile, title]);
  return `${table.toString()}\n${ordered.length} checks. acr-audit explain <check> tells all about one.\n`;
}
