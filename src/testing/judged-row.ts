import { type Judgement, judge } from '../engine/judge.ts';
import type { AnyCheck } from '../model/check.ts';
import { denied, type Evidence, notCollected, observed, type Unseen } from '../model/evidence.ts';
import type { Facet } from '../model/facets.ts';
import type { KnownFacts, Step } from '../model/step.ts';
import { someAction } from './removals.ts';
import type { Expectation } from './row.ts';

const defaultContext = {
  now: '2026-11-23T02:00:00Z',
  subject: '/subscriptions/00000000-0000-0000-0000-000000000001',
  cloud: { name: 'public', resourceManager: 'https://management.azure.com', registrySuffix: 'azurecr.io' },
} as const;

/** The verdict on the facts of a row; a facet that is withheld was denied. */
export function judgeFacts(
  check: AnyCheck,
  facts: KnownFacts,
  expect: Expectation = {},
  withheld = new Set<string>(),
): Judgement {
  const { registry } = facts;
  const context = {
    subject: expect.subject ?? registry?.id ?? defaultContext.subject,
    now: expect.now ?? defaultContext.now,
    cloud: { ...defaultContext.cloud, ...expect.cloud },
    partnerRegistries: expect.partnerRegistries ?? [],
    purposes: expect.purposes ?? [],
  };
  const read = (facet: Facet): Evidence<unknown> => {
    if (withheld.has(facet)) return denied('withheld by the test', someAction);
    const given: unknown = facts[facet];
    if (given === undefined && !check.needs.includes(facet)) return notCollected('the row does not hold it');
    const unread = expect.unread?.includes(facet) ? [{ entry: 'an entry', reason: 'withheld by the test' }] : [];
    return isUnseen(given) ? given : observed(given, [], unread);
  };
  // The engine compares evidence by identity, as a snapshot hands it out.
  const held = new Map<Facet, Evidence<unknown>>();
  const lookup = (facet: Facet): Evidence<unknown> => {
    const evidence = held.get(facet) ?? read(facet);
    held.set(facet, evidence);
    return evidence;
  };
  return judge(check, lookup, context, expect.options);
}

/** Whether a row gives a facet as why it was not seen. */
export const isUnseen = (given: unknown): given is Unseen =>
  typeof given === 'object' && given !== null && 'state' in given && 'reason' in given && 'missing' in given;

/** The steps of a failure: its own, else those of the check. */
export const stepsOf = (check: AnyCheck, outcome: Judgement): readonly Step[] =>
  (outcome.verdict === 'fail' ? outcome.steps : undefined) ?? check.fix.steps;

/** Why it is not known or does not apply, else what the verdict says. */
export const reasonOf = (outcome: Judgement): string =>
  'reason' in outcome ? outcome.reason : (outcome.message ?? '');

/** What a reader of the verdict is told. */
export function saidBy(check: AnyCheck, outcome: Judgement): string {
  if ('reason' in outcome) return outcome.reason;
  return outcome.message ?? (outcome.verdict === 'fail' ? check.problem : check.title);
}
