import { mkdirSync, mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { declaredIn, findConfig, loadConfig, parseConfig, partnersIn } from '../../src/cli/config.ts';
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
owner: tag:team
severity: { geo-replicated: low }
skip: [ { check: geo-replicated, registry: "kvacrlab*", reason: single-region lab } ]
rules: "1.0"
partnerRegistries: [ Vendor.azurecr.io ]
purposes: [ { principal: 00000000-0000-0000-0000-000000000001, rights: [ edit-tasks ], reason: CI builds } ]
coverage: { ignore: [ { subscription: sandbox, reason: no workloads } ] }
waivers:
  - { check: geo-replicated, registry: "kvacrlab*", reason: single-region lab, until: 2027-03-31 }
  - { check: token-passwords-expire, tag: team=data, thing: token/acme-*, reason: until the portal is gone, until: 2027-01-31 }
`;

test('every key, in YAML', () => {
  const config = parseConfig('c.yaml', whole, checks);
  expect(config).toMatchObject({ profile: 'hardened', failOn: 'medium' });
  expect(config.options).toEqual({ 'untagged-manifests-cleaned': { maxDays: 14 } });
  expect(declaredIn(config)).toEqual([
    { registry: 'contoso', clusters: [cluster], networks: [] },
    { registry: 'other', clusters: [], networks: [network] },
  ]);
  expect(partnersIn(config)).toEqual(['vendor.azurecr.io']);
  expect(config.purposes?.[0]?.rights).toEqual(['edit-tasks']);
  expect(config.waivers?.map(({ until }) => until)).toEqual(['2027-03-31', '2027-01-31']);
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
      'profile: hardened\nnonsense: []',
      /^c:2: unknown key 'nonsense'/,
      /the keys are .*profile.*waivers/,
    ],
    ['a key that is near one', 'profil: hardened', /^c:1: unknown key 'profil'/, /did you mean profile\?/],
    [
      'no option of a check that has some',
      'options: { admin-user-disabled: { days: 3 } }',
      /^c:1: there is no check 'admin-user-disabled' with options/,
      /checks/,
    ],
    [
      'more than an option can be',
      'options:\n  token-passwords-short-lived:\n    days: 1e20',
      /^c:3: days is 100000000000000000000/,
      /a number from 1 to 3650/,
    ],
    [
      'less than an option can be',
      'options: { token-passwords-short-lived: { days: -5 } }',
      /^c:1: days is -5/,
      /from 1 to 3650/,
    ],
    [
      'no number at all',
      'options: { token-passwords-short-lived: { days: .nan } }',
      /^c:1: days is NaN/,
      /from 1 to 3650/,
    ],
    [
      'a severity that is none',
      'severity: { geo-replicated: lower }',
      /^c:1: geo-replicated has no value 'lower'/,
      /did you mean low\? it is one of critical, high/,
    ],
    [
      'a severity of no check',
      'severity: { geo-replicate: low }',
      /^c:1: there is no check 'geo-replicate'/,
      /mean geo-replicated/,
    ],
    ['an owner that is no tag', 'owner: team', /^c:1: owner names no tag/, /owner: tag:team/],
    ['rules of no version', 'rules: newest', /^c:1: rules is no version/, /1\.0/],
    [
      'a partner by its address',
      'partnerRegistries: [ "https://a.azurecr.io/" ]',
      /^c:1: partnerRegistries is no login server/,
      /contoso\.azurecr\.io/,
    ],
    [
      'a right that is none',
      'purposes: [ { principal: p, rights: [ edit-task ], reason: r } ]',
      /^c:1: rights has no value 'edit-task'/,
      /did you mean edit-tasks\? it is one of/,
    ],
    [
      'a waiver without its reason',
      'waivers:\n  - { check: geo-replicated, registry: a, until: 2027-03-31 }',
      /^c:2: 'reason' is missing/,
      /add reason:/,
    ],
    [
      'a waiver with an empty reason',
      'waivers:\n  - { check: geo-replicated, registry: a, until: 2027-03-31, reason: " " }',
      /^c:2: reason is empty/,
      /say why/,
    ],
    [
      'a waiver without its end',
      'waivers:\n  - { check: geo-replicated, registry: a, reason: r }',
      /^c:2: 'until' is missing/,
      /add until:/,
    ],
    [
      'a waiver until no day',
      'waivers:\n  - { check: geo-replicated, registry: a, reason: r,\n      until: 2027-02-30 }',
      /^c:3: until is no day: 2027-02-30/,
      /2027-03-31/,
    ],
    [
      'a waiver of no check',
      'waivers:\n  - { check: geo-replicate, registry: a, reason: r, until: 2027-03-31 }',
      /^c:2: there is no check 'geo-replicate'/,
      /mean geo-replicated/,
    ],
    [
      'a waiver for nobody',
      'waivers:\n  - { check: geo-replicated, reason: r, until: 2027-03-31 }',
      /^c:2: the waiver does not say for which/,
      /registry, subscription, group or tag/,
    ],
    [
      'plugins',
      'profile: hardened\nplugins: [ ./ours.mjs ]',
      /^c:2: this version reads no plugins/,
      /take plugins out/,
    ],
    ['two documents', 'profile: hardened\n---\nprofile: regulated', /^c:\d: a second document begins/, /one document/],
    ['a key of another file', 'consumer: []', /^c:1: unknown key 'consumer'/, /did you mean consumers/],
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
    ['a value nobody knows', '\n\nprofile: strict', /^c:3: profile has no value 'strict'/, /^it is one of .*regulated/],
    [
      'a word for a number',
      'options:\n  untagged-manifests-cleaned:\n    maxDays: ten',
      /^c:3: maxDays must be a number/,
      /a number from 1 to 365/,
    ],
    ['a map for a list', 'consumers:\n  registry: a', /^c:1: consumers must be a list/, /schema/],
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
    ['a list at the top', '- profile', /^c:1: the file must be a map of keys/, /schema/],
    ['a version without its quotes', 'rules: 1.0', /^c:1: rules must be text/, /^write it as rules: "1\.0"$/],
    [
      'a number for a name',
      'coverage: { ignore: [ { subscription: 7, reason: r } ] }',
      /^c:1: subscription must be text/,
      /^write it in quotes: "7"$/,
    ],
    ['a slip in a value', 'failOn: hgih', /^c:1: failOn has no value 'hgih'/, /^did you mean high\? it is one of/],
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

test('a file without end, and one that is too large, are refused before they fill the memory', () => {
  const sparse = join(mkdtempSync(join(tmpdir(), 'config-')), 'large.yaml');
  writeFileSync(sparse, '');
  truncateSync(sparse, 3 * 2 ** 30);
  for (const file of ['/dev/zero', sparse])
    expect(() => loadConfig(file, '/', checks)).toThrow(`the configuration ${file} is larger than 1 MB`);
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
