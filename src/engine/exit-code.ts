import { type Severity, severities } from '../model/check.ts';
import { isOpenFailure, type Report, severityOf } from '../pages/report.ts';

export type FailOn = Exclude<Severity, 'info'> | 'none';
export type ExitCode = 0 | 1 | 2 | 3;

/** How the command ends, and why. */
export interface Exit {
  readonly code: ExitCode;
  readonly why: string;
}

/** Judged once, on all findings, for every format: 2 a check broke, 1 a finding at or above the bar, 3 not all was seen. */
export function exitOf(report: Report, failOn: FailOn, allowIncomplete: boolean): Exit {
  if (report.summary.error > 0) return { code: 2, why: `${counted(report.summary.error, 'check')} broke` };
  const bar = failOn === 'none' ? -1 : severities.indexOf(failOn);
  const checks = new Map(report.checks.map((check) => [check.id, check]));
  const over = report.subjects
    .flatMap(({ findings }) => findings)
    .filter((finding) => {
      const check = checks.get(finding.check);
      return isOpenFailure(finding) && check && severities.indexOf(severityOf(finding, check)) <= bar;
    }).length;
  const unseen = report.complete ? '' : '; not all could be seen';
  if (over > 0) return { code: 1, why: `${counted(over, 'finding')} at or above ${failOn}${unseen}` };
  const none = failOn === 'none' ? 'findings do not count' : `nothing at or above ${failOn}`;
  if (report.complete) return { code: 0, why: none };
  return allowIncomplete
    ? { code: 0, why: `${none}; not all could be seen, which is allowed` }
    : { code: 3, why: `${none}, but not all could be seen` };
}

const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

export const exitCode = (report: Report, failOn: FailOn, allowIncomplete: boolean): ExitCode =>
  exitOf(report, failOn, allowIncomplete).code;
