import { type PipelinePolicy, type RetryStrategy, retryPolicy } from '@azure/core-rest-pipeline';
import { AzureError } from '../collect/azure.ts';
import { budgets, type OnWait } from './budgets.ts';

export interface Limits {
  /** Requests under way at once, in all. */
  readonly concurrency: number;
  /** For one request, without the time it waits for its turn. */
  readonly timeoutSeconds: number;
  /** The longest Retry-After that is obeyed; above it the refusal stands. */
  readonly longestWaitSeconds: number;
  /** The first wait before a retry of which Azure said nothing; it doubles. */
  readonly retryDelayMs: number;
}

export const defaultLimits: Limits = {
  concurrency: 32,
  timeoutSeconds: 60,
  longestWaitSeconds: 60,
  retryDelayMs: 1000,
};

/** Of `concurrency`, so many for one subscription: more gain nothing against its allowance. */
const perSubscription = 8;

const maxRetries = 3;

/** Worth another try. A name that does not resolve or a port that refuses stays so: the user should be told at once. */
const passing = /^(ECONNRESET|ETIMEDOUT|ESOCKETTIMEDOUT|EPIPE|EAI_AGAIN)$/;

/** The SDK's own retries sleep as long as Retry-After says (an hour) and give up at once on a 429 without one. */
export const retries = (limits: Limits): PipelinePolicy => retryPolicy([retryStrategy(limits)], { maxRetries });

const retryStrategy = ({ longestWaitSeconds, retryDelayMs }: Limits): RetryStrategy => ({
  name: 'acrAuditRetry',
  retry({ response, responseError, retryCount }) {
    const throttled = response?.status === 429 || response?.status === 503;
    // A 429 that says for how long has been waited out before it comes here: what is left is too long, or hopeless.
    const asked = throttled ? retryAfterMs(response.headers) : null;
    if (asked !== null && response?.status === 429) return { skipStrategy: true };
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

/**
 * One for all clients of a connection: they share the ceilings and Azure's allowances. Runs for each attempt. A refusal
 * that says for how long pauses its whole family and is no try; no read is lost by it.
 */
export function limitsPolicy(
  limits: Limits,
  signal: AbortSignal | undefined,
  onRequest: OnRequest,
  onWait: OnWait = () => {},
): PipelinePolicy {
  const budgetOf = budgets(onWait);
  const inAll = turns(limits.concurrency);
  const inEach = new Map<string, Turn>();
  const inOwn = (url: URL): Turn => {
    const key = /^\/subscriptions\/([^/]+)/i.exec(url.pathname)?.[1]?.toLowerCase() ?? url.host;
    const own = inEach.get(key) ?? turns(Math.min(perSubscription, limits.concurrency));
    inEach.set(key, own);
    return own;
  };
  return {
    name: 'acrAuditLimits',
    async sendRequest(request, next) {
      const url = new URL(request.url);
      const budget = budgetOf(url);
      const attempt = () =>
        withinTime(limits.timeoutSeconds, url.host, signal, async (abortSignal) => {
          onRequest(request.method, request.url);
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
      for (;;) {
        // What waits for its allowance holds a place of its own subscription, and none of the others'.
        const response = await inOwn(url)(async () => {
          await budget.turn(signal);
          return inAll(attempt);
        });
        const asked = response.status === 429 ? retryAfterMs(response.headers) : null;
        if (response.status !== 429) budget.note(response.headers);
        if (asked === null || asked > limits.longestWaitSeconds * 1000 || budget.isHopeless()) return response;
        budget.pause(Math.max(asked, limits.retryDelayMs));
      }
    },
  };
}

export type OnRequest = (method: string, url: string) => void;

type Turn = <T>(run: () => Promise<T>) => Promise<T>;

/** Runs at most `most` at a time, in the order of asking. */
export function turns(most: number): Turn {
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
  const late = AbortSignal.timeout(seconds * 1000);
  try {
    return await run(signal === undefined ? late : AbortSignal.any([signal, late]));
  } catch (error) {
    if (!late.aborted || signal?.aborted) throw error;
    throw new AzureError('unreachable', `${host} did not answer within ${seconds} s.`, { cause: error });
  }
}
