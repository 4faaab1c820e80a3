import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { type Choice, selectChecks } from '../../src/cli/select.ts';

const chosen = (choice: Partial<Choice>) =>
  selectChecks(checks, { profile: 'recommended', check: [], skip: [], area: [], ...choice });
const ids = (choice: Partial<Choice>) => chosen(choice).map(({ id }) => id);

describe('the checks that run', () => {
  test('are those of the profile and of the looser ones', () => {
    const profilesIn = (profile: Choice['profile']) => new Set(chosen({ profile }).map((check) => check.profile));
    expect(profilesIn('recommended')).toEqual(new Set(['recommended']));
    expect(profilesIn('hardened')).toEqual(new Set(['recommended', 'hardened']));
    expect(chosen({ profile: 'regulated' })).toHaveLength(checks.length);
  });

  const rows: readonly [string, Partial<Choice>, readonly string[]][] = [
    ['the one named, whatever the profile', { check: ['customer-managed-key'] }, ['customer-managed-key']],
    ['several, by name and by pattern', { check: ['webhooks-*', 'premium-sku'] }, ['premium-sku', 'webhooks-deliver']],
    [
      'a pattern but for what is skipped',
      { check: ['customer-managed-*'], skip: ['*-rotates'] },
      ['customer-managed-key', 'customer-managed-key-usable'],
    ],
    [
      'of the ones named those of an area',
      { check: ['premium-sku', 'images-signed'], area: ['trust'] },
      ['images-signed'],
    ],
    [
      'of the ones named those of either area',
      { check: ['premium-sku', 'images-signed', 'delete-locked'], area: ['trust', 'resilience'] },
      ['delete-locked', 'images-signed'],
    ],
  ];
  test.each(rows)('%s', (_, choice, expected) => {
    expect(ids(choice).sort()).toEqual(expected);
  });

  test('are all but the skipped ones', () => {
    const all = ids({});
    expect(ids({ skip: ['admin-user-disabled'] })).toEqual(all.filter((id) => id !== 'admin-user-disabled'));
    expect(all).toContain('admin-user-disabled');
    expect(ids({ check: ['premium-sku', 'images-signed', 'delete-locked'], skip: ['images-*', '*-sku'] })).toEqual([
      'delete-locked',
    ]);
  });
});

test.each<[string, Partial<Choice>, string, string]>([
  ['a slip of the finger', { check: ['premium-sk'] }, "no check 'premium-sk'", 'premium-sku'],
  ['one to skip that does not exist', { skip: ['admin-user-disable'] }, "no check 'admin-user-disable'", 'admin-user'],
  ['nothing like any of them', { check: ['zzzzzzzzzzzz'] }, "no check 'zzzzzzzzzzzz'", 'acr-audit checks'],
  ['an empty name', { check: [''] }, "no check ''", ''],
  ['an area nobody knows', { area: ['networking'] }, "no area 'networking'", 'network, '],
  ['all skipped', { check: ['premium-sku'], skip: ['premium-*'] }, 'no check is left', '--skip'],
])('%s is a mistake', (_, choice, message, advice) => {
  expect(() => chosen(choice)).toThrow(
    expect.objectContaining({
      message: expect.stringContaining(message),
      advice: expect.stringContaining(advice),
    }),
  );
});
