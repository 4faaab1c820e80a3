import type { CommandModule } from 'yargs';
import type { Finish } from './asked.ts';
import { onlyOne, within } from './options.ts';
import { type ColorWhen, styleOn } from './terminal.ts';

interface ProbeArgs {
  readonly 'login-server': string;
  readonly region: readonly string[] | undefined;
  readonly timeout: number;
  readonly output: 'table' | 'json';
  readonly color: ColorWhen;
}

export const probe = (finish: Finish): CommandModule<object, ProbeArgs> => ({
  command: 'probe <login-server>',
  describe: 'look at a registry from this machine, without credentials: DNS, TCP, TLS, /v2/',
  builder: (yargs) =>
    yargs
      .positional('login-server', { string: true, demandOption: true, describe: 'myregistry.azurecr.io' })
      .option('region', {
        array: true,
        string: true,
        requiresArg: true,
        describe: 'also look at the data endpoint of this region, repeatable',
      })
      .option('timeout', {
        number: true,
        requiresArg: true,
        default: 5,
        describe: 'seconds to wait at each step',
        coerce: within('timeout', 60),
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
      .example('$0 probe myregistry.azurecr.io --region westeurope', 'can this machine pull?') as never,
  handler: async ({ 'login-server': loginServer, region: regions = [], timeout: timeoutSeconds, output, color }) => {
    const { runProbe } = await import('./run-probe.ts');
    const style = styleOn(process.stdout, color, process.env);
    finish(await runProbe({ loginServer, regions, timeoutSeconds, json: output === 'json', style }));
  },
});
