import { deepStrictEqual, notStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { applied, azOf, refusalOf } from '../commands/table.ts';
import type { AnyCheck, Check, Options } from '../model/check.ts';
import { known } from '../model/enums.ts';
import type { Facet } from '../model/facets.ts';
import { valueAt, withValueAt } from '../model/pointer.ts';
import { isCommand, type KnownFacts, type Step } from '../model/step.ts';
import { isUnseen, judgeFacts, reasonOf, saidBy, stepsOf } from './judged-row.ts';
import { needed, withoutFacets, withoutWhatWasRead } from './left-out.ts';
import type { AnyRow, Case, Expectation, Irrelevant, Row, RowVerdict } from './row.ts';

/**
 * The test cases of a check's table, for any test runner. Adds the rows every check owes: each facet denied, the cited
 * evidence removed, everything that was read left out one at a time, an enum member nobody listed, and the documented
 * fix applied. `irrelevant` holds for every row.
 */
export function cases<N extends Facet, E extends Facet, O extends Options>(
  check: Check<N, E, O>,
  table: readonly Row<N, E>[],
  irrelevant: Irrelevant = {},
): Case[] {
  for (const verdict of ['pass', 'fail'] as const)
    ok(
      table.some((row) => row[0] === verdict),
      `${check.id}: the table needs a row for ${verdict}`,
    );
  const seen = new Set<string>();
  for (const [, when, ...given] of table) {
    const key = JSON.stringify(given);
    ok(!seen.has(key), `${check.id}: '${when}' repeats the facts of another row`);
    seen.add(key);
  }
  const any = check as AnyCheck;
  const good = table.find((row) => row[0] === 'pass');
  return [
    ...table.flatMap((row) => [
      ...rowCases(any, row as AnyRow),
      ...withoutWhatWasRead(any, row as AnyRow, irrelevant),
      ...withoutFacets(any, row as AnyRow),
    ]),
    ...needed(any, table as readonly AnyRow[], irrelevant),
    ...check.needs.map((facet) => ({
      name: `unknown: ${facet} was denied`,
      run: () => {
        const outcome = judgeFacts(any, (good?.[2] ?? {}) as KnownFacts, good?.[3], new Set([facet]));
        strictEqual(outcome.verdict, 'unknown', reasonOf(outcome));
        strictEqual(outcome.verdict === 'unknown' && outcome.unseen, 'unread');
      },
    })),
  ];
}

function rowCases(check: AnyCheck, [verdict, when, facts, expect]: AnyRow): Case[] {
  const name = `${verdict}: ${when}`;
  const main: Case = { name, run: () => asExpected(check, verdict, facts, expect) };
  if (verdict !== 'pass' && verdict !== 'fail') return [main];
  const outcome = judgeFacts(check, facts, expect);
  if (outcome.verdict !== verdict || !('because' in outcome)) return [main];
  const cited = outcome.because.map((observation) => observation.at);
  const enums = outcome.because.filter(({ saw }) => typeof saw === 'string' && isKnownMember(saw)).map(({ at }) => at);
  return [
    main,
    ...(verdict === 'pass' ? [removed(check, when, facts, expect, cited)] : []),
    ...(enums.length > 0 ? [renamed(check, when, facts, expect, enums, cited.length === 1)] : []),
    ...(verdict === 'fail' ? mended(check, when, facts, expect, stepsOf(check, outcome)) : []),
  ];
}

function asExpected(check: AnyCheck, verdict: RowVerdict, facts: KnownFacts, expect: Expectation = {}): void {
  const outcome = judgeFacts(check, facts, expect);
  strictEqual(outcome.verdict, verdict, reasonOf(outcome));
  if ('because' in outcome) {
    ok(outcome.because.length > 0, 'a verdict of pass or fail must cite evidence');
    for (const { at, saw, says } of outcome.because)
      if (says === undefined)
        deepStrictEqual(saw ?? null, valueAt(facts, at) ?? null, `what the check says it saw at ${at}`);
      else notStrictEqual(valueAt(facts, at) ?? null, null, `what the check says it read at ${at}`);
    if (expect.cites) deepStrictEqual(outcome.because.map(({ at }) => at).sort(), [...expect.cites].sort());
  }
  if (expect.says !== undefined) matches(saidBy(check, outcome), expect.says);
  if (expect.fix !== undefined && outcome.verdict === 'fail') {
    matches(
      stepsOf(check, outcome)
        .map((step: Step) => (isCommand(step) ? azOf(step) : step.kind === 'manual' ? step.text : step.ask))
        .join('\n'),
      expect.fix,
    );
  }
}

function removed(
  check: AnyCheck,
  when: string,
  facts: KnownFacts,
  expect: Expectation | undefined,
  cited: readonly string[],
): Case {
  return {
    name: `not pass: ${when}, with the evidence for it removed`,
    run: () => {
      const gone = new Set(cited.filter((at) => !at.includes('/')));
      const without = cited.filter((at) => at.includes('/')).reduce((left, at) => withValueAt(left, at, null), facts);
      notStrictEqual(judgeFacts(check, without, expect, gone).verdict, 'pass', `passed without ${cited.join(', ')}`);
    },
  };
}

function renamed(
  check: AnyCheck,
  when: string,
  facts: KnownFacts,
  expect: Expectation | undefined,
  enums: readonly string[],
  alone: boolean,
): Case {
  return {
    name: `${alone ? 'unknown' : 'not pass'}: ${when}, but with a value Azure has not sent before`,
    run: () => {
      const strange = enums.reduce((left, at) => withValueAt(left, at, 'SomethingNew'), facts);
      const { verdict } = judgeFacts(check, strange, expect);
      if (alone) strictEqual(verdict, 'unknown');
      else notStrictEqual(verdict, 'pass');
    },
  };
}

/** Nothing for a fix with a manual step, which is not modelled, and nothing where an entry stays unread after it. */
function mended(
  check: AnyCheck,
  when: string,
  facts: KnownFacts,
  expect: Expectation | undefined,
  steps: readonly Step[],
): Case[] {
  const commands = steps.filter(isCommand);
  if (commands.length === 0 || expect?.unread || steps.some(({ kind }) => kind === 'manual')) return [];
  return [
    {
      name: `pass: ${when}, after the fix`,
      run: () => {
        // A command changes what was seen; what was not stays so.
        let after = partOf(facts, (given) => !isUnseen(given));
        for (const command of commands) {
          const refusal = refusalOf(command, after);
          ok(refusal === null, `Azure would refuse '${azOf(command)}': ${refusal?.refused}`);
          after = applied(command, after);
        }
        const outcome = judgeFacts(check, { ...after, ...partOf(facts, isUnseen) }, expect);
        strictEqual(outcome.verdict, 'pass', reasonOf(outcome));
      },
    },
  ];
}

const partOf = (facts: KnownFacts, is: (given: unknown) => boolean): KnownFacts =>
  Object.fromEntries(Object.entries(facts).filter(([, given]) => is(given)));

const members: ReadonlySet<string> = new Set(Object.values(known).flat());

const isKnownMember = (value: string): boolean => members.has(value);

function matches(text: string, wanted: string | RegExp): void {
  const found = typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
  ok(found, `expected ${String(wanted)} in: ${text}`);
}
