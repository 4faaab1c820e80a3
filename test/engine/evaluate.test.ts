import { describe, expect, test } from 'vitest';
import { fixSteps, namedSteps } from '../../src/engine/describe.ts';
import { evaluate, reportOf } from '../../src/engine/evaluate.ts';
import { exitCode, type FailOn } from '../../src/engine/exit-code.ts';
import { judgeAll } from '../../src/engine/judge-all.ts';
import { type AnyCheck, defineCheck } from '../../src/model/check.ts';
import { denied, observed, unreadable } from '../../src/model/evidence.ts';
import { must, notApplicable, type Outcome, unasked, unlessPremium, unseen, untold } from '../../src/model/outcome.ts';
import { bad, verdictOn } from '../../src/model/parts.ts';
import type { RegistryEntry, Snapshot, SubscriptionEntry } from '../../src/model/snapshot.ts';
import { type Finding, type Report, verdictsOf } from '../../src/pages/report.ts';
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

// What a plug-in in JavaScript may return, which knows no types.
const unfounded = (id: string, outcome: unknown) =>
  defineCheck({ ...words, id, needs: ['registry'], evaluate: () => JSON.parse(JSON.stringify(outcome)) });

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

const findingOf = (report: Report, check: string, subject = ''): Finding | undefined =>
  report.subjects
    .filter(({ id }) => id.endsWith(subject))
    .flatMap(({ findings }) => findings)
    .find((one) => one.check === check);

const off = entry('off', observed(acr({ adminUserEnabled: false })));
const on = entry('on', observed(acr({ adminUserEnabled: true })));
const missing = [{ action: 'Microsoft.ContainerRegistry/registries/read', scope: registryId }];
const hidden = entry('hidden', denied('may not', [...missing, ...missing]));

describe('one verdict for each check and subject', () => {
  const report = judged(snapshot([on, off, hidden, entry('blank', undefined)]), [
    adminOff,
    plans,
    throws,
    silent,
    unfounded('empty-pass', { verdict: 'pass', because: [] }),
    unfounded('empty-fail', { verdict: 'fail', because: [] }),
    unfounded('bare-pass', { verdict: 'pass' }),
    unfounded('bare-fail', { verdict: 'fail' }),
  ]);
  const verdict = (check: string, subject: string) => {
    const judged = report.subjects.filter(({ id }) => id.endsWith(subject)).map((one) => verdictsOf(one)[check]);
    return judged;
  };

  test.each([
    ['admin-off', '/on', 'fail'],
    ['admin-off', '/off', 'pass'],
    ['admin-off', '/hidden', 'unknown'],
    ['admin-off', '/blank', 'unknown'],
    ['throws', '/on', 'error'],
    ['throws', '/hidden', 'unknown'],
    ['silent', '/on', 'error'],
    ['empty-pass', '/on', 'error'],
    ['empty-fail', '/on', 'error'],
    ['bare-pass', '/on', 'error'],
    ['bare-fail', '/on', 'error'],
    ['plans', subscription, 'not-applicable'],
  ])('%s on %s: %s', (check, subject, wanted) => {
    expect(verdict(check, subject)).toEqual([wanted]);
  });

  test('and no other', () => {
    expect(report.subjects.flatMap((one) => Object.keys(verdictsOf(one)))).toHaveLength(7 * 4 + 1);
    expect(report.summary).toEqual({ pass: 1, fail: 1, unknown: 14, error: 12, 'not-applicable': 1, waived: 0 });
  });

  test('a verdict for lack of evidence names what is missing', () => {
    expect(findingOf(report, 'admin-off', '/hidden')).toMatchObject({ unseen: 'unread', missing });
  });

  test('commands of a failure carry the real names', () => {
    expect(findingOf(report, 'admin-off', '/on')).toMatchObject({
      confirm: [{ kind: 'verify', text: 'az acr show --name on --resource-group rg-acr' }],
      fix: [{ kind: 'manual', text: `mend on (${on.id}) in 00000000-0000-0000-0000-000000000001` }],
    });
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
    expect(findingOf(report, 'admin-off')).toMatchObject({
      confirm: [{ text: `az acr show --name ${quoted} --resource-group rg-acr` }],
    });
  });
});

describe('a report is complete', () => {
  const unlisted = looked({ id: '/subscriptions/2', registries: unreadable('no') });
  const named = { ...snapshot([off]), asked: { ...snapshot([]).asked, registries: ['off', 'lost'] } };
  const because = (outcome: Outcome) =>
    defineCheck({ ...words, id: 'unknown', needs: ['registry'], evaluate: () => outcome });
  test.each<[string, Snapshot, readonly AnyCheck[], boolean]>([
    ['when all was seen', snapshot([on, off]), [adminOff], true],
    ['although Azure does not tell', snapshot([off]), [because(untold('new'))], true],
    ['although the user did not ask', snapshot([off]), [because(unasked('narrow'))], true],
    ['not when a verdict waits for what was not read', snapshot([off]), [because(unseen(unreadable('odd')))], false],
    ['not when evidence was denied', snapshot([hidden]), [adminOff], false],
    ['not when a subscription would not list', snapshot([off], [looked(), unlisted]), [adminOff], false],
    ['not when a registry that was named is not there', named, [adminOff], false],
    ['not when a check broke', snapshot([off]), [adminOff, throws], false],
    ['not when nothing is there', snapshot([]), [adminOff], false],
  ])('%s', (_, given, checks, complete) => {
    expect(judged(given, checks).complete).toBe(complete);
  });

  test('when nothing is there, and that is allowed', () => {
    expect(evaluate(snapshot([]), { checks: [adminOff], profile: 'recommended', allowEmpty: true }).complete).toBe(
      true,
    );
  });

  test('and says what was not found', () => {
    expect(judged(named).unread).toMatchObject([{ what: 'registry lost' }]);
    expect(judged(snapshot([])).unread).toMatchObject([{ what: 'registries' }]);
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
    findingOf(evaluate(snapshot([given]), { checks: [check], profile: 'recommended', full: true }), check.id)
      ?.fingerprint;
  test('and not for verdict or casing', () => {
    expect(print({ ...on, id: on.id.toUpperCase() })).toBe(print({ ...off, id: on.id }));
  });
  test('differs by registry and by check', () => {
    expect(new Set([print(on), print(off), print(on, throws)]).size).toBe(3);
  });
});

describe('a check may count the other verdicts when all are there', () => {
  const gated = defineCheck({
    ...words,
    id: 'gated',
    needs: ['registry'],
    evaluate: ({ registry }) =>
      unlessPremium(registry, 'it') ?? must('registry/adminUserEnabled', registry.adminUserEnabled, false),
  });
  const counts = defineCheck({
    ...words,
    id: 'counts',
    needs: ['registry'],
    evaluate: ({ registry }) => must('registry/adminUserEnabled', registry.adminUserEnabled, false),
    lastWords: (_, others) => [...others].map(([id, { verdict }]) => `${id} ${verdict}`).join(', '),
  });
  const registry = observed(acr({ sku: 'Basic', adminUserEnabled: true }));

  test.each([[[adminOff, gated, counts]], [[counts, gated, adminOff]]])('whatever their order', (checks) => {
    expect(findingOf(judged(snapshot([entry('one', registry)]), checks), 'counts')).toMatchObject({
      message: 'admin-off fail, counts fail, gated not-applicable',
    });
  });

  test('and changes no verdict: one that does not fail is not asked', () => {
    const calm = { ...counts, evaluate: () => notApplicable('calm') };
    const report = judged(snapshot([entry('one', registry)]), [adminOff, calm]);
    expect(report.subjects[1]?.rest['not-applicable']).toMatchObject({ counts: 'calm' });
  });
});

describe('judged before text', () => {
  test('judgeAll gives the subject, the check and the outcome with its typed steps; reportOf only text', () => {
    const given = snapshot([on, off]);
    const judging = { checks: [adminOff], profile: 'recommended' } as const;
    const all = judgeAll(given, judging);
    expect(all.map(({ subject, check, outcome }) => [subject.name, check, outcome.verdict])).toEqual([
      ['off', adminOff, 'pass'],
      ['on', adminOff, 'fail'],
    ]);
    expect(reportOf(all, given, judging)).toEqual(evaluate(given, judging));
    const [, failed] = all;
    const turned = all.map((one) => (one === failed ? { ...one, outcome: notApplicable('turned') } : one));
    expect(reportOf(turned, given, judging).summary).toMatchObject({ fail: 0, 'not-applicable': 1 });
  });
});

describe('things', () => {
  const tokens = defineCheck({
    ...words,
    id: 'tokens',
    needs: ['registry'],
    evaluate: () =>
      verdictOn(
        ['ci', 'dev'].map((name) => bad(`token/${name}`, { at: 'registry/sku', saw: 'Premium' }, `${name} is bad`)),
        'none',
      ),
  });
  const finding = findingOf(judged(snapshot([on]), [tokens]), 'tokens');
  if (finding?.verdict !== 'fail') throw new Error('it fails');

  test('are the bad parts, each with a fingerprint of its own', () => {
    expect(finding.things).toMatchObject([
      { thing: 'token/ci', words: 'ci is bad' },
      { thing: 'token/dev', words: 'dev is bad' },
    ]);
    expect(new Set([finding, ...(finding.things ?? [])].map(({ fingerprint }) => fingerprint)).size).toBe(3);
  });

  test('are left out of a check over one', () => {
    expect(findingOf(judged(snapshot([on])), 'admin-off')).not.toHaveProperty('things');
  });
});

describe('a value that only a person knows', () => {
  const command = (text: string) => ({ kind: 'command', text }) as const;

  test('is asked once, and its commands stop without it', () => {
    const rule = command('az acr network-rule add --name <registry> --ip-address <your-range>');
    const query = command(`az x --query "[?a=='<your-range>']" --data '{"b":"<other>"}'`);
    expect(namedSteps([rule, query], { registry: 'on' })).toEqual([
      { kind: 'question', id: 'YOUR_RANGE', text: 'which your range' },
      command(`az acr network-rule add --name on --ip-address "\${YOUR_RANGE:?which your range}"`),
      { kind: 'question', id: 'OTHER', text: 'which other' },
      command(`az x --query "[?a=='\${YOUR_RANGE:?which your range}']" --data '{"b":"'"\${OTHER:?which other}"'"}'`),
    ]);
  });

  test('keeps the question of the check', () => {
    expect(
      namedSteps([{ kind: 'question', id: 'SUBNET', text: 'id of the subnet' }, command('az x <subnet>')], {}),
    ).toEqual([
      { kind: 'question', id: 'SUBNET', text: 'id of the subnet' },
      command(`az x "\${SUBNET:?which subnet}"`),
    ]);
  });
});

describe('steps of a fix', () => {
  const closes = { kind: 'acr.update', set: { publicNetworkEnabled: false } } as const;
  const opens = { kind: 'acr.ipRule.add', range: '203.0.113.0/24' } as const;
  const facts = { registry: acr({ publicNetworkAccess: 'Enabled' }) };

  test('what closes a gate comes after a look at the step before it, and says what it ends', () => {
    const steps = fixSteps([opens, closes], facts);
    expect(steps.map(({ kind, ends }) => [kind, ends])).toEqual([
      ['command', undefined],
      ['verify', undefined],
      ['command', 'way'],
    ]);
    expect(steps[1]).toMatchObject({ text: expect.stringMatching(/^az acr .*list/), expect: expect.any(String) });
  });

  test('what a person does is no command, whatever name it begins with', () => {
    const text = 'az acr delete --name contoso --yes #: change that task';
    expect(fixSteps([{ kind: 'manual', text }])).toEqual([{ kind: 'manual', text }]);
  });

  test('each says how it is undone, told with the facts before it', () => {
    expect(fixSteps([closes], facts)[0]).toMatchObject({
      undo: expect.stringContaining('--public-network-enabled true'),
    });
    expect(fixSteps([closes])[0]).not.toHaveProperty('undo');
  });
});

describe('what the report says of the scan', () => {
  test('everything that narrows it, with every key', () => {
    expect(judged(snapshot([off])).asked).toEqual({
      registries: [],
      subscriptions: [],
      groups: [],
      tags: [],
      areas: [],
      checks: [],
      skips: [],
      optIns: [],
      options: {},
      severity: {},
      plugins: [],
      consumers: [],
      partnerRegistries: [],
      purposes: [],
    });
  });

  test('a severity that the configuration overrides, and only that', () => {
    const asked = { severity: { 'admin-off': 'low' } } as const;
    const report = evaluate(snapshot([on]), { checks: [adminOff, throws], profile: 'recommended', asked });
    expect(findingOf(report, 'admin-off')).toMatchObject({ severity: 'low' });
    expect(findingOf(report, 'throws')).not.toHaveProperty('severity');
    expect(
      exitCode(evaluate(snapshot([on]), { checks: [adminOff], profile: 'recommended', asked }), 'high', false),
    ).toBe(0);
  });

  test('every read that failed, nested ones too, whether or not a verdict rests on it', () => {
    const links = denied('no links', [{ action: 'a/read', scope: '/s' }]);
    const given = {
      ...snapshot([{ ...off, facets: { ...off.facets, tasks: unreadable('odd') } }]),
      shared: { privateDns: observed({ zones: [{ id: 'z', name: 'privatelink.azurecr.io', links }], unseen: [] }) },
    } as unknown as Snapshot;
    const report = judged(given);
    expect(report.unread).toEqual([
      { what: 'links of privatelink.azurecr.io', reason: 'no links', missing: [{ action: 'a/read', scope: '/s' }] },
      { what: 'tasks of off', reason: 'odd', missing: [] },
    ]);
    expect(report.complete).toBe(true);
  });

  test('passes with what was seen, on request', () => {
    const report = evaluate(snapshot([off]), { checks: [adminOff], profile: 'recommended', full: true });
    expect(report.subjects[1]).toMatchObject({
      findings: [{ verdict: 'pass', observations: [{ words: 'admin user: off' }] }],
      rest: { pass: {}, 'not-applicable': {} },
    });
    expect(judged(snapshot([off])).subjects[1]).toMatchObject({
      findings: [],
      rest: { pass: { 'admin-off': ['registry/adminUserEnabled'] } },
    });
  });
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
