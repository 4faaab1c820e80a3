import yargs, { type CommandModule } from 'yargs';
import type { Finish } from './asked.ts';
import { checks } from './checks.ts';
import { collect } from './collect.ts';
import { convert } from './convert.ts';
import { diff } from './diff.ts';
import { UsageError } from './errors.ts';
import { explain } from './explain.ts';
import { exporting } from './export.ts';
import { commonOptions } from './options.ts';
import { plan } from './plan.ts';
import { probe } from './probe.ts';
import { readyWidth } from './ready-pages.ts';
import { scan } from './scan.ts';
import { tool } from './tool.ts';
import { widthOf } from './width.ts';
import { wrongWords } from './wrong-words.ts';

/** Runs the command line (without node and script); resolves to the exit code, and never throws. */
export async function main(argv: readonly string[]): Promise<number> {
  let code = 0;
  const finish: Finish = (given) => {
    code = given;
  };
  let lost: unknown = null;
  // A reader that went away (`| head`) has what it wanted; a full disk has not.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') lost = error;
  });
  process.stderr.on('error', () => {});
  const modules = [
    scan(finish),
    collect(finish),
    plan(finish),
    checks(finish),
    explain(finish),
    probe(finish),
    diff(finish),
    convert(finish),
    exporting(finish),
  ];
  const commands = modules.map(({ command }) => String(command).split(' ')[0] ?? '');
  try {
    const parser = yargs([...argv]);
    await parser
      .scriptName(tool.name)
      .version(tool.version)
      .alias('help', 'h')
      .detectLocale(false)
      .parserConfiguration({
        'greedy-arrays': false,
        'boolean-negation': false,
        'camel-case-expansion': false,
        'parse-positional-numbers': false,
      })
      .options(commonOptions)
      .command(modules as CommandModule[])
      .demandCommand(1, 1, `say what to do: ${commands.slice(0, -1).join(', ')} or ${commands.at(-1)}`)
      .strict()
      .wrap(Math.min(widthOf(process.stdout, process.env), readyWidth))
      .epilogue('Exit codes: 0 nothing found, 1 findings, 2 wrong use or no login,\n3 not everything could be seen.')
      .check((args) => once(args, repeatableOf(parser)) && switches(argv, flagsOf(parser)))
      .exitProcess(false)
      .fail((message, error) => {
        throw error ?? wrongWords(message, argv, { commands, options: optionsOf(parser) });
      })
      .parseAsync();
    if (lost !== null) throw lost;
    return code;
  } catch (error) {
    const { explainError } = await import('./explain-error.ts');
    const { lines, exitCode } = explainError(asUsage(error, argv, commands));
    process.stderr.write(`acr-audit: ${lines[0]}\n  ${lines[1]}\n`);
    if (argv.includes('--debug') && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    return exitCode;
  }
}

/** Any option that takes one value, given twice, is a mistake that must not pass unseen. */
function once(args: Readonly<Record<string, unknown>>, repeatable: ReadonlySet<string>): true {
  for (const [name, value] of Object.entries(args))
    if (Array.isArray(value) && !repeatable.has(name))
      throw new UsageError(`--${name} is given ${value.length} times`, 'give it once');
  const [, ...rest] = args['_'] as readonly string[];
  if (rest.length > 0) throw new UsageError(`nothing is read after --: ${rest.join(' ')}`, 'leave out the --');
  return true;
}

/** yargs takes any word but `true` for no. */
function switches(argv: readonly string[], flags: readonly string[]): true {
  for (const typed of argv) {
    const [, name = '', value = ''] = /^--([\w-]+)=(.*)$/s.exec(typed) ?? [];
    if (flags.includes(name) && value !== 'true' && value !== 'false')
      throw new UsageError(`--${name} takes no value: '${value}'`, `--${name} is yes; leave it out for no`);
  }
  return true;
}

const flagsOf = (parser: unknown): readonly string[] =>
  (parser as { getOptions(): { boolean: readonly string[] } }).getOptions().boolean;

/** yargs throws errors of its own for an option without its value. */
const asUsage = (error: unknown, argv: readonly string[], commands: readonly string[]): unknown =>
  error instanceof Error && error.name === 'YError'
    ? wrongWords(error.message, argv, { commands, options: [] })
    : error;

/** The options that take several values. */
const repeatableOf = (parser: unknown): ReadonlySet<string> =>
  new Set(['_', ...(parser as { getOptions(): { array: readonly string[] } }).getOptions().array]);

/** The options of the command that was being read: yargs knows them, and its types do not say so. */
const optionsOf = (parser: unknown): readonly string[] =>
  Object.keys((parser as { getOptions(): { key: object } }).getOptions().key).filter((name) => name.length > 1);
