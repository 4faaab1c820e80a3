import type { CommandModule } from 'yargs';
import { shellWord } from '../model/shell.ts';
import type { Finish, ScanAsked } from './asked.ts';
import { askingOf } from './asking.ts';
import { checkWritable } from './destination.ts';
import { UsageError } from './errors.ts';
import {
  type CheckArgs,
  checkOptions,
  type EvidenceArgs,
  evidenceOptions,
  type OutputArgs,
  outputOptions,
  registriesPositional,
} from './options.ts';
import { outputOf } from './output.ts';

type ScanArgs = EvidenceArgs & CheckArgs & OutputArgs;

export const scan = (finish: Finish): CommandModule<object, ScanArgs> => ({
  command: 'scan [registry..]',
  describe: 'read registries and judge them',
  builder: (yargs) =>
    registriesPositional(yargs)
      .options({ ...evidenceOptions, ...checkOptions, ...outputOptions })
      .example('$0 scan myregistry', 'one registry, wherever it is')
      .example('$0 scan --fail-on high -o sarif=acr-sarif/', 'a gate in a pipeline')
      .example('$0 scan --demo', 'what a report looks like, without Azure') as never,
  handler: async (args) => finish(await (await import('./run-scan.ts')).runScan(scanAsked(args))),
});

const scanAsked = (args: ScanArgs): ScanAsked => ({
  asking: askingOf(args, process.env),
  choice: { profile: args.profile, check: args.check ?? [], skip: args.skip ?? [], area: args.area ?? [] },
  output: { ...outputOf(args), again: againOf(args) },
  failOn: args['fail-on'],
  allowIncomplete: args['allow-incomplete'],
  allowEmpty: args['allow-empty'],
  accepting: { waivers: !args['no-waivers'], baseline: baselineOf(args) },
  configFile: args.config,
});

/** What a proposed command needs to see the same registries. */
const againOf = ({ demo, snapshot }: ScanArgs): string =>
  demo ? '--demo' : snapshot === undefined || snapshot === '-' ? '' : `--snapshot ${shellWord(snapshot)}`;

function baselineOf({ baseline: file, 'update-baseline': update }: ScanArgs): ScanAsked['accepting']['baseline'] {
  if (file !== undefined) {
    if (update) checkWritable(file);
    return { file, update };
  }
  if (update) throw new UsageError('--update-baseline: which baseline?', 'name it: --baseline acr-audit.baseline.json');
  return null;
}
