import type { CommandModule } from 'yargs';
import { type Asking, askingOf } from './asking.ts';
import type { Finish } from './main.ts';
import {
  type CheckArgs,
  checkOptions,
  type EvidenceArgs,
  evidenceOptions,
  type OutputArgs,
  outputOptions,
  registriesPositional,
} from './options.ts';
import { type OutputAsked, outputOf } from './output.ts';
import type { Choice } from './select.ts';

type ScanArgs = EvidenceArgs & CheckArgs & OutputArgs;

/** What a scan is to read, judge and tell. What is undefined is for the configuration to say. */
export interface ScanAsked {
  readonly asking: Asking;
  readonly choice: Omit<Choice, 'profile'> & { readonly profile: Choice['profile'] | undefined };
  readonly output: OutputAsked;
  readonly failOn: OutputArgs['fail-on'];
  readonly allowIncomplete: boolean;
  readonly configFile: string | undefined;
}

export const scan = (finish: Finish): CommandModule<object, ScanArgs> => ({
  command: 'scan [registry..]',
  describe: 'read registries and judge them',
  builder: (yargs) =>
    registriesPositional(yargs)
      .options({ ...evidenceOptions, ...checkOptions, ...outputOptions })
      .example('$0 scan myregistry', 'one registry, wherever it is')
      .example('$0 scan --fail-on high -o sarif=acr.sarif', 'a gate in a pipeline')
      .example('$0 scan --demo', 'what a report looks like, without Azure') as never,
  handler: async (args) => finish(await (await import('./run-scan.ts')).runScan(scanAsked(args))),
});

const scanAsked = (args: ScanArgs): ScanAsked => ({
  asking: askingOf(args, process.env),
  choice: { profile: args.profile, check: args.check ?? [], skip: args.skip ?? [], area: args.area ?? [] },
  output: outputOf(args),
  failOn: args['fail-on'],
  allowIncomplete: args['allow-incomplete'],
  configFile: args.config,
});
