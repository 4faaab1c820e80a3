import type { CommandModule } from 'yargs';
import type { Finish } from './asked.ts';
import { askingOf } from './asking.ts';
import { checkWritable } from './destination.ts';
import { UsageError } from './errors.ts';
import { type EvidenceArgs, evidenceOptions, onlyOne, registriesPositional } from './options.ts';
import { write, writeTo } from './terminal.ts';

type CollectArgs = EvidenceArgs & { readonly output: string | undefined; readonly 'allow-incomplete': boolean };

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
        describe: 'the file; default: standard output',
        coerce: onlyOne('output'),
        group: 'Output:',
      })
      .option('allow-incomplete', {
        boolean: true,
        default: false,
        describe: 'exit 0 although a subscription would not list',
        group: 'Output:',
      })
      .example('$0 collect -o snapshot.json', 'then: $0 scan --snapshot snapshot.json') as never,
  handler: async (args) => {
    const asking = askingOf(args, process.env);
    const [{ evidence, everyFacet }, { snapshotPieces }, { declaredIn, loadConfig }, { checks }] = await Promise.all([
      import('./evidence.ts'),
      import('./snapshot-file.ts'),
      import('./config.ts'),
      import('../../checks/index.ts'),
    ]);
    // `-o json=FILE` is what the other commands take.
    if (/^[a-z]+=/.test(args.output ?? ''))
      throw new UsageError('collect writes one format, the snapshot', 'acr-audit collect -o snapshot.json');
    const file = args.output === '-' ? undefined : args.output;
    if (file !== undefined) checkWritable(file);
    const config = loadConfig(args.config, process.cwd(), checks);
    const snapshot = await evidence(asking, everyFacet, declaredIn(config));
    const pieces = snapshotPieces(snapshot);
    if (file === undefined) await write(process.stdout, pieces);
    else await writeTo(file, pieces, 'w', 0o600);
    const hidden = snapshot.subscriptions.filter(({ registries }) => registries.state !== 'observed');
    if (!args.quiet)
      process.stderr.write(
        `${snapshot.registries.length} registries in ${snapshot.subscriptions.length} subscriptions; ${hidden.length} would not list\n`,
      );
    finish(hidden.length > 0 && !args['allow-incomplete'] ? 3 : 0);
  },
});
