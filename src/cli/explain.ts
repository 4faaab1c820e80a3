import type { CommandModule } from 'yargs';
import type { Finish } from './main.ts';
import { type EvidenceArgs, evidenceOptions, onlyOne } from './options.ts';

export type ExplainArgs = Omit<EvidenceArgs, 'registry'> & {
  /** A check id, or the name of a page. */
  readonly topic: string;
  readonly text: readonly string[];
  readonly registry: string | undefined;
  readonly output: 'table' | 'json';
};

export const explain = (finish: Finish): CommandModule<object, ExplainArgs> => ({
  command: 'explain <topic> [text..]',
  describe: 'one check in full: symptom, root cause, confirm, fix',
  builder: (yargs) =>
    yargs
      .positional('topic', { string: true, demandOption: true, describe: 'a check id, or a page: path, access, purge' })
      .positional('text', { array: true, string: true, describe: 'what the topic is about', default: [] as string[] })
      .options(evidenceOptions)
      .option('registry', {
        string: true,
        requiresArg: true,
        describe: 'the registry that a page is about',
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
      .example('$0 explain --registry kvacrprod path', 'from which networks it can be pulled, and where the way is cut')
      .example('$0 explain --registry kvacrprod access', 'who can do what to a registry')
      .example(
        `$0 explain purge "acr purge --filter 'app:.*' --ago 30d"`,
        'what a purge command would delete',
      ) as never,
  handler: async (args) => finish(await (await import('./run-explain.ts')).runExplain(args)),
});
