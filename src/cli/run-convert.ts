import { type ExitCode, exitOf } from '../engine/exit-code.ts';
import type { ConvertAsked } from './asked.ts';
import { readReport } from './report-file.ts';
import { checkRuns, writeReport } from './write-report.ts';

/** Tells a saved report again; the exit code is that of its scan. */
export async function runConvert({ file, output, failOn, allowIncomplete }: ConvertAsked): Promise<ExitCode> {
  const report = await readReport(file);
  checkRuns(output, report.scopes.length);
  const exit = exitOf(report, failOn ?? 'high', allowIncomplete);
  await writeReport(report, output, { exit });
  return exit.code;
}
