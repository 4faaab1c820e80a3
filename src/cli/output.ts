import { resolve } from 'node:path';
import { type Verdict, verdicts } from '../pages/report.ts';
import type { Filter } from '../report/filter.ts';
import { type Format, formats } from '../report/formats.ts';
import { checkFolder, checkWritable } from './destination.ts';
import { UsageError } from './errors.ts';
import { didYouMean } from './nearest.ts';
import type { OutputArgs } from './options.ts';
import type { ColorWhen } from './terminal.ts';

/** One `-o FORMAT[=PATH]`; a path of `null` is standard output. SARIF goes into a folder where the path ends in `/`. */
export interface Target {
  readonly format: Format;
  readonly path: string | null;
}

/** SARIF for code scanning, cut into as many files as it takes. */
export const isFolder = ({ format, path }: Target): boolean =>
  format === 'sarif' && path !== null && path.endsWith('/');

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
