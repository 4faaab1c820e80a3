import { type Severity, severities } from '../model/check.ts';
import { isAccepted, type Report, severityOf, type Verdict } from '../pages/report.ts';

/** What the reader wants to see. */
export interface Filter {
  readonly minSeverity?: Severity;
  readonly verdicts?: readonly Verdict[];
  /** Findings that are accepted, too. */
  readonly accepted?: boolean;
}

/**
 * The report with fewer findings to read; summary and completeness stay those of the whole scan. Meant for what people
 * read: code scanning takes a result that is missing from SARIF for a fixed one.
 */
export function shown(report: Report, { minSeverity = 'info', verdicts, accepted = false }: Filter): Report {
  const checks = new Map(report.checks.map((check) => [check.id, check]));
  const bar = severities.indexOf(minSeverity);
  const severe = (severity: Severity | undefined) => severities.indexOf(severity ?? 'info') <= bar;
  const kept = <T>(rest: Readonly<Record<string, T>>, verdict: Verdict): Record<string, T> =>
    Object.fromEntries(
      Object.entries(rest).filter(
        ([id]) => severe(checks.get(id)?.severity) && (verdicts === undefined || verdicts.includes(verdict)),
      ),
    );
  const subjects = report.subjects.map((subject) => ({
    ...subject,
    findings: subject.findings.filter((finding) => {
      const check = checks.get(finding.check);
      if (!accepted && finding.verdict === 'fail' && isAccepted(finding)) return false;
      return (
        severe(check && severityOf(finding, check)) && (verdicts === undefined || verdicts.includes(finding.verdict))
      );
    }),
    rest: {
      pass: kept(subject.rest.pass, 'pass'),
      'not-applicable': kept(subject.rest['not-applicable'], 'not-applicable'),
    },
  }));
  return { ...report, subjects };
}

/** Findings that the summary counts and a filter left out. */
export function hiddenFindings({ summary, subjects }: Report): number {
  const all = Object.values(summary).reduce((sum, count) => sum + count, 0);
  const left = subjects.reduce(
    (sum, { findings, rest }) =>
      sum + findings.length + Object.keys(rest.pass).length + Object.keys(rest['not-applicable']).length,
    0,
  );
  return all - left;
}
