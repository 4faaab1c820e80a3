import type { CommandModule, InferredOptionTypes } from 'yargs';
import type { Finish } from './asked.ts';
import { checkOptions, type commonOptions, onlyOne } from './options.ts';
import { styleOn } from './terminal.ts';

const options = {
  area: checkOptions.area,
  profile: { ...checkOptions.profile, default: 'regulated' as const, describe: 'the checks of this profile' },
  output: {
    alias: 'o',
    string: true,
    requiresArg: true,
    choices: ['table', 'json', 'markdown'] as const,
    default: 'table' as const,
    describe: 'format',
    coerce: onlyOne('output'),
  },
} as const;

type ChecksArgs = Omit<InferredOptionTypes<typeof options & typeof commonOptions>, 'output'> & {
  readonly output: (typeof options.output.choices)[number];
};

export const checks = (finish: Finish): CommandModule<object, ChecksArgs> => ({
  command: 'checks',
  describe: 'list every check',
  builder: (yargs) => yargs.options(options) as never,
  handler: async ({ profile, area = [], output, color }) => {
    const { runChecks } = await import('./run-checks.ts');
    finish(await runChecks({ profile, area, format: output, style: styleOn(process.stdout, color, process.env) }));
  },
});
