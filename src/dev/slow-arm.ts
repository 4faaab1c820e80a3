import { setTimeout as wait } from 'node:timers/promises';
import type { HttpClient } from '@azure/core-rest-pipeline';
import { type Answer, answer, ok } from '../emulator/answers.ts';
import { httpClientOver } from '../emulator/http-client.ts';
import type { Fleet } from './fleet.ts';

/** What a scan was answered, and the least time that Azure's limits and the latency allow for it. */
export interface Counts {
  readonly requests: number;
  readonly refused: number;
  /** Seconds, with so many requests under way. */
  bound(inFlight: number): number;
}

/** As Azure has it for reads of a subscription: so many at once, and so many more each second. */
const bucket = { most: 250, perSecond: 25 } as const;

/** A fleet behind a wire: every answer takes its time, and what is more than the documented limit is refused with a 429. */
export function slowArm(
  { answer: answerOf }: Fleet,
  { latencyMs, limits }: { readonly latencyMs: number; readonly limits: boolean },
): { readonly httpClient: HttpClient; readonly counts: Counts } {
  const left = new Map<string, { tokens: number; at: number; asked: number }>();
  const count = { requests: 0, refused: 0 };
  const refusal = (subscription: string): Answer | null => {
    const now = performance.now();
    const one = left.get(subscription) ?? { tokens: bucket.most, at: now, asked: 0 };
    one.tokens = Math.min(bucket.most, one.tokens + ((now - one.at) / 1000) * bucket.perSecond);
    one.at = now;
    left.set(subscription, one);
    if (limits && one.tokens < 1)
      return answer(
        429,
        { error: { code: 'SubscriptionRequestsThrottled', message: 'Too many.' } },
        { 'retry-after': '1' },
      );
    one.tokens -= 1;
    one.asked += 1;
    return null;
  };
  const direct = httpClientOver((question) => {
    count.requests += 1;
    const [subscription = 'tenant'] = /^\/subscriptions\/[^/]+/i.exec(question.url.pathname) ?? [];
    const refused = refusal(subscription.toLowerCase());
    if (refused) count.refused += 1;
    return refused ?? ok(answerOf(question));
  });
  return {
    httpClient: {
      async sendRequest(request) {
        await wait(latencyMs, undefined, request.abortSignal ? { signal: request.abortSignal as AbortSignal } : {});
        return direct.sendRequest(request);
      },
    },
    counts: {
      get requests() {
        return count.requests;
      },
      get refused() {
        return count.refused;
      },
      bound: (inFlight) =>
        Math.max(
          ((count.requests - count.refused) * latencyMs) / 1000 / inFlight,
          ...(limits ? [...left.values()].map(({ asked }) => (asked - bucket.most) / bucket.perSecond) : []),
        ),
    },
  };
}
