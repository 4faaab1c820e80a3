import { deepStrictEqual, notStrictEqual, strictEqual } from 'node:assert/strict';
import type { AnyCheck } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Facet } from '../model/facets.ts';
import type { KnownFacts } from '../model/step.ts';
import { judgeFacts } from './judged-row.ts';
import { recorded } from './recorder.ts';
import { names, removals } from './removals.ts';
import type { AnyRow, Case, Expectation, Irrelevant } from './row.ts';

/** The places without which a row passes: each is a wrong pass, unless it is named as irrelevant. */
export function passesWithout(check: AnyCheck, facts: KnownFacts, expect: Expectation = {}): string[] {
  const read = new Set<string>();
  judgeFacts(
    { ...check, evaluate: (seen, context) => check.evaluate(watched(check, seen, read) as never, context) },
    facts,
    expect,
  );
  const passing = removals(facts, read).filter(({ facts: less }) => judgeFacts(check, less, expect).verdict === 'pass');
  return [...new Set(passing.map(({ at }) => at))];
}

/** What `evaluate` is handed, noting what it reads. What only the words use decides nothing, and is not noted. */
const watched = (
  check: AnyCheck,
  seen: Readonly<Record<string, unknown>>,
  read: Set<string>,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(seen).map(([facet, handed]) => {
      if (check.needs.includes(facet)) return [facet, recorded(handed, facet, read)];
      const evidence = handed as Evidence<unknown>;
      return evidence.state === 'observed' && check.evidence?.includes(facet)
        ? [facet, { ...evidence, value: recorded(evidence.value, facet, read) }]
        : [facet, evidence];
    }),
  );

export function withoutWhatWasRead(
  check: AnyCheck,
  [, when, facts, expect = {}]: AnyRow,
  irrelevant: Irrelevant,
): Case[] {
  const own = Object.keys(expect.irrelevant ?? {});
  const patterns = [...own, ...Object.keys(irrelevant)];
  return [
    {
      name: `not pass: ${when}, without any one value that was read`,
      run: () => {
        const passing = passesWithout(check, facts, expect);
        deepStrictEqual(
          passing.filter((at) => !patterns.some((pattern) => names(pattern, at))),
          [],
          'it passes without these',
        );
        deepStrictEqual(
          own.filter((pattern) => !passing.some((at) => names(pattern, at))),
          [],
          'these are named as irrelevant and are not',
        );
      },
    },
  ];
}

/** What a table names as irrelevant must be so in some row. */
export const needed = (check: AnyCheck, table: readonly AnyRow[], irrelevant: Irrelevant): Case[] =>
  Object.keys(irrelevant).length === 0
    ? []
    : [
        {
          name: 'what is irrelevant is read, and makes no difference',
          run: () => {
            const passing = table.flatMap(([, , facts, expect]) => passesWithout(check, facts, expect));
            deepStrictEqual(
              Object.keys(irrelevant).filter((pattern) => !passing.some((at) => names(pattern, at))),
              [],
              'these are named as irrelevant and are not',
            );
          },
        },
      ];

/** A facet of `evidence` that is denied never makes a pass; one of `words` changes no verdict. */
export function withoutFacets(check: AnyCheck, [verdict, when, facts, expect]: AnyRow): Case[] {
  const evidence: readonly Facet[] = check.evidence ?? [];
  const words: readonly Facet[] = check.words ?? [];
  const without = (facet: Facet) => judgeFacts(check, facts, expect, new Set([facet])).verdict;
  return [
    ...(verdict === 'pass' ? [] : evidence).map((facet) => ({
      name: `not pass: ${when}, and ${facet} was denied`,
      run: () => notStrictEqual(without(facet), 'pass'),
    })),
    ...words.map((facet) => ({
      name: `${verdict}: ${when}, and ${facet} was denied`,
      run: () => strictEqual(without(facet), verdict),
    })),
  ];
}
