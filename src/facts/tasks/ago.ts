/** How acr-cli understands `--ago`: how old a tag must be to go, or why the command stops there. */
export type Ago =
  | {
      /** In milliseconds. Zero: everything. Negative: the cut lies in the future, so everything again. */
      readonly age: number;
      /** It was cut down to 150 years: nothing is that old. */
      readonly capped: boolean;
    }
  | { readonly refused: string };

const day = 24n * 3_600_000_000_000n;
/** From 0.18 on; before, an age that overflows wraps around. */
const cap = 150n * 365n * day;

/**
 * The duration as acr-cli of that minor version (`0.<minor>`) parses it. Two scans, both of them lenient: a number before
 * a `d` is days and what follows it is a Go duration, but where the two together don't scan only the number counts, and
 * zero where there is none. Without a `d` all of it is a Go duration. Facts: Azure/acr-cli, cmd/acr/purge.go, tags
 * v0.14 to v0.18.1 and after.
 */
export function readAgo(raw: string, minor: number): Ago {
  const caps = minor >= 18;
  const { days, rest } = raw.includes('d') ? scanDays(raw) : { days: 0n, rest: raw.trim().split(/\s/)[0] ?? '' };
  const tooManyDays = caps && days > cap / day;
  const fromDays = tooManyDays ? cap : wrapped(days * day);
  if (rest === '' && !raw.includes('d')) return { refused: 'it is empty' };
  if (rest === '') return { age: millis(fromDays), capped: tooManyDays };
  const duration = goDuration(rest);
  if (typeof duration !== 'bigint' && !(caps && duration.invalid)) return { refused: duration.why };
  if (!caps) return { age: millis(wrapped(fromDays + (duration as bigint))), capped: false };
  // From 0.18 on a duration that does not parse at all counts as the longest, beside days that are none too many.
  if (typeof duration !== 'bigint' && tooManyDays) return { age: millis(cap), capped: true };
  const more = typeof duration !== 'bigint' || duration > cap ? cap : duration;
  // The two together may overflow, and then the limit lies in the future.
  const sum = wrapped(fromDays + more);
  return sum >= cap ? { age: millis(cap), capped: true } : { age: millis(sum), capped: false };
}

function scanDays(raw: string): { readonly days: bigint; readonly rest: string } {
  const [, number, after] = /^\s*([+-]?\d+)(.*)$/s.exec(raw) ?? [];
  const days = number === undefined ? 0n : BigInt(number.replace('+', ''));
  if (after === undefined || days !== wrapped(days)) return { days: 0n, rest: '' };
  return { days, rest: /^d\s*(\S+)/.exec(after)?.[1] ?? '' };
}

const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** Go's time.ParseDuration, in nanoseconds. */
function goDuration(text: string): bigint | { readonly why: string; readonly invalid: boolean } {
  const [, sign, body = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (body === '0') return 0n;
  const invalid = { why: `'${text}' is no duration`, invalid: true };
  if (body === '') return invalid;
  let total = 0n;
  let left = body;
  while (left !== '') {
    const [whole, int = '', fraction = '', unit = ''] = /^(\d*)(?:\.(\d*))?([^\d.]*)/.exec(left) ?? [];
    if (whole === undefined || (int === '' && fraction === '')) return invalid;
    if (unit === '') return { why: `'${text}' has no unit`, invalid: false };
    const size = Object.hasOwn(units, unit) ? units[unit] : undefined;
    if (size === undefined) return { why: `'${unit}' is no unit of time: only d, h, m and s are`, invalid: false };
    total += BigInt(int || '0') * size + BigInt(Math.floor(Number(`0.${fraction || '0'}`) * Number(size)));
    if (total !== wrapped(total)) return invalid;
    left = left.slice(whole.length);
  }
  return sign === '-' ? -total : total;
}

const wrapped = (nanoseconds: bigint): bigint => BigInt.asIntN(64, nanoseconds);
const millis = (nanoseconds: bigint): number => Number(nanoseconds / 1_000_000n);

/** 180000 is `3 minutes`. */
export function ageInWords(milliseconds: number): string {
  for (const [unit, size] of [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
    ['second', 1_000],
  ] as const) {
    const count = milliseconds / size;
    if (Math.abs(count) >= 1) {
      const rounded = Math.round(count * 100) / 100;
      return `${rounded} ${unit}${rounded === 1 ? '' : 's'}`;
    }
  }
  return `${milliseconds} milliseconds`;
}

const daysIn: Readonly<Record<string, number>> = { min: 1 / 1440, h: 1 / 24, d: 1, w: 7, m: 30, y: 365 };
/** What says the same to acr-cli and to whoever reads it. */
const plain = /^\d+d(?:\d+(?:h|m|s))*$|^(?:\d+(?:h|m|s))+$/;

/** The age that seems to be meant, in whole days; one of a day or more that is read as it looks stays as it is. */
export function betterAgo(raw: string): string {
  const read = readAgo(raw, 19);
  if (plain.test(raw) && 'age' in read && read.age >= 86_400_000 && !read.capped) return raw;
  const [, number, unit = 'd'] = /^P?-?(\d{1,4})\s*(h|d|w|min|mo|y)?[a-z]*$/i.exec(raw) ?? [];
  const days = Math.ceil(
    Number(number ?? 30) * (daysIn[unit.toLowerCase()] ?? daysIn[unit[0]?.toLowerCase() ?? 'd'] ?? 1),
  );
  return days > 0 && days < 3_650 ? `${days}d` : '30d';
}
