import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/engine/evaluate.ts';
import { exitCode, type FailOn } from '../../src/engine/exit-code.ts';
import { type AnyCheck, defineCheck } from '../../src/model/check.ts';
import { denied, observed, unreadable } from '../../src/model/evidence.ts';
import { must, notApplicable, unlessPremium } from '../../src/model/outcome.ts';
import type { RegistryEntry, Snapshot, SubscriptionEntry } from '../../src/model/snapshot.ts';
import { acr, registryId } from '../support.ts';

const words = {
  title: 'It holds',
  problem: 'It does not hold',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'a test',
  since: '1.0',
  area: 'identity',
  why: 'why',
  symptom: 'symptom',
  cause: 'cause',
  confirm: ['az acr show --name <registry> --resource-group <group>'],
  fix: { steps: [{ kind: 'manual', text: 'mend <registry> (<registry-id>) in <subscription>' }], breaks: 'nothing' },
  refs: ['https://example.com'],
} as const;

const adminOff = defineCheck({
  ...words,
  id: 'admin-off',
  needs: ['registry'],
  evaluate: ({ registry }) => must('registry/adminUserEnabled', registry.adminUserEnabled, false),
});
const plans = defineCheck({
  ...words,
  id: 'plans',
  scope: 'subscription',
  needs: ['defenderPlans'],
  evaluate: () => notApplicable('a test'),
});
const throws = defineCheck({
  ...words,
  id: 'throws',
  needs: ['registry'],
  evaluate: () => {
    throw new Error('broken');
  },
});

const silent = defineCheck({ ...words, id: 'silent', needs: ['registry'], evaluate: () => undefined as never });

const subscription = '/subscriptions/00000000-0000-0000-0000-000000000001';
const entry = (name: string, registry: RegistryEntry['facets']['registry']): RegistryEntry => ({
  id: registryId.replace('contoso', name),
  name,
  subscription,
  facets: registry ? { registry } : {},
});
const looked = (said: Partial<SubscriptionEntry> = {}): SubscriptionEntry => ({
  id: subscription,
  name: 'Contoso',
  registries: observed([]),
  facets: { defenderPlans: observed([]) },
  ...said,
});
const snapshot = (registries: readonly RegistryEntry[], subscriptions = [looked()]): Snapshot => ({
  schema: 'acr-audit/snapshot@1',
  tool: { name: 'acr-audit', version: '0.0.0' },
  collectedAt: '2026-11-23T02:00:00Z',
  cloud: { name: 'public', resourceManager: 'https://management.azure.com', registrySuffix: 'azurecr.io' },
  asked: { registries: [], groups: [], tags: [], subscriptions: [], managementGroup: null, optIns: [] },
  subscriptions,
  registries,
  shared: {},
});
const judged = (given: Snapshot, checks: readonly AnyCheck[] = [adminOff]) =>
  evaluate(given, { checks, profile: 'recommended' });

const off = entry('off', observed(acr({ adminUserEnabled: false })));
const on = entry('on', observed(acr({ adminUserEnabled: true })));
const missing = [{ action: 'Microsoft.ContainerRegistry/registries/read', scope: registryId }];
const hidden = entry('hidden', denied('may not', missing));

describe('one verdict for each check and subject', () => {
  const report = judged(snapshot([on, off, hidden, entry('blank', undefined)]), [adminOff, plans, throws, silent]);
  const verdict = (check: string, subject: string) =>
    report.findings.filter((one) => one.check === check && one.subject.endsWith(subject)).map((one) => one.verdict);

  test.each([
    ['admin-off', '/on', 'fail'],
    ['admin-off', '/off', 'pass'],
    ['admin-off', '/hidden', 'unknown'],
    ['admin-off', '/blank', 'unknown'],
    ['throws', '/on', 'error'],
    ['throws', '/hidden', 'unknown'],
    ['silent', '/on', 'error'],
    ['plans', subscription, 'not-applicable'],
  ])('%s on %s: %s', (check, subject, wanted) => {
    expect(verdict(check, subject)).toEqual([wanted]);
  });

  test('and no other', () => {
    expect(report.findings).toHaveLength(3 * 4 + 1);
    expect(report.summary).toEqual({ pass: 1, fail: 1, unknown: 6, error: 4, 'not-applicable': 1, waived: 0 });
  });

  test('a verdict for lack of evidence names what is missing', () => {
    expect(
      report.findings.find((one) => one.check === 'admin-off' && one.subject.endsWith('/hidden'))?.missing,
    ).toEqual(missing);
  });

  test('commands of a failure carry the real names', () => {
    const failed = report.findings.find(({ verdict }) => verdict === 'fail');
    expect(failed?.confirm).toEqual(['az acr show --name on --resource-group rg-acr']);
    expect(failed?.fix).toEqual([`mend on (${on.id}) in 00000000-0000-0000-0000-000000000001`]);
  });
});

describe('names are quoted for a shell', () => {
  test.each([
    ['plain-name_1', 'plain-name_1'],
    ['two words', "'two words'"],
    ["o'clock; rm -rf /", "'o'\\''clock; rm -rf /'"],
    ['$(reboot)', "'$(reboot)'"],
  ])('%s', (name, quoted) => {
    const report = judged(snapshot([{ ...on, name }]));
    expect(report.findings[0]?.confirm).toEqual([`az acr show --name ${quoted} --resource-group rg-acr`]);
  });
});

describe('a report is complete', () => {
  const unlisted = looked({ id: '/subscriptions/2', registries: unreadable('no') });
  test.each([
    ['when all was seen', snapshot([on, off]), true],
    ['when nothing is there', snapshot([]), true],
    ['not when evidence was denied', snapshot([hidden]), false],
    ['not when a subscription would not list', snapshot([off], [looked(), unlisted]), false],
  ] as const)('%s', (_, given, complete) => {
    expect(judged(given).complete).toBe(complete);
  });
});

describe('the same evidence gives the same bytes', () => {
  test('whatever the order of registries and checks', () => {
    const one = judged(snapshot([on, off, hidden]), [adminOff, plans, throws]);
    const other = judged(snapshot([hidden, off, on]), [throws, plans, adminOff]);
    expect(JSON.stringify(other)).toBe(JSON.stringify(one));
  });
});

describe('a fingerprint stands for check and subject', () => {
  const print = (given: RegistryEntry, check: AnyCheck = adminOff) =>
    judged(snapshot([given]), [check]).findings[0]?.fingerprint;
  test('and not for verdict or casing', () => {
    expect(print({ ...on, id: on.id.toUpperCase() })).toBe(print({ ...off, id: on.id }));
  });
  test('differs by registry and by check', () => {
    expect(new Set([print(on), print(off), print(on, throws)]).size).toBe(3);
  });
});

describe('a check may ask what the SKU puts out of reach', () => {
  const gated = defineCheck({
    ...words,
    id: 'gated',
    needs: ['registry'],
    evaluate: ({ registry }) =>
      unlessPremium(registry, 'it') ?? must('registry/adminUserEnabled', registry.adminUserEnabled, false),
  });
  const asks = defineCheck({
    ...words,
    id: 'asks',
    needs: ['registry'],
    evaluate: (_, { outOfReach }) => notApplicable(outOfReach().join()),
  });
  const reason = (sku: 'Basic' | 'Premium') =>
    judged(snapshot([entry('one', observed(acr({ sku })))]), [adminOff, gated, asks]).findings.find(
      ({ check }) => check === 'asks',
    )?.reason;

  test('on Basic', () => expect(reason('Basic')).toBe('gated'));
  test('on Premium nothing is', () => expect(reason('Premium')).toBe(''));
});

describe('the exit code', () => {
  const rows: readonly (readonly [string, readonly RegistryEntry[], readonly AnyCheck[], FailOn, boolean, number])[] = [
    ['0: all passes', [off], [adminOff], 'high', false, 0],
    ['1: a failure at the bar', [on], [adminOff], 'high', false, 1],
    ['1: a failure above the bar', [on], [adminOff], 'low', false, 1],
    ['0: a failure below the bar', [on], [adminOff], 'critical', false, 0],
    ['0: no bar at all', [on], [adminOff], 'none', false, 0],
    ['3: something could not be seen', [off, hidden], [adminOff], 'high', false, 3],
    ['0: but that is allowed', [off, hidden], [adminOff], 'high', true, 0],
    ['1: a failure beats what was not seen', [on, hidden], [adminOff], 'high', false, 1],
    ['2: a broken check beats everything', [on, hidden], [adminOff, throws], 'high', true, 2],
  ];
  test.each(rows)('%s', (_, registries, checks, failOn, allowIncomplete, code) => {
    expect(exitCode(judged(snapshot(registries), checks), failOn, allowIncomplete)).toBe(code);
  });
});
