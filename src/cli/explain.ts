import type { CommandModule } from 'yargs';
import { type Finish, type PageAsked, type PageFormat, pageFormats } from './asked.ts';
import { askingOf } from './asking.ts';
import { UsageError } from './errors.ts';
import { type EvidenceArgs, evidenceOptions, onlyOne } from './options.ts';
import { styleOn } from './terminal.ts';

type ExplainArgs = Omit<EvidenceArgs, 'registry'> & {
  readonly topic: string;
  readonly text: readonly string[];
  readonly registry: string | undefined;
  readonly output: PageFormat;
  readonly list: boolean;
  readonly 'in-use': readonly string[] | undefined;
  readonly value: readonly string[] | undefined;
};

/** Pages about one registry, whose name is their text. */
const aboutRegistry = ['path', 'access'];

export const explain = (finish: Finish): CommandModule<object, ExplainArgs> => ({
  command: 'explain <topic> [text..]',
  describe: 'a check in full; who can pull, who can do what, what a purge deletes, what a symptom means',
  builder: (yargs) =>
    yargs
      .positional('topic', {
        string: true,
        demandOption: true,
        describe: 'a check id, or a page: path, access, purge, symptom',
      })
      .positional('text', {
        array: true,
        string: true,
        describe: 'of path and access: a registry; of purge: a command or a file; of symptom: what you see',
        default: [] as string[],
        defaultDescription: 'none',
      })
      .options(evidenceOptions)
      .option('registry', {
        string: true,
        requiresArg: true,
        describe: 'the registry that a check or a purge is about',
        coerce: onlyOne('registry'),
        group: 'Scope:',
      })
      .option('output', {
        alias: 'o',
        string: true,
        requiresArg: true,
        choices: pageFormats,
        default: 'table' as const,
        describe: 'format; csv and sarif for a purge',
        coerce: onlyOne('output'),
      })
      .option('list', {
        boolean: true,
        default: false,
        describe: 'every tag and manifest, why it goes or stays (with --registry)',
        group: 'Of a purge:',
      })
      .option('in-use', {
        array: true,
        string: true,
        nargs: 1,
        requiresArg: true,
        describe: 'what runs: kubectl get pods -A -o json, or a list of images; - is standard input',
        group: 'Of a purge:',
      })
      .option('value', {
        array: true,
        string: true,
        nargs: 1,
        requiresArg: true,
        describe: 'NAME=VALUE, for {{.Values.NAME}} or $NAME in the command',
        group: 'Of a purge:',
      })
      .example('$0 explain admin-user-disabled', 'why, and how to mend it')
      .example('$0 explain symptom "denied: client with IP"', 'which checks explain it')
      .example('$0 explain path kvacrprod', 'from which networks it can be pulled')
      .example('$0 explain access kvacrprod', 'who can do what to it')
      .example(`$0 explain purge "acr purge --filter 'app:.*' --ago 30d"`, 'what it would delete')
      .example('$0 explain purge --registry kvacrprod --list', 'what its own tasks delete tonight, and why') as never,
  handler: async (args) => finish(await (await import('./run-explain.ts')).runExplain(pageAsked(args))),
});

function pageAsked(args: ExplainArgs): PageAsked {
  const [name, ...rest] = args.text;
  const named = aboutRegistry.includes(args.topic) && args.registry === undefined && rest.length === 0;
  const registry = named ? name : args.registry;
  if ((args.output === 'sarif' || args.output === 'csv') && args.topic !== 'purge')
    throw new UsageError(`only explain purge writes ${args.output}`, '-o table or -o json');
  return {
    topic: args.topic,
    text: named ? [] : args.text,
    registry,
    asking: askingOf({ ...args, registry: registry === undefined ? [] : [registry] }, process.env),
    configFile: args.config,
    json: args.output === 'json',
    format: args.output,
    purge: {
      list: args.list || args.output === 'csv',
      inUse: args['in-use'] ?? [],
      values: args.value ?? [],
    },
    style: styleOn(process.stdout, args.color, process.env),
  };
}
