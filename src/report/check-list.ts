import { severities } from '../model/check.ts';
import { byText } from '../model/ids.ts';
import type { ReportCheck } from '../pages/report.ts';
import { paintOf } from './paint.ts';
import type { Style } from './reporter.ts';
import { inMarkdown } from './safe-text.ts';
import { indented } from './wrap.ts';

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
      ({ id, area, severity, profile, title, frameworks }) =>
        `| ${id} | ${area} | ${severity} | ${profile} | ${inMarkdown(title)} | ${inMarkdown(frameworks.join(', '))} |`,
    );
    const heads = ['check', 'area', 'severity', 'profile', 'what holds', 'controls'];
    return `${[`| ${heads.join(' | ')} |`, `|${heads.map(() => '---|').join('')}`, ...rows].join('\n')}\n`;
  }
  const paint = paintOf(style.colorLevel);
  const check = ({ id, severity, profile, title, frameworks }: ReportCheck): string =>
    [
      `  ${paint.severity[severity](severity.padEnd(8))} ${id}  ${paint.faint(profile)}`,
      paint.faint(indented(title, 11, style)),
      ...(frameworks.length > 0 ? [paint.faint(indented(frameworks.join(', '), 11, style))] : []),
    ].join('\n');
  const areas = [...new Set(ordered.map(({ area }) => area))].map((area) =>
    [paint.strong(area), ...ordered.filter((one) => one.area === area).map(check)].join('\n'),
  );
  return `${areas.join('\n\n')}\n\n${ordered.length} checks. acr-audit explain <check> tells all about one.\n`;
}
