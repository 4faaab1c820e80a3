import { setTimeout as wait } from 'node:timers/promises';
import { resourceGraphPath } from './guard.ts';

/** How often Azure lets one family of requests be asked, and what it last said of that. */
export interface Budget {
  /** Resolves when a request may start; rejects with the signal's reason when the user stops it. */
  turn(signal: AbortSignal | undefined): Promise<void>;
  /** Takes in what an answer says is left. */
  note(headers: Headers): void;
  /** Azure refused: nothing of the family starts for so long. */
  pause(ms: number): void;
  /** Whether Azure has refused for so long, without one answer, that waiting on is pointless. */
  isHopeless(): boolean;
}

interface Headers {
  get(name: string): string | undefined;
}

/** Told when a request has to wait: for what, and how many milliseconds. */
export type OnWait = (family: string, ms: number) => void;

/** Shorter waits are nobody's concern. */
const worthSaying = 1000;

/** So long Azure may refuse a family without a single answer before its refusals stand. */
const patienceMs = 5 * 60_000;

/**
 * One budget for each family: ARM's reads (250, and 25 more a second, for each subscription: MicrosoftDocs
 * request-limits-and-throttling.md), Resource Graph (15 in 5 s for each user: guidance-for-throttled-requests.md),
 * Private DNS (500 in 5 min for each subscription: azure-subscription-service-limits.md), and each registry's own API.
 */
export function budgets(onWait: OnWait, now: () => number = Date.now): (url: URL) => Budget {
  const all = new Map<string, Budget>();
  const of = (key: string, make: () => Pace): Budget => {
    const known = all.get(key) ?? budgetOf(key, make(), onWait, now);
    all.set(key, known);
    return known;
  };
  return (url) => {
    const path = url.pathname.toLowerCase();
    if (path === resourceGraphPath.toLowerCase()) return of('Resource Graph', () => inWindow(15, 5_000));
    const [, subscription] = /^\/subscriptions\/([^/]+)/.exec(path) ?? [];
    if (subscription !== undefined && /\/privatednszones(\/|$)/.test(path))
      return of(`private DNS of subscription ${subscription}`, () => inWindow(500, 5 * 60_000));
    if (subscription !== undefined) return of(`subscription ${subscription}`, () => inBucket(250, 25));
    // The tenant's own reads have the same allowance; a registry has no documented one and is only paused.
    return path.startsWith('/v2/') || path.startsWith('/acr/') || path.startsWith('/oauth2/')
      ? of(url.host, unlimited)
      : of('the tenant', () => inBucket(250, 25));
  };
}

function budgetOf(key: string, pace: Pace, onWait: OnWait, now: () => number): Budget {
  let pausedUntil = 0;
  let refusedSince: number | null = null;
  return {
    async turn(signal) {
      // A pause that begins while somebody waits gives that one a new place, so that all do not wake at once.
      for (let round = 0; round === 0 || now() < pausedUntil; round += 1) {
        const ms = pace.reserve(Math.max(now(), pausedUntil)) - now();
        if (ms <= 0) continue;
        if (ms >= worthSaying) onWait(key, ms);
        await wait(ms, undefined, signal === undefined ? {} : { signal });
      }
    },
    note(headers) {
      refusedSince = null;
      const left = Number(headers.get('x-ms-ratelimit-remaining-subscription-reads') ?? Number.NaN);
      if (Number.isFinite(left)) pace.left(left, now());
      const quota = Number(headers.get('x-ms-user-quota-remaining') ?? Number.NaN);
      if (quota === 0) pausedUntil = Math.max(pausedUntil, now() + msOf(headers.get('x-ms-user-quota-resets-after')));
    },
    pause(ms) {
      refusedSince ??= now();
      pausedUntil = Math.max(pausedUntil, now() + ms);
      pace.left(0, pausedUntil);
    },
    isHopeless: () => refusedSince !== null && now() - refusedSince > patienceMs,
  };
}

/** The times at which requests of a family may start. */
interface Pace {
  /** The next start that is not before `from`, in milliseconds; it is taken. */
  reserve(from: number): number;
  /** From `at` on no more than `count` are left. */
  left(count: number, at: number): void;
}

/** Azure's own way to count: so many at once, and so many more with each second. */
export function inBucket(most: number, perSecond: number): Pace {
  let tokens = most;
  let asOf = 0;
  const refill = (at: number): void => {
    if (at <= asOf) return;
    tokens = Math.min(most, tokens + ((at - asOf) / 1000) * perSecond);
    asOf = at;
  };
  return {
    reserve(from) {
      refill(from);
      tokens -= 1;
      const base = Math.max(from, asOf);
      return tokens >= 0 ? base : base + Math.ceil((-tokens / perSecond) * 1000);
    },
    left(count, at) {
      refill(at);
      tokens = Math.min(tokens, count);
    },
  };
}

/** At most `count` starts in any `perMs`. */
export function inWindow(count: number, perMs: number): Pace {
  const starts: number[] = [];
  return {
    reserve(from) {
      const oldest = starts.length < count ? undefined : starts.shift();
      const start = oldest === undefined ? from : Math.max(from, oldest + perMs);
      starts.push(start);
      return start;
    },
    left() {},
  };
}

const unlimited = (): Pace => ({ reserve: (from) => from, left: () => {} });

/** `00:00:05` in milliseconds; five seconds where it says nothing. */
function msOf(text: string | undefined): number {
  const [, hours, minutes, seconds] = /^(\d+):(\d+):(\d+)/.exec(text ?? '') ?? [];
  return seconds === undefined ? 5_000 : ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
