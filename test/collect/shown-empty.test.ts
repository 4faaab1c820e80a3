import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { everyFacet } from '../../src/cli/evidence.ts';
import { withPrerequisites } from '../../src/collect/index.ts';
import { shownEmpty } from '../../src/collect/shown-empty.ts';
import { judgeAll } from '../../src/engine/judge-all.ts';
import { observed } from '../../src/model/evidence.ts';
import { facets } from '../../src/model/facets.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { collectedBut } from '../emulated.ts';
import { tenants } from '../network/tenants.ts';

const wanted = withPrerequisites(everyFacet.filter((facet) => !facets[facet].optIn));

/** Every verdict but those that rest on the counts themselves. */
const verdictsOf = (snapshot: Snapshot): readonly string[] =>
  judgeAll(snapshot, {
    checks: checks.filter(({ needs, evidence = [] }) => ![...needs, ...evidence].includes('usages')),
    profile: 'regulated',
  }).map(({ subject, check, outcome }) => `${subject.name}: ${check.id} ${outcome.verdict}`);

/** A list of a registry that the counts, or another list, may show to be empty. */
const sparable = /\/(tokens|scopeMaps|webhooks|connectedRegistries|credentialSets)\?/;

describe('what an answer of before shows to be empty is not asked', () => {
  test.each(tenants)('%s: every verdict is the one of asking everything', async (_, document) => {
    const sparing = await collectedBut(document, wanted, () => false);
    const asking = await collectedBut(document, wanted, (sent) => sent.includes('/listUsages?'));
    expect(verdictsOf(sparing.snapshot)).toEqual(verdictsOf(asking.snapshot));
    const lists = (asked: readonly string[]) => asked.filter((sent) => sparable.test(sent)).length;
    expect(lists(sparing.asked)).toBeLessThanOrEqual(lists(asking.asked));
  });

  test('and it is cited by the request that showed it', async () => {
    const spared = { asked: 0, spared: 0 };
    for (const [, document] of tenants) {
      const { snapshot, asked } = await collectedBut(document, wanted, () => false);
      spared.asked += asked.filter((sent) => sparable.test(sent)).length;
      for (const { id, facets: own } of snapshot.registries)
        for (const facet of ['tokens', 'scopeMaps', 'webhooks', 'connectedRegistries', 'credentialSets'] as const) {
          const evidence = own[facet];
          if (evidence?.state !== 'observed' || own.registry?.state !== 'observed') continue;
          const isAsked = asked.some((sent) => sent.toLowerCase().includes(`${id}/${facet}?`.toLowerCase()));
          if (isAsked || own.registry.value.sku !== 'Premium') continue;
          spared.spared += 1;
          expect(evidence.value, `${id} ${facet}`).toEqual([]);
          const sources = evidence.sources.map((source) => (source.kind === 'arm' ? source.request : source.kind));
          expect([...new Set(sources)]).toEqual([expect.stringMatching(/\/(listUsages|tokens|cacheRules)$/)]);
        }
    }
    expect(spared.spared).toBeGreaterThan(0);
    expect(spared.asked).toBeGreaterThan(0);
  });
});

describe('a count shows that a list is empty only where it says 0', () => {
  const usages = (...counts: readonly (readonly [name: string, currentValue: number | null])[]) => ({
    usages: observed(
      counts.map(([name, currentValue]) => ({ name, limit: null, currentValue })),
      [{ kind: 'arm', request: '/listUsages', apiVersion: '2025-11-01', at: '2026-01-01T00:00:00Z' }],
    ),
  });
  const shows = (
    facet: 'tokens' | 'scopeMaps' | 'webhooks',
    known: Parameters<NonNullable<typeof shownEmpty.tokens>['shows']>[0],
  ) => (shownEmpty[facet]?.shows(known) ?? null) !== null;

  test.each([
    ['tokens', usages(['Tokens', 0]), true],
    ['tokens', usages(['TOKENS', 0]), true],
    ['tokens', usages(['Tokens', 1]), false],
    ['tokens', usages(['Tokens', null]), false],
    ['tokens', usages(['Webhooks', 0]), false],
    ['tokens', usages(['Tokens', 0], ['tokens', 2]), false],
    ['tokens', {}, false],
    ['scopeMaps', usages(['Tokens', 0], ['ScopeMaps', 0]), true],
    ['scopeMaps', usages(['Tokens', 1], ['ScopeMaps', 0]), false],
    ['scopeMaps', usages(['Tokens', 0], ['ScopeMaps', 3]), false],
    ['scopeMaps', usages(['ScopeMaps', 0]), false],
    ['webhooks', usages(['Webhooks', 0]), true],
    ['webhooks', usages(['Webhooks', 2]), false],
  ] as const)('%s by %j: %s', (facet, known, expected) => {
    expect(shows(facet, known)).toBe(expected);
  });

  test('a list with an unread entry is not empty', () => {
    const tokens = { ...observed([]), unread: [{ entry: 'x', reason: 'odd' }] };
    expect(shownEmpty.connectedRegistries?.shows({ tokens })).toBeNull();
    expect(shownEmpty.connectedRegistries?.shows({ tokens: observed([]) })).toEqual([]);
  });
});
