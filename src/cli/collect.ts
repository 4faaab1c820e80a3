import type { CommandModule } from 'yargs';
import type { CollectAsked, Finish } from './asked.ts';
import { askingOf } from './asking.ts';
import { checkWritable } from './destination.ts';
import { UsageError } from './errors.ts';
import { type EvidenceArgs, evidenceOptions, onlyOne, registriesPositional } from './options.ts';

type CollectArgs = EvidenceArgs & {
  readonly output: string | undefined;
  readonly resume: string | undefined;
  readonly 'allow-incomplete': boolean;
  readonly 'allow-empty': boolean;
};

const { snapshot: _, ...collectOptions } = evidenceOptions;

export const collect = (finish: Finish): CommandModule<object, CollectArgs> => ({
  command: 'collect [registry..]',
  describe: 'read registries into a snapshot file, to be judged anywhere',
  builder: (yargs) =>
    registriesPositional(yargs)
      .options(collectOptions)
      .option('output', {
        alias: 'o',
        string: true,
        requiresArg: true,
        describe: 'the file, compressed where it ends in .gz; default: standard output',
        coerce: onlyOne('output'),
        group: 'Output:',
      })
      .option('resume', {
        string: true,
        requiresArg: true,
        describe: 'go on with this interrupted collection',
        coerce: onlyOne('resume'),
        group: 'Output:',
      })
      .option('allow-incomplete', {
        boolean: true,
        default: false,
        describe: 'exit 0 although a subscription would not list',
        group: 'Output:',
      })
      .option('allow-empty', {
        boolean: true,
        default: false,
        describe: 'exit 0 although no registry was found',
        group: 'Output:',
      })
      .example('$0 collect -o snapshot.jsonl', 'keep what Azure says')
      .example('$0 scan --snapshot snapshot.jsonl', 'judge it anywhere, offline') as never,
  handler: async (args) => finish(await (await import('./run-collect.ts')).runCollect(collectAsked(args))),
});

function collectAsked(args: CollectArgs): CollectAsked {
  const { output, resume } = args;
  // `-o json=FILE` is what the other commands take.
  if (/^[a-z]+=/.test(output ?? ''))
    throw new UsageError('collect writes one format, the snapshot', 'acr-audit collect -o snapshot.jsonl');
  const file = output === '-' ? null : (output ?? resume ?? null);
  if (file !== null) checkWritable(file);
  const asking = askingOf({ ...args, snapshot: undefined }, process.env);
  const { registries, groups, tags } = asking.wanted;
  const narrowed = registries.length + groups.length + tags.length > 0 || args['management-group'] !== undefined;
  if (resume !== undefined && (narrowed || args.subscription !== undefined || args['all-subscriptions']))
    throw new UsageError('--resume goes on with the scope of its file', 'leave out registries and scope');
  return {
    asking,
    file,
    resume: resume ?? null,
    allowIncomplete: args['allow-incomplete'],
    allowEmpty: args['allow-empty'],
    configFile: args.config,
  };
}
