import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAgo } from '../../../src/facts/tasks/ago.ts';

const hour = 3_600_000;
const day = 24 * hour;
const years150 = 150 * 365 * day;
const error = 'error' as const;

/** What acr-cli makes of `--ago`, in milliseconds: at 0.14, and at 0.18 and later. */
const facts: readonly (readonly [raw: string, at14: number | 'error', at18: number | 'error'])[] = [
  ['30d', 30 * day, 30 * day],
  ['1d12h', 1.5 * day, 1.5 * day],
  ['2d3h6m', 2 * day + 3.1 * hour, 2 * day + 3.1 * hour],
  ['1.5h', 1.5 * hour, 1.5 * hour],
  ['0d', 0, 0],
  ['0h', 0, 0],
  ['0', 0, 0],
  ['3m', 180_000, 180_000],
  ['-30d', -30 * day, -30 * day],
  ['-3h', -3 * hour, -3 * hour],
  ['30days', error, years150],
  ['P30D', error, years150],
  ['1.5d', day, day],
  ['1h2d', day, day],
  ['30 days', 30 * day, 30 * day],
  ['d', 0, 0],
  ['about a week or a day', 0, 0],
  ['99999999999999999999d', 0, 0],
  ['100000d', 100000 * day, years150],
  ['2w', error, error],
  ['30', error, error],
  ['30D', error, error],
  ['30mo', error, error],
  ['1y', error, error],
  ['week', error, years150],
];

const age = (raw: string, minor: number): number | 'error' => {
  const ago = readAgo(raw, minor);
  return 'refused' in ago ? error : ago.age;
};

describe('the table of the facts', () => {
  test.each(facts)('--ago %s', (raw, at14, at18) => {
    expect(age(raw, 14)).toBe(at14);
    expect(age(raw, 18)).toBe(at18);
  });

  test('an age that overflows wrapped around before 0.18: 200000 days delete everything', () => {
    expect(age('200000d', 14)).toBeLessThan(0);
    expect(readAgo('200000d', 18)).toEqual({ age: years150, capped: true });
  });
});

const minor = fc.constantFrom(3, 14, 17, 18, 19);
const sizes = { h: hour, m: 60_000, s: 1_000 } as const;

describe('what holds of every duration', () => {
  test('days, and days with a Go duration, add up', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20_000 }),
        fc.nat(999),
        fc.constantFrom('h', 'm', 's'),
        minor,
        (d, n, u, v) => {
          expect(age(`${d}d`, v)).toBe(d * day);
          expect(age(`${d}d${n}${u}`, v)).toBe(d * day + n * sizes[u]);
          expect(age(`${n}${u}`, v)).toBe(n * sizes[u]);
        },
      ),
    );
  });

  test('a sign turns it into the future', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), minor, (d, v) => {
        expect(age(`-${d}d`, v)).toBe(-d * day);
      }),
    );
  });

  test('a fraction of a day is dropped', () => {
    fc.assert(
      fc.property(fc.nat(999), fc.nat(999), minor, (d, f, v) => {
        expect(age(`${d}.${f}d`, v)).toBe(d * day);
      }),
    );
  });

  test('a unit that Go lacks stops the command', () => {
    fc.assert(
      fc.property(fc.nat(9999), fc.constantFrom('w', 'y', 'M', 'D', 'mo', ''), minor, (n, u, v) => {
        expect(age(`${n === 0 ? 1 : n}${u}`, v)).toBe(error);
      }),
    );
  });

  test('any text at all is read, and never as older than 150 years from 0.18 on', () => {
    fc.assert(
      fc.property(fc.string(), (raw) => {
        const ago = readAgo(raw, 19);
        if (!('refused' in ago)) expect(ago.age).toBeLessThanOrEqual(years150);
      }),
    );
  });
});
