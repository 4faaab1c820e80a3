import { expect, test } from 'vitest';
import { failedChecks, gaps, sentence, whereabouts } from '../../src/report/view.ts';
import { failureOf, fleet, menagerie, onSubjects, withFindings } from './support.ts';

const report = menagerie();

test('of the checks, those that failed somewhere are told, worst first, with where', () => {
  const failed = failedChecks(
    fleet(report, 2, [failureOf(report, 'premium-sku'), failureOf(report, 'admin-user-disabled')]),
  );
  expect(failed.map(({ check, rows }) => [check.id, rows.map(({ subject }) => subject.name)])).toEqual([
    ['admin-user-disabled', ['kvacr0', 'kvacr1']],
    ['premium-sku', ['kvacr0', 'kvacr1']],
  ]);
});

test('an overridden severity moves a check', () => {
  const mild = withFindings(report, (one) => ({ ...one, severity: one.check === 'premium-sku' ? 'critical' : 'low' }));
  expect(failedChecks(mild)[0]?.check.id).toBe('premium-sku');
});

test('a subject is told by the name of its own subscription', () => {
  const scopes = [
    { observed: true, id: '/subscriptions/a', name: 'Alpha' },
    { observed: true, id: '/subscriptions/b', name: 'Beta' },
  ];
  const subject = {
    id: '/subscriptions/B/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/contoso',
    kind: 'registry',
    name: 'contoso',
    location: 'westeurope',
    sku: null,
    findings: [],
    rest: { pass: {}, 'not-applicable': {} },
  } as const;
  expect(whereabouts({ ...report, scopes }, subject)).toEqual([
    'SKU unknown',
    'westeurope',
    'group rg',
    'subscription Beta',
  ]);
  expect(whereabouts({ ...report, scopes: [] }, subject).at(-1)).toBe('subscription B');
});

test('what keeps several verdicts back is one gap, with each check and each missing action once', () => {
  const missing = [{ action: 'a/read', scope: '/s' }];
  const unknown = { verdict: 'unknown', unseen: 'unread', reason: 'no', fingerprint: '', missing } as const;
  const subjects = fleet(report, 2, [
    { ...unknown, check: 'premium-sku' },
    { ...unknown, check: 'admin-user-disabled' },
  ]).subjects;
  expect(gaps({ ...onSubjects(report, subjects), unread: [] })).toEqual([
    { what: 'premium-sku, admin-user-disabled: no', missing, findings: 4 },
  ]);
});

test('what Azure does not tell is no gap', () => {
  const untold = fleet(report, 1, [
    { check: 'premium-sku', verdict: 'unknown', unseen: 'untold', reason: 'new', fingerprint: '' },
  ]);
  expect(gaps({ ...untold, unread: [] })).toEqual([]);
});

test.each([
  ['no end', 'no end.'],
  ['One end.', 'One end.'],
  ['really?', 'really?'],
])('%s ends once', (text, ended) => expect(sentence(text)).toBe(ended));
