import { describe, expect, test } from 'vitest';
import type { ReportObservation } from '../../src/model/report.ts';
import { failedChecks, gaps, observationText, whereabouts } from '../../src/report/view.ts';
import { menagerie } from './support.ts';

const report = menagerie();

describe('an observation in a line', () => {
  const rows: readonly [string, Partial<ReportObservation>, string][] = [
    ['what was seen', { saw: 'Enabled' }, 'registry: saw Enabled'],
    ['what was wanted instead', { saw: 'Enabled', wanted: 'Disabled' }, 'registry: saw Enabled, wanted Disabled'],
    ['a name for people in place of the pointer', { saw: true, about: 'contoso' }, 'contoso: saw true'],
    ['what Azure left out', { saw: null, wanted: false }, 'registry: saw nothing, wanted false'],
    ['an empty text', { saw: '' }, 'registry: saw nothing'],
    ['an empty list', { saw: [] }, 'registry: saw none'],
    ['several values', { saw: ['10.0.0.4', 7, null] }, 'registry: saw 10.0.0.4, 7, null'],
    ['things that have a name, by it', { saw: [{ name: 'alpha', zone: 1 }] }, 'registry: saw alpha'],
    ['things that have none, whole', { saw: { name: null, zone: 1 } }, 'registry: saw {"name":null,"zone":1}'],
    ['300 characters of a long value', { saw: 'x'.repeat(301) }, `registry: saw ${'x'.repeat(300)}…`],
    ['all of one as long as that', { saw: 'x'.repeat(300) }, `registry: saw ${'x'.repeat(300)}`],
  ];
  test.each(rows)('tells %s', (_, observation, text) => {
    expect(observationText({ at: 'registry', about: null, saw: null, wanted: null, ...observation })).toBe(text);
  });
});

test('of the checks, those that failed somewhere are told, worst first, with how often', () => {
  const times = new Map([
    ['premium-sku', 1],
    ['admin-user-disabled', 2],
  ]);
  const [finding] = report.findings.filter(({ verdict }) => verdict === 'fail');
  if (!finding) throw new Error('the menagerie has a failure');
  const findings = [...times].flatMap(([check, count]) => Array.from({ length: count }, () => ({ ...finding, check })));
  const passed = { ...finding, check: 'anonymous-pull-disabled', verdict: 'pass' as const };
  const failed = failedChecks({ ...report, checks: report.checks.toReversed(), findings: [...findings, passed] });
  expect(failed.map(({ check, times }) => [check.id, times])).toEqual([
    ['admin-user-disabled', 2],
    ['premium-sku', 1],
  ]);
});

test('a subject is told by the name of its own subscription', () => {
  const scope = { observed: true, reason: null, missing: [] };
  const scopes = [
    { ...scope, id: '/subscriptions/a', name: 'Alpha' },
    { ...scope, id: '/subscriptions/b', name: 'Beta' },
  ];
  const subject = { kind: 'registry', name: 'contoso', location: 'westeurope', sku: null } as const;
  const id = '/subscriptions/B/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/contoso';
  expect(whereabouts({ ...report, scopes }, { ...subject, id })).toEqual([
    'SKU unknown',
    'westeurope',
    'group rg',
    'subscription Beta',
  ]);
  expect(whereabouts({ ...report, scopes: [] }, { ...subject, id }).at(-1)).toBe('subscription B');
});

test('what keeps several verdicts back is one gap, with each check and each missing action once', () => {
  const unknown = report.findings.find(({ missing }) => missing.length > 0);
  if (!unknown) throw new Error('the menagerie has something unseen');
  const findings = ['premium-sku', 'premium-sku', 'admin-user-disabled'].map((check) => ({ ...unknown, check }));
  expect(gaps({ ...report, scopes: [], findings })).toEqual([
    { what: `premium-sku, admin-user-disabled: ${unknown.message}`, missing: unknown.missing, findings: 3 },
  ]);
});
