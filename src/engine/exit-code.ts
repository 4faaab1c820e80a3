import { type Severity, severities } from '../model/check.ts';
import { isOpenFailure, type Report, severityOf } from '../model/report.ts';

export type FailOn = Exclude<Severity, 'info'> | 'none';
export type ExitCode = 0 | 1 | 2 | 3;

/** Judged once, on all findings, for every format: 2 a check broke, 1 a finding at or above the bar, 3 not all was seen. */
export function exitCode(report: Report, failOn: FailOn, allowIncomplete: boolean): ExitCode {
  if (report.summary.error > 0) return 2;
  const bar = failOn === 'none' ? -1 : severities.indexOf(failOn);
  const checks = new Map(report.checks.map((check) => [check.id, check]));
  const over = report.subjects.some(({ findings }) =>
    findings.some((finding) => {
      const check = checks.get(finding.check);
      return isOpenFailure(finding) && check && severities.indexOf(severityOf(finding, check)) <= bar;
    }),
  );
  if (over) return 1;
  return report.complete || allowIncomplete ? 0 : 3;
}
