import type { CommandModule } from 'yargs';
import type { Finish, PageAsked } from './asked.ts';
import { askingOf } from './asking.ts';
import { type EvidenceArgs, evidenceOptions, onlyOne } from './options.ts';
import { styleOn } from './terminal.ts';

type ExplainArgs = Omit<EvidenceArgs, 'registry'> & {
  readonly topic: string;
  readonly text: readonly string[];
  readonly registry: string | undefined;
  readonly output: 'table' | 'json';
};

/** Pages about one registry, whose name is their text. */
const aboutRegistry = ['path', 'access'];

export const explain = (finish: Finish): CommandModule<object, ExplainArgs> => ({
  command: 'explain <topic> [text..]',
  describe: 'one check in full: symptom, root cause, confirm, fix',
  builder: (yargs) =>
    yargs
      .positional('topic', { string: true, demandOption: true, describe: 'a check id, or a page: path, access, purge' })
      .positional('text', { array: true, string: true, describe: 'what the page is about', default: [] as string[] })
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
        choices: ['table', 'json'] as const,
        default: 'table' as const,
        describe: 'format',
        coerce: onlyOne('output'),
      })
      .example('$0 explain admin-user-disabled', 'why, and how to mend it')
      .example('$0 explain path kvacrprod', 'from which networks it can be pulled')
      .example('$0 explain access kvacrprod', 'who can do what to it')
      .example(`$0 explain purge "acr purge --filter 'app:.*' --ago 30d"`, 'what it would delete') as never,
  handler: async (args) => finish(await (await import('./run-explain.ts')).runExplain(pageAsked(args))),
});

function pageAsked(args: ExplainArgs): PageAsked {
  const [name, ...rest] = args.text;
  const named = aboutRegistry.includes(args.topic) && args.registry === undefined && rest.length === 0;
  const registry = named ? name : args.registry;
  return {
    topic: args.topic,
    text: named ? [] : args.text,
    registry,
    asking: askingOf({ ...args, registry: registry === undefined ? [] : [registry] }, process.env),
    configFile: args.config,
    json: args.output === 'json',
    style: styleOn(process.stdout, args.color, process.env),
  };
}
