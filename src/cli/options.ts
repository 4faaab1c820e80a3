import type { Argv, InferredOptionTypes, Options } from 'yargs';
import { profiles, severities } from '../model/check.ts';
import { verdicts } from '../pages/report.ts';
import { formats } from '../report/formats.ts';
import { UsageError } from './errors.ts';

const option = <const O extends Readonly<Record<string, Options>>>(options: O): O => options;
const many = (describe: string, group: string) =>
  ({ array: true, string: true, requiresArg: true, describe, group }) as const;
const one = (describe: string, group: string) => ({ string: true, requiresArg: true, describe, group }) as const;
const flag = (describe: string, group: string) => ({ boolean: true, default: false, describe, group }) as const;

/** For an option of which other commands take several. */
export const onlyOne =
  (name: string) =>
  <T>(given: T): T => {
    if (Array.isArray(given)) throw new UsageError(`--${name} is given ${given.length} times`, 'give it once');
    return given;
  };

/** None at a time would wait for ever, and a timer of more than 24 days fires at once. */
export const within =
  (name: string, most: number) =>
  (given: number): number => {
    if (Number.isInteger(given) && given >= 1 && given <= most) return given;
    throw new UsageError(
      `--${name} is no whole number from 1 to ${most}`,
      `leave it out, or give it once: --${name} ${Math.min(8, most)}`,
    );
  };

/** Where the evidence comes from, and which part of Azure it is about. */
export const evidenceOptions = option({
  subscription: many(
    'subscription id or name, repeatable; default: AZURE_SUBSCRIPTION_ID, else every one you see',
    'Scope:',
  ),
  'all-subscriptions': flag('every enabled subscription, whatever AZURE_SUBSCRIPTION_ID says', 'Scope:'),
  'management-group': one('every subscription below this management group', 'Scope:'),
  'resource-group': { ...many('only registries of this resource group, repeatable', 'Scope:'), alias: 'g' },
  tag: many('only registries with this tag, KEY or KEY=VALUE, repeatable', 'Scope:'),
  snapshot: one('judge a snapshot file instead of asking Azure; - is standard input', 'Evidence:'),
  'data-plane': flag('also ask the registries themselves, for tags and signatures; needs pull rights', 'Evidence:'),
  demo: flag('judge the built-in example tenant: no credentials, no network', 'Evidence:'),
  probe: flag('also look at the registries from this machine: DNS, TCP, TLS, /v2/', 'Evidence:'),
  config: one('configuration file; default: acr-audit.config.yaml or .json here or above', 'Evidence:'),
  cloud: { ...one('public, usgov or china (AZURE_CLOUD)', 'Azure:'), choices: ['public', 'usgov', 'china'] as const },
  'resource-manager-endpoint': one(
    'https address of another resource manager (AZURE_RESOURCE_MANAGER_ENDPOINT)',
    'Azure:',
  ),
  'registry-suffix': one('what login servers of another cloud end in (ACR_AUDIT_REGISTRY_SUFFIX)', 'Azure:'),
  concurrency: {
    number: true,
    requiresArg: true,
    default: 32,
    describe: 'requests under way at once, 8 at most for one subscription',
    group: 'Azure:',
    coerce: within('concurrency', 64),
  },
  timeout: {
    number: true,
    requiresArg: true,
    default: 60,
    describe: 'seconds to wait for one answer',
    group: 'Azure:',
    coerce: within('timeout', 3600),
  },
});

/** Which checks. */
export const checkOptions = option({
  profile: {
    ...one('how much to ask for; default: as configured, else recommended', 'Checks:'),
    choices: profiles,
  },
  check: many('only these checks, whatever the profile; globs allowed', 'Checks:'),
  skip: many('not these checks; globs allowed', 'Checks:'),
  area: many('only checks of these areas', 'Checks:'),
});

/** How the result is told, and when it fails. */
export const outputOptions = option({
  output: { ...many(`FORMAT[=PATH], repeatable: ${formats.join(', ')}`, 'Output:'), alias: 'o' },
  'fail-on': {
    ...one('lowest severity that fails the command; default: as configured, else high', 'Output:'),
    choices: ['critical', 'high', 'medium', 'low', 'none'] as const,
  },
  full: flag('every registry with every detail', 'Output:'),
  pages: flag('keep in the report what explain path and explain access say; -o html does it too', 'Output:'),
  'allow-incomplete': flag('exit 0 although something could not be seen', 'Output:'),
  'allow-empty': flag('exit 0 although no registry was found', 'Output:'),
  baseline: one('accept the failures in this file: fail on new ones', 'Accepted:'),
  'update-baseline': flag('write what fails now into the baseline, and take out what no longer does', 'Accepted:'),
  'no-waivers': flag('judge as if the configuration had no waivers', 'Accepted:'),
  'show-waived': flag('show accepted findings too', 'Accepted:'),
  'min-severity': {
    ...one('show only findings from this severity up; changes no exit code', 'Output:'),
    choices: severities,
  },
  verdict: { ...many(`show only these verdicts: ${verdicts.join(', ')}; changes no exit code`, 'Output:') },
});

/** On every command. */
export const commonOptions = option({
  color: {
    ...one('auto, always or never (NO_COLOR, FORCE_COLOR)', 'Terminal:'),
    choices: ['auto', 'always', 'never'] as const,
    default: 'auto' as const,
  },
  quiet: { ...flag('only what fails, and no progress', 'Terminal:'), alias: 'q' },
  verbose: { ...flag('on standard error, what is asked of Azure', 'Terminal:'), alias: 'v' },
  debug: flag('the same with api-versions, and stack traces', 'Terminal:'),
});

export const registriesPositional = (yargs: Argv) =>
  yargs.positional('registry', {
    array: true,
    string: true,
    describe: 'names or resource ids',
    default: [] as string[],
    defaultDescription: 'every registry in scope',
  });

export type EvidenceArgs = InferredOptionTypes<typeof evidenceOptions & typeof commonOptions> & {
  readonly registry: string[];
};
export type CheckArgs = InferredOptionTypes<typeof checkOptions>;
export type OutputArgs = InferredOptionTypes<typeof outputOptions & typeof commonOptions>;
