import type { CommandModule, InferredOptionTypes } from 'yargs';
import { severities } from '../model/check.ts';
import { type Finish, planFormats } from './asked.ts';
import { askingOf } from './asking.ts';
import {
  type CheckArgs,
  checkOptions,
  type EvidenceArgs,
  evidenceOptions,
  onlyOne,
  registriesPositional,
} from './options.ts';
import { styleOn } from './terminal.ts';

const planOptions = {
  for: {
    array: true,
    string: true,
    requiresArg: true,
    describe: 'only what mends these checks; globs allowed',
    group: 'Plan:',
  },
  'until-severity': {
    string: true,
    requiresArg: true,
    choices: severities,
    describe: 'only findings from this severity up',
    group: 'Plan:',
  },
  'only-safe': {
    boolean: true,
    default: false,
    describe: 'nothing that takes a way, a right or a thing away',
    group: 'Plan:',
  },
  set: {
    array: true,
    string: true,
    requiresArg: true,
    describe: 'QUESTION=VALUE, or REGISTRY.QUESTION=VALUE, repeatable',
    group: 'Plan:',
  },
  answers: { string: true, requiresArg: true, describe: 'a JSON file: { "QUESTION": "VALUE" }', group: 'Plan:' },
  output: {
    alias: 'o',
    string: true,
    requiresArg: true,
    choices: planFormats,
    default: 'table' as const,
    describe: 'format',
    group: 'Plan:',
    coerce: onlyOne('output'),
  },
} as const;

type PlanArgs = EvidenceArgs &
  CheckArgs &
  Omit<InferredOptionTypes<typeof planOptions>, 'output'> & { readonly output: (typeof planFormats)[number] };

export const plan = (finish: Finish): CommandModule<object, PlanArgs> => ({
  command: 'plan [registry..]',
  describe: 'one ordered, rehearsed list of steps that mends what a scan finds; changes nothing',
  builder: (yargs) =>
    registriesPositional(yargs)
      .options({ ...evidenceOptions, ...checkOptions, ...planOptions })
      .example('$0 plan myregistry', 'what to do, in which order, and what to ask first')
      .example(
        '$0 plan myregistry --set subnet-id=/subscriptions/… -o sh > mend.sh',
        'a script that prints, or runs with --apply',
      )
      .example('$0 plan --demo', 'what a plan looks like, without Azure') as never,
  handler: async (args) => {
    const { runPlan } = await import('./run-plan.ts');
    finish(
      await runPlan({
        asking: askingOf(args, process.env),
        choice: { profile: args.profile, check: args.check ?? [], skip: args.skip ?? [], area: args.area ?? [] },
        only: args.for ?? [],
        until: args['until-severity'] ?? null,
        onlySafe: args['only-safe'],
        set: args.set ?? [],
        answersFile: args.answers ?? null,
        format: args.output,
        configFile: args.config,
        style: styleOn(process.stdout, args.color, process.env),
      }),
    );
  },
});
