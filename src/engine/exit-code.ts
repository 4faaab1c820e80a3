import { type Severity, severities } from '../model/check.ts';
import type { Report } from '../model/report.ts';

export type FailOn = Exclude<Severity, 'info'> | 'none';
export type ExitCode = 0 | 1 | 2 | 3;

/** Judged once, on all findings, for every format: 2 a check broke, 1 a finding at or above the bar, 3 not all was seen. */
export function exitCode(report: Report, failOn: FailOn, allowIncomplete: boolean): ExitCode {
  if (report.summary.error > 0) return 2;
  const bar = failOn === 'none' ? -1 : severities.indexOf(failOn);
  const over = report.findings.some(
    ({ verdict, waived, severity }) => verdict === 'fail' && waived === null && severities.indexOf(severity) <= bar,
  );
  if (over) return 1;
  return report.complete || allowIncomplete ? 0 : 3;
}
