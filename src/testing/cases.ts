import { deepStrictEqual, notStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { applied, azOf, refusalOf } from '../commands/table.ts';
import { type Judgement, judge } from '../engine/judge.ts';
import type { AnyCheck, Check, Context, Facts, GivenOptions, Options, Purpose } from '../model/check.ts';
import { known } from '../model/enums.ts';
import { denied, type Evidence, notCollected, observed, type Unseen } from '../model/evidence.ts';
import type { Facet, Facets } from '../model/facets.ts';
import { valueAt, withValueAt } from '../model/pointer.ts';
import { isCommand, type KnownFacts, type Step } from '../model/step.ts';
import { recorded } from './recorder.ts';
import { names, removals, someAction } from './removals.ts';

export type RowVerdict = 'pass' | 'fail' | 'unknown' | 'not-applicable';

/** What a row expects beyond the verdict, and what it is judged by beyond the facts. */
export interface Expectation {
  /** The pointers the verdict must rest on, all of them. */
  readonly cites?: readonly string[];
  /** What the message or reason must say. */
  readonly says?: string | RegExp;
  /** What the printed fix must hold. */
  readonly fix?: string | RegExp;
  readonly now?: string;
  readonly cloud?: Partial<Context['cloud']>;
  readonly options?: GivenOptions;
  readonly partnerRegistries?: readonly string[];
  readonly purposes?: readonly Purpose[];
  /** Places whose absence does not matter in this row, by pattern, and why: see `Irrelevant`. */
  readonly irrelevant?: Irrelevant;
}

/**
 * Places of the facts without which a verdict stands all the same, and why: `tokens/…/createdAt`. `*` is one segment of
 * the pointer, `**` any number of them.
 */
export type Irrelevant = Readonly<Record<string, string>>;

/** One row of a check's table: it reads "*verdict* when …". */
export type Row<N extends Facet, E extends Facet = never> = readonly [
  RowVerdict,
  string,
  /** A facet of `evidence` or `words` as its value, or as why it was not seen; left out: not collected. */
  Facts<N> & { readonly [F in E]?: Facets[F] | Unseen },
  Expectation?,
];

/** A row whatever the check needs. */
export type AnyRow = readonly [RowVerdict, string, KnownFacts, Expectation?];

export interface Case {
  readonly name: string;
  run(): void;
}

const defaultContext = {
  now: '2026-11-23T02:00:00Z',
  cloud: { name: 'public', resourceManager: 'https://management.azure.com', registrySuffix: 'azurecr.io' },
} as const;

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

function withoutWhatWasRead(check: AnyCheck, [, when, facts, expect = {}]: AnyRow, irrelevant: Irrelevant): Case[] {
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
const needed = (check: AnyCheck, table: readonly AnyRow[], irrelevant: Irrelevant): Case[] =>
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
function withoutFacets(check: AnyCheck, [verdict, when, facts, expect]: AnyRow): Case[] {
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

/** Nothing for a fix with a manual step: what people do by hand is not modelled. */
function mended(
  check: AnyCheck,
  when: string,
  facts: KnownFacts,
  expect: Expectation | undefined,
  steps: readonly Step[],
): Case[] {
  const commands = steps.filter(isCommand);
  if (commands.length === 0 || steps.some(({ kind }) => kind === 'manual')) return [];
  return [
    {
      name: `pass: ${when}, after the fix`,
      run: () => {
        let after = facts;
        for (const command of commands) {
          const refusal = refusalOf(command, after);
          ok(refusal === null, `Azure would refuse '${azOf(command)}': ${refusal?.refused}`);
          after = applied(command, after);
        }
        const outcome = judgeFacts(check, after, expect);
        strictEqual(outcome.verdict, 'pass', reasonOf(outcome));
      },
    },
  ];
}

function judgeFacts(
  check: AnyCheck,
  facts: KnownFacts,
  expect: Expectation = {},
  withheld = new Set<string>(),
): Judgement {
  const context = {
    now: expect.now ?? defaultContext.now,
    cloud: { ...defaultContext.cloud, ...expect.cloud },
    partnerRegistries: expect.partnerRegistries ?? [],
    purposes: expect.purposes ?? [],
  };
  const lookup = (facet: Facet): Evidence<unknown> => {
    if (withheld.has(facet)) return denied('withheld by the test', someAction);
    const given: unknown = facts[facet];
    if (given === undefined && !check.needs.includes(facet)) return notCollected('the row does not hold it');
    return isUnseen(given) ? given : observed(given);
  };
  return judge(check, lookup, context, expect.options);
}

const isUnseen = (given: unknown): given is Unseen =>
  typeof given === 'object' && given !== null && 'state' in given && 'reason' in given && 'missing' in given;

const stepsOf = (check: AnyCheck, outcome: Judgement): readonly Step[] =>
  (outcome.verdict === 'fail' ? outcome.steps : undefined) ?? check.fix.steps;

const members: ReadonlySet<string> = new Set(Object.values(known).flat());
const isKnownMember = (value: string): boolean => members.has(value);

const reasonOf = (outcome: Judgement): string => ('reason' in outcome ? outcome.reason : (outcome.message ?? ''));

function saidBy(check: AnyCheck, outcome: Judgement): string {
  if ('reason' in outcome) return outcome.reason;
  return outcome.message ?? (outcome.verdict === 'fail' ? check.problem : check.title);
}

function matches(text: string, wanted: string | RegExp): void {
  const found = typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
  ok(found, `expected ${String(wanted)} in: ${text}`);
}
