import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { declaredIn, findConfig, loadConfig, parseConfig } from '../../src/cli/config.ts';
import { UsageError } from '../../src/cli/errors.ts';

const cluster = '/subscriptions/s/resourcegroups/rg/providers/Microsoft.ContainerService/managedClusters/aks';
const network = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet';

const whole = `
# what we hold ourselves to
profile: hardened
failOn: medium
options: { untagged-manifests-cleaned: { maxDays: 14 } }
consumers:
  - registry: contoso
    clusters: [${cluster}]
  - { registry: other, networks: [${network}] }
`;

test('every key, in YAML', () => {
  const config = parseConfig('c.yaml', whole, checks);
  expect(config).toMatchObject({ profile: 'hardened', failOn: 'medium' });
  expect(config.options).toEqual({ 'untagged-manifests-cleaned': { maxDays: 14 } });
  expect(declaredIn(config)).toEqual([
    { registry: 'contoso', clusters: [cluster], networks: [] },
    { registry: 'other', clusters: [], networks: [network] },
  ]);
});

test('JSON that names its schema', () => {
  const text = '{ "$schema": "./node_modules/acr-audit/schemas/config.schema.json", "profile": "regulated" }';
  expect(parseConfig('c.json', text, checks).profile).toBe('regulated');
});

test('an empty file asks for nothing', () => {
  expect(parseConfig('c.yaml', '# later\n', checks)).toEqual({});
});

describe('a mistake is shown with its line and with what to type', () => {
  const table: [string, string, RegExp, RegExp][] = [
    [
      'a key nobody knows',
      'profile: hardened\nwaivers: []',
      /^c:2: unknown key 'waivers'/,
      /profile, failOn, options, consumers/,
    ],
    [
      'a key nobody knows, further in',
      'consumers:\n  - registry: a\n    vnet: b',
      /^c:3: unknown key 'vnet'/,
      /networks/,
    ],
    ['an alias of nothing', 'profile: *nothing', /^c: .*alias/i, /without aliases/],
    [
      'aliases that would fill the memory',
      [
        'a0: &a0 [x, x, x, x, x, x, x, x, x]',
        ...Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`)}]`),
      ].join('\n'),
      /^c: .*alias/i,
      /without aliases/,
    ],
    ['a value nobody knows', '\n\nprofile: strict', /^c:3: profile has no such value/, /regulated/],
    [
      'a word for a number',
      'options:\n  untagged-manifests-cleaned:\n    maxDays: ten',
      /^c:3: maxDays must be of type number/,
      /schema/,
    ],
    ['a map for a list', 'consumers:\n  registry: a', /^c:1: consumers must be of type array/, /schema/],
    ['a consumer without a registry', 'consumers:\n  - clusters: []', /^c:2: 'registry' is missing/, /registry/],
    [
      'a name for an id',
      `consumers:\n  - registry: a\n    networks:\n    - ${network}\n    - vnet`,
      /^c:5: .*resource id/,
      /az resource show/,
    ],
    [
      'a check that does not exist',
      'options:\n  untaged-manifests-cleaned: {}',
      /^c:2: there is no check/,
      /untagged-manifests-cleaned/,
    ],
    [
      'an option that does not exist',
      'options: { untagged-manifests-cleaned: { days: 3 } }',
      /^c:1: .*no option 'days'/,
      /maxDays/,
    ],
    ['a list at the top', '- profile', /^c:1: the file must be of type object/, /schema/],
    ['broken YAML', 'profile: hardened\n  failOn: [', /^c:\d: /, /YAML/],
    ['a key twice', 'profile: hardened\nprofile: regulated', /^c:2: .*unique/, /YAML/],
  ];
  test.each(table)('%s', (_, text, message, advice) => {
    const mistake = mistakeIn(text);
    expect(mistake.message).toMatch(message);
    expect(mistake.advice).toMatch(advice);
    expect(mistake.message).not.toContain('\n');
  });
});

test('the nearest file upwards is read, unless one is named', () => {
  const top = mkdtempSync(join(tmpdir(), 'config-'));
  const below = join(top, 'a', 'b');
  mkdirSync(below, { recursive: true });
  expect(loadConfig(undefined, below, checks)).toEqual({});
  writeFileSync(join(top, 'acr-audit.config.json'), '{ "profile": "regulated" }');
  writeFileSync(join(top, 'named.yaml'), 'profile: hardened');
  expect(findConfig(below)).toBe(join(top, 'acr-audit.config.json'));
  expect(loadConfig(undefined, below, checks).profile).toBe('regulated');
  expect(loadConfig(join(top, 'named.yaml'), below, checks).profile).toBe('hardened');
  expect(() => loadConfig(join(top, 'gone.yaml'), below, checks)).toThrow('ENOENT');
});

function mistakeIn(text: string): UsageError {
  try {
    parseConfig('c', text, checks);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error('nothing was found wrong');
}
