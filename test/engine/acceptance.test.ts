import { describe, expect, test } from 'vitest';
import admin from '../../checks/identity/admin-user-disabled.ts';
import { accept } from '../../src/engine/acceptance.ts';
import { baselineSchema, failuresIn, updated } from '../../src/engine/baseline.ts';
import { evaluate, type Judging } from '../../src/engine/evaluate.ts';
import { exitCode } from '../../src/engine/exit-code.ts';
import { globMatches } from '../../src/engine/glob.ts';
import type { AnyCheck } from '../../src/model/check.ts';
import type { WaiverRule } from '../../src/model/config.ts';
import { denied, observed } from '../../src/model/evidence.ts';
import { fail, pass } from '../../src/model/outcome.ts';
import { bad, verdictOn } from '../../src/model/parts.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { acr, registryId, subscriptionId } from '../support.ts';

/** A registry of team data whose admin user is on, with these tokens that never expire. */
const snapshot = (...tokens: readonly string[]): Snapshot => ({
  schema: 'acr-audit/snapshot@1',
  tool: { name: 'acr-audit', version: '0' },
  collectedAt: '2026-11-23T02:00:00Z',
  cloud: { name: 'public', resourceManager: 'https://management.azure.com', registrySuffix: 'azurecr.io' },
  asked: { registries: [], groups: [], tags: [], subscriptions: [], managementGroup: null, optIns: [] },
  subscriptions: [{ id: subscriptionId, name: 'Contoso', registries: observed([registryId]), facets: {} }],
  registries: [
    {
      id: registryId,
      name: 'contoso',
      subscription: subscriptionId,
      facets: { registry: observed(acr({ adminUserEnabled: true, tags: { team: 'data', tokens: tokens.join(' ') } })) },
    },
  ],
  shared: {},
});

/** A check over many things: each word of a tag is a bad one. */
const many: AnyCheck = {
  ...admin,
  id: 'tokens-good',
  evaluate: ({ registry }) =>
    verdictOn(
      registry.tags.tokens
        .split(' ')
        .filter(Boolean)
        .map((name: string) => bad(`token/${name}`, { at: 'registry/tags/tokens', saw: name }, `${name} is bad`)),
      pass({ at: 'registry/tags/tokens', saw: '' }),
    ),
};
const one: AnyCheck = {
  ...admin,
  id: 'admin-off',
  evaluate: ({ registry }) => fail({ at: 'registry/adminUserEnabled', saw: registry.adminUserEnabled }),
};
const plan: AnyCheck = {
  ...one,
  id: 'plan-bought',
  scope: 'subscription',
  needs: [],
  evaluate: () => fail({ at: 'defenderPlans', saw: [] }),
};

const report = (given: Snapshot, judging: Partial<Judging> = {}) =>
  evaluate(given, { checks: [one, many, plan], profile: 'recommended', ...judging });
const rule = (more: Partial<WaiverRule>): WaiverRule => ({
  check: 'admin-off',
  registry: '*',
  reason: 'lab',
  until: '2026-11-23',
  ...more,
});
const waived = (given: Snapshot, waivers: readonly WaiverRule[], baseline: readonly string[] = []) =>
  accept(report(given), given, { waivers, baseline: new Set(baseline) });
const openIn = ({ report }: ReturnType<typeof waived>): string[] =>
  failuresIn(report).map(({ check, thing }) => thing ?? check);

test.each([
  ['kvacr*', 'KVACRlab', true],
  ['kvacr*', 'akvacr', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['a.c', 'abc', false],
  ['*', '', true],
])('the glob %s and %s: %s', (glob, text, matches) => {
  expect(globMatches(glob, text)).toBe(matches);
});

describe('a waiver', () => {
  const table: readonly (readonly [string, Partial<WaiverRule>, boolean])[] = [
    ['by the name of the registry', { registry: 'cont*' }, true],
    ['by another name', { registry: 'kvacr*' }, false],
    ['by its id', { registry: registryId.toUpperCase() }, true],
    ['of its subscription, by name', { registry: '*', subscription: 'contoso' }, true],
    ['of its subscription, by id', { subscription: subscriptionId.slice('/subscriptions/'.length) }, true],
    ['of another subscription', { subscription: 'fabrikam' }, false],
    ['of its group', { group: 'RG-*' }, true],
    ['of another group', { group: 'rg-other' }, false],
    ['by a tag', { tag: 'team' }, true],
    ['by a tag in another case, of which Azure takes no notice', { tag: 'Team=data' }, true],
    ['by the value of a tag', { tag: 'team=data' }, true],
    ['by another value', { tag: 'team=web' }, false],
    ['by a tag that is none', { tag: 'constructor' }, false],
    ['of another check', { check: 'tokens-good' }, false],
    ['on its last day', { until: '2026-11-23' }, true],
    ['after it', { until: '2026-11-22' }, false],
    ['of a thing, for a check over one', { thing: 'admin*' }, false],
  ];
  test.each(table)('%s', (_, more, accepts) => {
    const { report: after } = waived(snapshot(), [rule(more)]);
    const finding = after.subjects.flatMap(({ findings }) => findings).find(({ check }) => check === 'admin-off');
    expect(finding).toMatchObject(accepts ? { waived: { reason: 'lab' } } : { check: 'admin-off' });
    expect(finding && 'waived' in finding).toBe(accepts);
    expect(after.summary).toMatchObject(accepts ? { fail: 1, waived: 1 } : { fail: 2, waived: 0 });
  });

  test('of one thing leaves the others failing; of each of them accepts the finding', () => {
    const tokens = (thing: string) => rule({ check: 'tokens-good', thing });
    expect(openIn(waived(snapshot('acme-1', 'acme-2', 'ci'), [tokens('token/acme-*')]))).toEqual([
      'plan-bought',
      'admin-off',
      'token/ci',
    ]);
    const all = waived(snapshot('acme-1', 'ci'), [tokens('token/acme-*'), tokens('token/ci')]);
    expect(openIn(all)).toEqual(['plan-bought', 'admin-off']);
    expect(all.report.summary.waived).toBe(1);
    expect(openIn(waived(snapshot('acme-1', 'ci', 'new'), [tokens('token/acme-*'), tokens('token/ci')]))).toContain(
      'token/new',
    );
  });

  test('of a subscription is by subscription: no registry is meant', () => {
    expect(openIn(waived(snapshot(), [rule({ check: 'plan-bought', registry: '*' })]))).toContain('plan-bought');
    const { check, reason, until } = rule({ check: 'plan-bought' });
    expect(openIn(waived(snapshot(), [{ check, reason, until, subscription: 'contoso' }]))).not.toContain(
      'plan-bought',
    );
  });

  test('that ended, and one that meets nothing, are named', () => {
    const ended = rule({ until: '2026-01-01' });
    const idle = rule({ registry: 'nobody' });
    const met = rule({});
    expect(waived(snapshot(), [ended, idle, met])).toMatchObject({ expired: [ended], unused: [idle] });
    expect(waived(snapshot(), [rule({ check: 'not-judged', registry: 'nobody' })]).unused).toEqual([]);
  });

  test('that meets what another one meets too is of use, and the one that holds the longest says until when', () => {
    const [short, long] = [rule({ until: '2026-11-24' }), rule({ registry: 'cont*', until: '2027-01-01' })];
    const { report: after, unused } = waived(snapshot(), [short, long]);
    expect(unused).toEqual([]);
    const finding = after.subjects.flatMap(({ findings }) => findings).find(({ check }) => check === 'admin-off');
    expect(finding).toMatchObject({ waived: { until: '2027-01-01' } });
  });

  test('is not called unused where its check could not be judged, or a subscription would not list', () => {
    const [entry] = snapshot().registries;
    if (!entry) throw new Error('there is one');
    const unseen = {
      ...entry,
      facets: { registry: denied('no', [{ action: 'Microsoft.X/read', scope: registryId }]) },
    };
    expect(waived({ ...snapshot(), registries: [unseen] }, [rule({})]).unused).toEqual([]);
    const idle = rule({ registry: 'nobody' });
    const [subscription] = snapshot().subscriptions;
    if (!subscription) throw new Error('there is one');
    const hidden = {
      ...subscription,
      registries: denied('no', [{ action: 'Microsoft.X/read', scope: subscriptionId }]),
    };
    expect(waived({ ...snapshot(), subscriptions: [hidden] }, [idle]).unused).toEqual([]);
    expect(waived(snapshot(), [idle]).unused).toEqual([idle]);
  });

  test('decides the exit code and no verdict', () => {
    const { report: after } = waived(snapshot(), [
      rule({}),
      { check: 'plan-bought', subscription: '*', reason: 'r', until: '2027-01-01' },
    ]);
    expect(exitCode(report(snapshot()), 'low', false)).toBe(1);
    expect(exitCode(after, 'low', false)).toBe(0);
  });
});

describe('a baseline', () => {
  const empty = { schema: baselineSchema, accepted: [] } as const;
  const prints = (given: ReturnType<typeof updated>) => given.accepted.map(({ fingerprint }) => fingerprint);

  test('accepts what failed then, by thing, and fails on what is new', () => {
    const then = updated(empty, report(snapshot('ci')));
    expect(openIn(waived(snapshot('ci'), [], prints(then)))).toEqual(
      failuresIn(report(snapshot('ci'))).map(({ check, thing }) => thing ?? check),
    );
    const { report: same } = waived(snapshot('ci'), [], prints(then));
    expect(exitCode(same, 'low', false)).toBe(0);
    expect(same.summary).toMatchObject({ fail: 0, waived: 3 });
    const { report: more } = waived(snapshot('ci', 'new'), [], prints(then));
    expect(exitCode(more, 'low', false)).toBe(1);
    const finding = more.subjects.flatMap(({ findings }) => findings).find(({ check }) => check === 'tokens-good');
    expect(finding).toMatchObject({ things: [{ thing: 'token/ci', baseline: true }, { thing: 'token/new' }] });
  });

  test('loses what no longer fails, and keeps what was not judged', () => {
    const then = updated(empty, report(snapshot('ci', 'old')));
    expect(updated(then, report(snapshot('ci'))).accepted.map(({ thing }) => thing)).not.toContain('token/old');
    const fewer = updated(then, report(snapshot('ci'), { checks: [one] }));
    expect(fewer.accepted.map(({ thing }) => thing)).toContain('token/old');
  });

  test('loses a registry that is gone, where its subscription was listed and the scan was of all in it', () => {
    const then = updated(empty, report(snapshot('ci')));
    const now = { ...report(snapshot()), subjects: [] };
    const checksOf = (given: typeof now) => updated(then, given).accepted.map(({ check }) => check);
    expect(checksOf(now)).toEqual(['plan-bought']);
    const all = then.accepted.map(({ check }) => check);
    expect(checksOf({ ...now, scopes: now.scopes.map((scope) => ({ ...scope, observed: false })) })).toEqual(all);
    expect(checksOf({ ...now, scopes: [] })).toEqual(all);
    for (const asked of [{ registries: ['other'] }, { groups: ['rg'] }, { tags: ['team'] }])
      expect(checksOf({ ...now, asked: { ...now.asked, ...asked } })).toEqual(all);
  });

  test('does not hold what a waiver holds', () => {
    const { report: after } = waived(snapshot(), [rule({})]);
    expect(updated(empty, after).accepted.map(({ check }) => check)).toEqual(['plan-bought']);
  });
});

test('a check that is skipped on a registry does not apply there, for the reason given', () => {
  const skip = [{ check: 'admin-off', registry: 'cont*', reason: 'a lab' }];
  const [, registry] = report(snapshot(), { skip }).subjects;
  expect(registry?.rest['not-applicable']['admin-off']).toBe('the configuration skips it: a lab');
  expect(report(snapshot(), { skip: [{ ...skip[0], registry: 'other' } as (typeof skip)[0]] }).summary.fail).toBe(2);
});

test('the owner of a registry is the value of its tag', () => {
  expect(report(snapshot(), { ownerTag: 'TEAM' }).subjects.map(({ owner }) => owner)).toEqual([undefined, 'data']);
  expect(report(snapshot(), { ownerTag: 'team' }).subjects.map(({ owner }) => owner)).toEqual([undefined, 'data']);
  expect(report(snapshot(), { ownerTag: 'constructor' }).subjects.map(({ owner }) => owner)).toEqual([
    undefined,
    undefined,
  ]);
});
