import { severities } from '../model/check.ts';
import type { Report } from '../pages/report.ts';
import { count, openFailures, registriesByWorst } from './overview.ts';
import type { Exit } from './reporter.ts';
import { visible } from './safe-text.ts';
import { rowsOf } from './view.ts';

const mostNames = 3;

/** For a scan that writes files only: how bad it is, who is worst, where the files are, and why the exit code is what it is. */
export function closingLines(report: Report, files: readonly string[], exit: Exit): string[] {
  const open = openFailures(rowsOf(report));
  const { unknown, error, pass, waived } = report.summary;
  const bySeverity = severities.filter((one) => count(open, one) > 0).map((one) => `${count(open, one)} ${one}`);
  const worst = registriesByWorst(report, open).filter(({ rows }) => rows.length > 0);
  return [
    `${bySeverity.join(', ') || 'nothing fails'}; ${unknown} unknown, ${error} broken, ${pass} passed${waived > 0 ? `, ${waived} accepted` : ''}${report.complete ? '' : '; incomplete'}`,
    ...(worst.length > 0
      ? [
          `worst: ${worst
            .slice(0, mostNames)
            .map(({ of }) => of.name)
            .join(', ')}`,
        ]
      : []),
    `written: ${files.join(', ')}`,
    `exit ${exit.code}: ${exit.why}`,
  ].map(visible);
}
