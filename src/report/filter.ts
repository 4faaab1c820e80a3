import { type Severity, severities } from '../model/check.ts';
import type { Report, Verdict } from '../model/report.ts';

/** What the reader wants to see. */
export interface Filter {
  readonly minSeverity?: Severity;
  readonly verdicts?: readonly Verdict[];
}

/**
 * The report with fewer findings to read; summary and completeness stay those of the whole scan. Meant for what people
 * read: code scanning takes a result that is missing from SARIF for a fixed one.
 */
export function shown(report: Report, { minSeverity = 'info', verdicts }: Filter): Report {
  const bar = severities.indexOf(minSeverity);
  const findings = report.findings.filter(
    ({ severity, verdict }) =>
      severities.indexOf(severity) <= bar && (verdicts === undefined || verdicts.includes(verdict)),
  );
  return { ...report, findings };
}

/** Findings that the summary counts and a filter left out. */
export function hiddenFindings({ summary, findings }: Report): number {
  const all = summary.pass + summary.fail + summary.unknown + summary.error + summary['not-applicable'];
  return all - findings.length;
}
