import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Asking, askingOf } from '../../src/cli/asking.ts';
import type { EvidenceArgs } from '../../src/cli/options.ts';
import { root } from '../../src/dev/files.ts';

/** What yargs gives for no option at all. */
const none: EvidenceArgs = {
  registry: [],
  subscription: undefined,
  'all-subscriptions': false,
  'management-group': undefined,
  'resource-group': undefined,
  tag: undefined,
  snapshot: undefined,
  'data-plane': false,
  demo: false,
  probe: false,
  config: undefined,
  cloud: undefined,
  'resource-manager-endpoint': undefined,
  'registry-suffix': undefined,
  concurrency: 8,
  timeout: 60,
  color: 'auto',
  quiet: false,
  verbose: false,
  debug: false,
};
const asked = (args: Partial<EvidenceArgs>, env: NodeJS.ProcessEnv = {}): Asking => askingOf({ ...none, ...args }, env);
const scope = (args: Partial<EvidenceArgs>, env: NodeJS.ProcessEnv = {}) => {
  const { from } = asked(args, env);
  return from.kind === 'snapshot' ? null : from.scope;
};

describe('the scope', () => {
  const env = { AZURE_SUBSCRIPTION_ID: 'env' };
  test.each<[string, Partial<EvidenceArgs>, readonly string[], string | null]>([
    ['the subscription of the environment', {}, ['env'], null],
    ['the one that is named, in its place', { subscription: ['/subscriptions/a/'] }, ['a'], null],
    ['every one, in its place', { 'all-subscriptions': true }, [], null],
    ['a management group, in its place', { 'management-group': 'mg' }, [], 'mg'],
    ['every one of the built-in tenant', { demo: true }, [], null],
  ])('is %s', (_, args, subscriptions, managementGroup) => {
    expect(scope(args, env)).toEqual({ subscriptions, managementGroup });
  });
});

test.each<[Partial<EvidenceArgs>, Asking['voice']]>([
  [{}, 'progress'],
  [{ quiet: true }, 'silent'],
  [{ verbose: true, quiet: true }, 'requests'],
  [{ debug: true }, 'queries'],
])('%j: what is said on the way is %s', (args, voice) => {
  expect(asked(args).voice).toBe(voice);
});

test('only what turns the command line into a request sees what yargs made of it', () => {
  const commands = [
    'asking',
    'checks',
    'collect',
    'convert',
    'diff',
    'export',
    'explain',
    'main',
    'options',
    'output',
    'plan',
    'probe',
    'scan',
  ];
  const others = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      file.endsWith('.ts') &&
      !/^(dev|emulator)\//.test(file) &&
      !commands.some((command) => file === `cli/${command}.ts`),
  );
  expect(others.length).toBeGreaterThan(50);
  const seeing = others.filter((file) => /\bargs[.[]|\w+Args\b/.test(readFileSync(`${root}src/${file}`, 'utf8')));
  expect(seeing).toEqual([]);
});
