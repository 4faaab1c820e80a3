import { appendFile } from 'node:fs/promises';
import type { Report } from '../pages/report.ts';
import type { Format } from '../report/formats.ts';
import { type Exit, reporters, type Style, shown } from '../report/index.ts';
import { mostRuns } from '../report/sarif.ts';
import { UsageError } from './errors.ts';
import { isFolder, type OutputAsked } from './output.ts';
import { writeSarifFolder } from './sarif-folder.ts';
import { answer, colorLevel, writeTo } from './terminal.ts';
import { widthOf } from './width.ts';

/** Refuses SARIF in one file that code scanning would reject, as soon as the number of subscriptions is known. */
export function checkRuns({ targets: wanted }: OutputAsked, subscriptions: number): void {
  if (subscriptions <= mostRuns || !wanted.some((one) => one.format === 'sarif' && !isFolder(one))) return;
  throw new UsageError(
    `${subscriptions} subscriptions are ${subscriptions} runs of SARIF, and code scanning takes ${mostRuns} in a file`,
    'write folders of as many as it takes: -o sarif=acr-audit-sarif/',
  );
}

/** What machines read is never filtered: code scanning takes a missing result for a fixed one. */
const filtered: ReadonlySet<Format> = new Set(['table', 'markdown', 'github', 'azure-pipelines']);

/** Writes the report in every wanted form; one that cannot be written does not take the others with it. */
export async function writeReport(
  report: Report,
  output: OutputAsked,
  told: Pick<Style, 'exit' | 'notes' | 'drift'>,
): Promise<void> {
  const { targets: wanted, filter, full, quiet, color, again } = output;
  const failures: unknown[] = [];
  for (const { format, path } of wanted) {
    const level = path === null ? colorLevel(color, process.env, process.stdout) : 0;
    const style = {
      colorLevel: level,
      width: widthOf(process.stdout, process.env),
      quiet,
      full,
      ...told,
      ...(again ? { again } : {}),
    };
    const pieces = reporters[format](filtered.has(format) ? shown(report, filter) : report, style);
    if (path !== null && isFolder({ format, path })) {
      await writeSarifFolder(path, report).catch((error: unknown) => failures.push(error));
      continue;
    }
    // The summary of a GitHub job is appended to: other steps have their part in it.
    const flags = path === process.env['GITHUB_STEP_SUMMARY'] ? 'a' : 'w';
    const written = path === null ? answer(format, pieces) : writeTo(path, pieces, flags);
    await written.catch((error: unknown) => failures.push(error));
  }
  const outputs = process.env['GITHUB_OUTPUT'];
  if (outputs && wanted.some(({ format }) => format === 'github'))
    await appendFile(outputs, stepOutputs(report, told.exit)).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/** What later steps of a GitHub job read; numbers and a truth value, so that no name gets in. */
const stepOutputs = ({ complete, summary }: Report, exit: Exit | undefined): string =>
  [`complete=${complete}`, `findings=${summary.fail}`, ...(exit ? [`exit-code=${exit.code}`] : []), ''].join('\n');
