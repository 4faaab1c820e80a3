import { describe, expect, test } from 'vitest';
import type { Registry } from '../../src/model/facets/registry.ts';
import { type Rule, verdictByRule } from '../../src/model/rule.ts';
import { acr } from '../support.ts';

const flag: Rule = { at: 'registry/anonymousPullEnabled', wanted: false };
const policy: Rule = { at: 'registry/policies/trust/status', wanted: 'disabled', unwanted: ['enabled'] };
const trust = (status: string) => ({ policies: { trust: { status: status as 'enabled' } } });

const table: readonly (readonly [string, string, Rule, Registry])[] = [
  ['pass', 'the switch is as it should be', flag, acr({ anonymousPullEnabled: false })],
  ['fail', 'the switch is the other way', flag, acr({ anonymousPullEnabled: true })],
  ['unknown', 'the switch is absent', flag, acr()],
  ['pass', 'the enum has the wanted value', policy, acr(trust('disabled'))],
  ['fail', 'the enum has an unwanted value', policy, acr(trust('enabled'))],
  ['unknown', 'the enum has a value nobody listed', policy, acr(trust('audit'))],
  ['unknown', 'the parent of the property is absent', policy, acr()],
  [
    'not-applicable',
    'Premium is asked for, and this is Basic',
    { ...policy, premium: 'it' },
    acr({ sku: 'Basic', ...trust('enabled') }),
  ],
  ['unknown', 'Premium is asked for, and the SKU is absent', { ...policy, premium: 'it' }, acr({ sku: null })],
];

test.each(table)('%s: %s', (verdict, _, rule, registry) => {
  expect(verdictByRule(rule, { registry }).verdict).toBe(verdict);
});

describe('on a SKU that never has it', () => {
  const rule: Rule = { ...policy, neverOn: { skus: ['Basic'], says: 'Basic has none' } };

  test.each([
    ['not-applicable', 'it is off', acr({ sku: 'Basic', ...trust('disabled') })],
    ['not-applicable', 'nothing is said', acr({ sku: 'Basic' })],
    ['fail', 'the answer says that it is on: the answer wins', acr({ sku: 'Basic', ...trust('enabled') })],
    ['unknown', 'the answer says something new', acr({ sku: 'Basic', ...trust('audit') })],
    ['pass', 'another SKU has it off', acr({ sku: 'Standard', ...trust('disabled') })],
  ] as const)('%s: %s', (verdict, _, registry) => {
    expect(verdictByRule(rule, { registry }).verdict).toBe(verdict);
  });
});

test('what is absent is named as the path of the property', () => {
  expect(verdictByRule(policy, { registry: acr() })).toMatchObject({
    unseen: 'untold',
    reason: "Azure's answer has no policies.trust.status",
  });
});

test('a name on the way is told as Azure writes it, not as a pointer does', () => {
  const owner: Rule = { at: 'registry/tags/team~1owner~0', wanted: 'known' };
  expect(verdictByRule(owner, { registry: acr() })).toMatchObject({ reason: "Azure's answer has no tags.team/owner~" });
  expect(verdictByRule(owner, { registry: acr({ tags: { 'team/owner~': 'known' } }) }).verdict).toBe('pass');
});
