import { describe, expect, test } from 'vitest';
import { compare } from '../../src/engine/comparison.ts';
import type { Failed, Finding, Report } from '../../src/pages/report.ts';
import { failureOf, fleet, menagerie } from '../report/support.ts';

const report = menagerie();
const failure = failureOf(report, 'admin-user-disabled');
const thing = (name: string, more: object = {}) => ({
  thing: `token/${name}`,
  words: `${name} never expires`,
  fingerprint: `print-${name}`,
  ...more,
});
const over = (...things: NonNullable<Failed['things']>): Finding => ({ ...failure, things });
const base: Report = {
  ...report,
  scopes: report.scopes.filter(({ observed }) => observed),
  asked: { ...report.asked, registries: [], groups: [], tags: [] },
};
const of = (...findings: readonly Finding[]): Report => {
  const one = fleet(base, 1, []);
  return { ...one, subjects: one.subjects.map((subject) => ({ ...subject, findings })) };
};
const passing = (): Report => {
  const one = of();
  return {
    ...one,
    subjects: one.subjects.map((subject) => ({ ...subject, rest: { ...subject.rest, pass: { [failure.check]: [] } } })),
  };
};
const unknown: Finding = {
  check: failure.check,
  verdict: 'unknown',
  unseen: 'unread',
  reason: 'denied',
  fingerprint: failure.fingerprint,
};
const waived = { reason: 'lab', until: '2027-01-01' };
const without = (report: Report): Report => ({ ...report, subjects: [] });

type Fate = 'new' | 'fixed' | 'still' | 'unseen';

describe('what becomes of a failure', () => {
  test.each<[string, Report, Report, Fate | null, string?]>([
    ['that was not there', passing(), of(failure), 'new'],
    ['that was not there and is accepted', passing(), of({ ...failure, waived }), null],
    ['of a registry that was not there', without(base), of(failure), 'new'],
    ['that passes now', of(failure), passing(), 'fixed'],
    ['that is the same', of(failure), of({ ...failure, message: 'in other words' }), 'still'],
    ['that is accepted now', of(failure), of({ ...failure, baseline: true }), 'still', 'accepted'],
    ['that is unknown now', of(failure), of(unknown), 'unseen', 'the verdict is unknown'],
    ['whose check was not run', of(failure), of(), 'unseen', 'the check was not run'],
    ['of a registry that is gone', of(failure), without(base), 'fixed', 'it is gone'],
    [
      'of a registry whose subscription would not list',
      of(failure),
      { ...without(base), scopes: base.scopes.map((scope) => ({ ...scope, observed: false })) },
      'unseen',
      'it was not looked at',
    ],
    [
      'of a registry that was not asked for',
      of(failure),
      { ...without(base), asked: { ...base.asked, registries: ['other'] } },
      'unseen',
      'it was not looked at',
    ],
  ])('%s', (_, before, after, fate, why) => {
    const drift = compare(before, after);
    const fates = (['new', 'fixed', 'still', 'unseen'] as const).filter((one) => drift[one].length > 0);
    expect(fates).toEqual(fate === null ? [] : [fate]);
    if (fate !== null) expect(drift[fate][0]?.why).toBe(why);
  });

  test('is told for each thing: an old one hides no new one', () => {
    const drift = compare(of(over(thing('old'), thing('gone'))), of(over(thing('old'), thing('new'))));
    const names = (fate: Fate) => drift[fate].map((one) => one.thing);
    expect([names('new'), names('still')]).toEqual([['token/new'], ['token/old']]);
  });

  test('is fixed for a thing that is not in a failure that is still there', () => {
    expect(compare(of(over(thing('old'), thing('gone'))), of(over(thing('old')))).fixed).toMatchObject([
      { thing: 'token/gone' },
    ]);
  });
});
