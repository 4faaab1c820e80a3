import { type PipelinePolicy, type RetryStrategy, retryPolicy } from '@azure/core-rest-pipeline';
import { AzureError } from '../collect/azure.ts';
import { resourceGraphPath } from './guard.ts';

export interface Limits {
  /** Requests under way at once. */
  readonly concurrency: number;
  /** For one request, without the time it waits for its turn. */
  readonly timeoutSeconds: number;
  /** The longest Retry-After that is obeyed; above it the refusal stands. */
  readonly longestWaitSeconds: number;
  /** The first wait before a retry of which Azure said nothing; it doubles. */
  readonly retryDelayMs: number;
}

export const defaultLimits: Limits = { concurrency: 8, timeoutSeconds: 60, longestWaitSeconds: 60, retryDelayMs: 1000 };

const maxRetries = 3;

/** Worth another try. A name that does not resolve or a port that refuses stays so: the user should hear it at once. */
const passing = /^(ECONNRESET|ETIMEDOUT|ESOCKETTIMEDOUT|EPIPE|EAI_AGAIN)$/;

/** The SDK's own retries sleep as long as Retry-After says (an hour) and give up at once on a 429 without one. */
export const retries = (limits: Limits): PipelinePolicy => retryPolicy([retryStrategy(limits)], { maxRetries });

const retryStrategy = ({ longestWaitSeconds, retryDelayMs }: Limits): RetryStrategy => ({
  name: 'acrAuditRetry',
  retry({ response, responseError, retryCount }) {
    const throttled = response?.status === 429 || response?.status === 503;
    const asked = throttled ? retryAfterMs(response.headers) : null;
    if (asked !== null) return asked > longestWaitSeconds * 1000 ? { skipStrategy: true } : { retryAfterInMs: asked };
    const again =
      throttled ||
      response?.status === 408 ||
      response?.status === 500 ||
      response?.status === 502 ||
      response?.status === 504 ||
      passing.test(responseError?.code ?? '');
    if (!again) return { skipStrategy: true };
    const most = Math.min(retryDelayMs * 2 ** retryCount, longestWaitSeconds * 1000);
    return { retryAfterInMs: most * (0.5 + Math.random() / 2) };
  },
});

function retryAfterMs(headers: { get(name: string): string | undefined }): number | null {
  const ms = Number(headers.get('retry-after-ms') ?? headers.get('x-ms-retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(ms)) return Math.max(ms, 0);
  const header = headers.get('retry-after');
  if (header === undefined) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(seconds * 1000, 0);
  const until = Date.parse(header) - Date.now();
  return Number.isFinite(until) ? Math.max(until, 0) : null;
}

/** One for all clients of a connection: they share the ceiling and the allowances. Runs for each attempt. */
export function limitsPolicy(limits: Limits, signal: AbortSignal | undefined, onRequest: OnRequest): PipelinePolicy {
  const turn = turns(limits.concurrency);
  const allowances = new Map<string, () => number>();
  return {
    name: 'acrAuditLimits',
    async sendRequest(request, next) {
      const url = new URL(request.url);
      const allowed = allowanceOf(url.pathname);
      if (allowed !== null) {
        const wait = allowances.get(allowed.key) ?? allowance(allowed.count, allowed.perMs);
        allowances.set(allowed.key, wait);
        await pause(wait(), signal);
      }
      return turn(async () => {
        onRequest(request.method, request.url);
        return withinTime(limits.timeoutSeconds, url.host, signal, async (abortSignal) => {
          const { abortSignal: before } = request;
          request.abortSignal = abortSignal;
          try {
            return await next(request);
          } finally {
            // The waits between attempts listen to the user's signal, not to that of an attempt that is over.
            if (before) request.abortSignal = before;
            else delete request.abortSignal;
          }
        });
      });
    },
  };
}

export type OnRequest = (method: string, url: string) => void;

/** Providers with limits far below ARM's own; throttled per subscription, Resource Graph per user. */
function allowanceOf(path: string): { key: string; count: number; perMs: number } | null {
  const [, subscription] = /^\/subscriptions\/([^/]+)\/.*\/privateDnsZones(?:\/|$)/i.exec(path) ?? [];
  if (subscription !== undefined) return { key: subscription.toLowerCase(), count: 500, perMs: 5 * 60_000 };
  if (path.toLowerCase() === resourceGraphPath.toLowerCase()) return { key: 'graph', count: 15, perMs: 5_000 };
  return null;
}

/** At most `count` starts in any `perMs`: each call reserves the next start and gives the milliseconds until it. */
export function allowance(count: number, perMs: number, now: () => number = Date.now): () => number {
  const starts: number[] = [];
  return () => {
    const oldest = starts.length < count ? undefined : starts.shift();
    const start = oldest === undefined ? now() : Math.max(now(), oldest + perMs);
    starts.push(start);
    return start - now();
  };
}

/** Rejects with the signal's reason when the user stops it. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (ms === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** Runs at most `most` at a time, in the order of asking. */
export function turns(most: number): <T>(run: () => Promise<T>) => Promise<T> {
  let free = most;
  const waiting: (() => void)[] = [];
  return async (run) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

/** The SDK's own time-out ends with the headers, and a body that stops half-way would hang. */
async function withinTime<T>(
  seconds: number,
  host: string,
  signal: AbortSignal | undefined,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  if (signal?.aborted) interrupt();
  signal?.addEventListener('abort', interrupt);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop.abort();
  }, seconds * 1000);
  try {
    return await run(stop.signal);
  } catch (error) {
    if (!late) throw error;
    throw new AzureError('unreachable', `${host} did not answer within ${seconds} s.`, { cause: error });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', interrupt);
  }
}
