import type { CommandModule, InferredOptionTypes } from 'yargs';
import { type ExportAsked, exportFormats, type Finish } from './asked.ts';
import { checkFolder, checkWritable } from './destination.ts';
import { UsageError } from './errors.ts';
import { checkOptions, type commonOptions, onlyOne } from './options.ts';

const options = {
  ...checkOptions,
  profile: { ...checkOptions.profile, default: 'regulated' as const, describe: 'the checks of this profile' },
  output: {
    alias: 'o',
    string: true,
    requiresArg: true,
    describe: 'the file; for kql a path that ends in / is a folder, with a file for each query',
    coerce: onlyOne('output'),
  },
} as const;

type ExportArgs = Omit<InferredOptionTypes<typeof options & typeof commonOptions>, 'output'> & {
  readonly what: (typeof exportFormats)[number];
  readonly output: string | undefined;
};

export const exporting = (finish: Finish): CommandModule<object, ExportArgs> => ({
  command: 'export <what>',
  describe: "what Azure's own engines can watch all the time: an initiative of Azure Policy, or queries of Kusto",
  builder: (yargs) =>
    yargs
      .positional('what', { choices: exportFormats, demandOption: true, describe: 'for which engine' })
      .options(options)
      .example('$0 export azure-policy -o initiative.json', 'then: az deployment mg create')
      .example('$0 export kql -o queries/', 'one file for each query') as never,
  handler: async (args) => finish(await (await import('./run-export.ts')).runExport(exportAsked(args))),
});

function exportAsked({ what, output, profile, check = [], skip = [], area = [] }: ExportArgs): ExportAsked {
  const path = output === undefined || output === '-' ? null : output;
  const choice = { profile, check, skip, area };
  if (path?.endsWith('/')) {
    if (what !== 'kql') throw new UsageError('azure-policy is one file', 'name it: -o initiative.json');
    checkFolder(path);
    return { what, choice, path, folder: true };
  }
  if (path !== null) checkWritable(path);
  return { what, choice, path, folder: false };
}
