import { describe, expect, test } from 'vitest';
import { fail, isSome, type Observation, pass, passByOne, untold } from '../../src/model/outcome.ts';
import { bad, good, unclear, verdictOn } from '../../src/model/parts.ts';

const at = (place: string): Observation => ({ at: `tokens/${place}`, saw: null });
const [a, b] = [at('a'), at('b')];

describe('a pass or a fail that rests on nothing does not compile', () => {
  const list: readonly Observation[] = [a];

  // Each line below that compiled would fail the type check of this file.
  // @ts-expect-error
  void (() => pass([]));
  // @ts-expect-error
  void (() => passByOne([]));
  // @ts-expect-error
  void (() => fail([]));
  // @ts-expect-error
  void (() => good('token/a', []));
  // @ts-expect-error
  void (() => bad('token/a', [], 'is bad'));
  // @ts-expect-error
  void (() => pass(list));
  // @ts-expect-error
  void (() => fail(list.filter(({ saw }) => saw === null)));

  test('a list does, once it is seen to hold something', () => {
    expect(isSome(list) && pass(list)).toEqual({ verdict: 'pass', because: [a] });
    expect(isSome([])).toBe(false);
  });
});

describe('the verdict over many things', () => {
  const why = untold('Azure does not say');
  const rows = [
    ['bad before all else', [good('token/a', a), unclear('token/c', why), bad('token/b', b, 'b is bad')], 'fail', [b]],
    ['unclear before good', [good('token/a', a), unclear('token/b', why)], 'unknown', undefined],
    ['good, with what was seen of each', [good('token/a', a), good('token/b', [a, b])], 'pass', [a, b]],
    ['none', [], 'not-applicable', undefined],
  ] as const;
  test.each(rows)('is of what is %s', (_, parts, verdict, because) => {
    const outcome = verdictOn(parts, 'there is none');
    expect(outcome.verdict).toBe(verdict);
    expect('because' in outcome ? outcome.because : undefined).toEqual(because);
  });
});
