import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Report } from '../pages/report.ts';
import { type Verdict, verdicts } from '../pages/report.ts';
import { type Format, formats } from '../report/formats.ts';
import { type Exit, type Filter, reporters, type Style, shown } from '../report/index.ts';
import { mostRuns } from '../report/sarif.ts';
import { checkFolder, checkWritable } from './destination.ts';
import { UsageError } from './errors.ts';
import { didYouMean } from './nearest.ts';
import type { OutputArgs } from './options.ts';
import { writeSarifFolder } from './sarif-folder.ts';
import { answer, type ColorWhen, colorLevel, widthOf, writeTo } from './terminal.ts';

/** One `-o FORMAT[=PATH]`; a path of `null` is standard output. SARIF goes into a folder where the path ends in `/`. */
export interface Target {
  readonly format: Format;
  readonly path: string | null;
}

const isFolder = ({ format, path }: Target): boolean => format === 'sarif' && path !== null && path.endsWith('/');

/** Reads one `-o`, of a command that has these formats. Throws a `UsageError`. */
export function targetOf<F extends Format>(output: string, known: readonly F[]): Target & { readonly format: F } {
  const [name = '', ...path] = output.split('=');
  const format = known.find((one) => one === name || (one === 'markdown' && name === 'md'));
  if (!format)
    throw new UsageError(
      `there is no output format '${name}'`,
      `${didYouMean(name, known) ?? ''} the formats are ${known.join(', ')}`.trim(),
    );
  const file = path.join('=');
  if (path.length > 0 && file === '')
    throw new UsageError(`-o ${output} names no file`, `-o ${format}=FILE, or -o ${format}`);
  const target = { format, path: file === '' || file === '-' ? null : file };
  if (isFolder(target)) checkFolder(file);
  else if (target.path !== null) checkWritable(file);
  return target;
}

/** Reads every `-o`. Throws a `UsageError`. */
export function targets(outputs: readonly string[] = ['table']): Target[] {
  const found = outputs.map((output) => targetOf(output, formats));
  const files = found.flatMap(({ path }) => (path === null ? [] : [resolve(path)]));
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined) throw new UsageError(`two outputs go to ${twice}`, 'give each a file of its own');
  if (found.filter(({ path }) => path === null).length > 1)
    throw new UsageError(
      'two outputs cannot share standard output',
      'give all but one of them a file: -o sarif=acr.sarif',
    );
  return found;
}

export function filterOf({
  verdict,
  'min-severity': minSeverity,
}: Pick<OutputArgs, 'verdict' | 'min-severity'>): Filter {
  const wanted = (verdict ?? [])
    .flatMap((list) => list.split(','))
    .map((name) => {
      const known = verdicts.find((one) => one === name);
      if (!known)
        throw new UsageError(
          `there is no verdict '${name}'`,
          `${didYouMean(name, verdicts) ?? ''} the verdicts are ${verdicts.join(', ')}`.trim(),
        );
      return known satisfies Verdict;
    });
  return { ...(minSeverity ? { minSeverity } : {}), ...(wanted.length > 0 ? { verdicts: wanted } : {}) };
}

/** How a report is told: where each form goes, and what people see of it. */
export interface OutputAsked {
  readonly targets: readonly Target[];
  readonly filter: Filter;
  /** Every registry with every detail. */
  readonly full: boolean;
  /** With the pages of `explain` about each registry. */
  readonly pages: boolean;
  readonly quiet: boolean;
  /** Options that bring the same evidence again, for the commands that a report proposes. */
  readonly again?: string;
  readonly color: ColorWhen;
}

/** Reads what was typed, before anything is asked of Azure. Throws a `UsageError`. */
export function outputOf(args: OutputArgs): OutputAsked {
  const wanted = targets(args.output);
  return {
    targets: wanted,
    pages: args.pages || wanted.some(({ format }) => format === 'html'),
    filter: { ...filterOf(args), ...(args['show-waived'] ? { accepted: true } : {}) },
    full: args.full,
    quiet: args.quiet,
    color: args.color,
  };
}

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
