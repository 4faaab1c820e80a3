import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import type { TenantDocument } from '../../src/emulator/index.ts';
import { judgeAll } from '../../src/engine/judge-all.ts';
import { subscriptionOf } from '../../src/model/ids.ts';
import { collectedBut } from '../emulated.ts';
import { concernOf, type Read, readOf } from './concern.ts';
import { tenants, wanted } from './tenants.ts';

interface Told {
  readonly subject: string;
  readonly check: string;
  readonly verdict: string;
}

/** Every check that rests on nothing but what is collected here. */
const judging = checks.filter(({ needs, evidence = [] }) =>
  [...needs, ...evidence].every((facet) => wanted.has(facet)),
);

async function judgedWithout(document: TenantDocument, isRefused: (sent: string) => boolean) {
  const { snapshot, asked } = await collectedBut(document, wanted, isRefused);
  const told = judgeAll(snapshot, { checks: judging, profile: 'regulated' }).map(
    ({ subject, check, outcome }): Told => ({ subject: subject.id, check: check.id, verdict: outcome.verdict }),
  );
  return { told, asked: [...new Set(asked)] };
}

const unknowns = (told: readonly Told[]): number => told.filter(({ verdict }) => verdict === 'unknown').length;
const key = ({ subject, check }: Told): string => `${check} of ${subject}`;
const isOnThePath = (sent: string): boolean =>
  /\/Microsoft\.(Network|ContainerService)\/|\/roleAssignments\?|\/replications\?|\/privateEndpointConnections\?/i.test(
    sent,
  );

/**
 * A zone of which nobody knows to what it is linked is another registry's while the own one is seen. What it lacks is
 * then asked of nobody: the network counts as unlinked, which is a finding of its own.
 */
const countsAsUnlinked = (reads: readonly Read[], one: Told, after: readonly Told[]): boolean =>
  reads.some(({ sent }) => sent.includes('/virtualNetworkLinks?')) &&
  one.check === 'private-dns-records-complete' &&
  one.verdict === 'pass' &&
  after.some(
    ({ subject, check, verdict }) =>
      subject === one.subject && check === 'private-dns-zone-linked' && verdict === 'fail',
  );

/** Which reads may change what is said of a subject. */
const concernsOf = (document: TenantDocument, told: readonly Told[]): ReadonlyMap<string, (read: Read) => boolean> =>
  new Map(
    [...new Set(told.map(({ subject }) => subject))].map((subject) => [
      subject,
      subject.includes('/providers/')
        ? concernOf(document, subject)
        : ({ scope }: Read) => scope.startsWith(subject.toLowerCase()),
    ]),
  );

/** Each read by itself, all that is read of a zone, and all that is read in a subscription. */
function refusals(asked: readonly string[]): ReadonlyMap<string, readonly Read[]> {
  const reads = asked.filter(isOnThePath).map(readOf);
  const together = (name: (read: Read) => string | undefined) =>
    reads.flatMap((read) => {
      const of = name(read);
      return of === undefined ? [] : [[of, reads.filter((one) => name(one) === of)] as const];
    });
  return new Map([
    ...together(({ sent }) => sent),
    ...together(({ scope, type }) => (type === 'privatednszones' && scope.includes('/providers/') ? scope : undefined)),
    ...together(({ scope }) => subscriptionOf(scope)),
  ]);
}

describe('what was refused makes no verdict a pass or a fail, and changes none that it does not concern', () => {
  test.each(tenants)('%s', async (_, document) => {
    const { told: before, asked } = await judgedWithout(document, () => false);
    const verdicts = new Map(before.map((one) => [key(one), one.verdict]));
    const concerns = concernsOf(document, before);
    const faults: string[] = [];
    for (const [refused, reads] of refusals(asked)) {
      const sent = new Set(reads.map((one) => one.sent));
      const { told: after } = await judgedWithout(document, (one) => sent.has(one));
      const isOther = ({ subject }: Told): boolean => !reads.some((read) => concerns.get(subject)?.(read));
      for (const one of after) {
        const was = verdicts.get(key(one));
        if (was === one.verdict) continue;
        const what = `${refused}: ${key(one)} was ${was}, is ${one.verdict}`;
        const isMade = ['pass', 'fail', 'error'].includes(one.verdict);
        if (isMade && !countsAsUnlinked(reads, one, after)) faults.push(`made: ${what}`);
        if (isOther(one)) faults.push(`of no concern: ${what}`);
      }
      const [were, are] = [before, after].map((told) => unknowns(told.filter(isOther)));
      if (were !== are) faults.push(`${refused}: there were ${were} unknowns of others, there are ${are}`);
    }
    expect(faults).toEqual([]);
  });
});
