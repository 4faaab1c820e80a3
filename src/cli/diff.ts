import type { CommandModule, InferredOptionTypes } from 'yargs';
import { diffFormats, type Finish } from './asked.ts';
import { checkOptions, type commonOptions, evidenceOptions, onlyOne, outputOptions } from './options.ts';
import { targetOf } from './output.ts';
import { styleOn } from './terminal.ts';

const options = {
  ...checkOptions,
  config: evidenceOptions.config,
  'fail-on': { ...outputOptions['fail-on'], describe: 'lowest severity of a new finding that fails the command' },
  output: {
    alias: 'o',
    string: true,
    requiresArg: true,
    default: 'table',
    describe: `FORMAT[=PATH]: ${diffFormats.join(', ')}`,
    coerce: onlyOne('output'),
  },
} as const;

type DiffArgs = Omit<InferredOptionTypes<typeof options & typeof commonOptions>, 'output'> & {
  readonly output: string;
  readonly before: string;
  readonly after: string;
};

export const diff = (finish: Finish): CommandModule<object, DiffArgs> => ({
  command: 'diff <before> <after>',
  describe: 'what is new, fixed, still there or no longer seen, of two reports or snapshots',
  builder: (yargs) =>
    yargs
      .positional('before', { string: true, demandOption: true, describe: 'a JSON report or a snapshot' })
      .positional('after', { string: true, demandOption: true, describe: 'a later one' })
      .options(options)
      .example('$0 diff monday.jsonl.gz today.jsonl.gz', 'two snapshots, judged alike') as never,
  handler: async (args) => {
    const { runDiff } = await import('./run-diff.ts');
    finish(
      await runDiff({
        before: args.before,
        after: args.after,
        choice: { profile: args.profile, check: args.check ?? [], skip: args.skip ?? [], area: args.area ?? [] },
        configFile: args.config,
        failOn: args['fail-on'],
        ...targetOf(args.output, diffFormats),
        style: styleOn(process.stdout, args.color, process.env),
      }),
    );
  },
});
