import type { CommandModule } from 'yargs';
import type { Finish } from './asked.ts';
import { type OutputArgs, outputOptions } from './options.ts';
import { outputOf } from './output.ts';

const {
  baseline: _,
  'update-baseline': __,
  'no-waivers': ___,
  'allow-empty': ____,
  pages: _____,
  ...options
} = outputOptions;

type ConvertArgs = OutputArgs & { readonly report: string };

export const convert = (finish: Finish): CommandModule<object, ConvertArgs> => ({
  command: 'convert <report>',
  describe: 'write a saved JSON report in other formats',
  builder: (yargs) =>
    yargs
      .positional('report', {
        string: true,
        demandOption: true,
        describe: 'the file; - is standard input',
        // yargs reads a lone dash as a flag without a value.
        coerce: (given: string | true) => (given === true ? '-' : given),
      })
      .options(options)
      .example('$0 convert acr.json -o html=acr.html', 'a page for people') as never,
  handler: async (args) => {
    const { runConvert } = await import('./run-convert.ts');
    finish(
      await runConvert({
        file: args.report,
        output: outputOf(args),
        failOn: args['fail-on'],
        allowIncomplete: args['allow-incomplete'],
      }),
    );
  },
});
