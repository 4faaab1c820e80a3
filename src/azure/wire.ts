import { AsyncLocalStorage } from 'node:async_hooks';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { AzureError } from '../collect/azure.ts';
import { type Answer, answerTo, proxyOf } from './answer.ts';
import { oneLine, refusal, transportFailure } from './errors.ts';

/** One question to Azure and all that came back, over every page of a list. */
export interface Question {
  readonly apiVersion: string;
  readonly answers: Answer[];
  failure: unknown;
  /** The proxy that the question failed at or behind. */
  proxy: string | null;
}

const asking = new AsyncLocalStorage<Question>();

export const question = (apiVersion: string): Question => ({ apiVersion, answers: [], failure: null, proxy: null });

/**
 * Keeps the verbatim answer of every page for the question it belongs to, because the SDK's models drop what they do
 * not know (softDeletePolicy, resolutionPolicy, plan extensions) and its pagers drop ARM's error text. It sits between
 * deserialising and retrying, so it sees each page once, after the retries and before a model can choke on it.
 *
 * It also sends the api-version that was asked for: clients and models have versions of their own.
 */
export const wirePolicy = (signal: AbortSignal | undefined): PipelinePolicy => ({
  name: 'acrAuditWire',
  async sendRequest(request, next) {
    if (signal) request.abortSignal = signal;
    const asked = asking.getStore();
    if (asked === undefined) return next(request);
    request.url = withApiVersion(request.url, asked.apiVersion);
    if (asked.answers.some(({ url, status }) => url === request.url && status < 300)) {
      throw new AzureError('garbled', `Azure's pages go in a circle: ${request.url} was read already.`);
    }
    try {
      const response = await next(request);
      asked.answers.push(answerTo(request, response));
      return response;
    } catch (error) {
      asked.failure = error;
      asked.proxy = proxyOf(request);
      throw error;
    }
  },
});

/** Text, not URLSearchParams: continuation tokens must go back exactly as they came. */
function withApiVersion(url: string, apiVersion: string): string {
  const named = /([?&])api-version=[^&]*/i;
  if (named.test(url)) return url.replace(named, `$1api-version=${apiVersion}`);
  return `${url}${url.includes('?') ? '&' : '?'}api-version=${apiVersion}`;
}

/** Where a connection leads, and what stops it. */
export interface Line {
  readonly host: string;
  readonly signal: AbortSignal | undefined;
  /** Whether anything was read: from then on a login that is turned away is one read that is turned away. */
  answered: boolean;
}

/** Asks for the next page or pages of a question and keeps them. Rejects with an `AzureError` if Azure failed. */
export async function receive(asked: Question, ask: () => Promise<unknown>, line: Line): Promise<void> {
  asked.failure = null;
  try {
    await asking.run(asked, ask);
  } catch (error) {
    if (asked.failure !== null)
      throw transportFailure(asked.failure, line.host, asked.proxy, line.signal?.aborted ?? false);
    if (!refused(asked)) throw error;
  }
  const last = refused(asked);
  if (last) throw refusal(last, line.answered);
  line.answered = true;
}

/**
 * The same for an operation of the SDK, whose own complaints do not matter: about the answer (a registry without sku is
 * a TypeError to its model) because we have the original, about the question (a resource group with letters beyond
 * ASCII) because it can still be asked without the SDK's model.
 */
export async function receiveOperation(asked: Question, operation: () => Promise<unknown>, line: Line): Promise<void> {
  try {
    await receive(asked, operation, line);
  } catch (error) {
    if (error instanceof AzureError || asked.failure !== null) throw error;
  }
}

const refused = ({ answers }: Question): Answer | null => {
  const last = answers.at(-1);
  return last !== undefined && last.status >= 300 ? last : null;
};

/** The answers that are pages, in order: a claims challenge leaves its 401 before the page it led to. */
export const pages = ({ answers }: Question): readonly Answer[] => answers.filter(({ status }) => status < 300);

/** The JSON of an answer, exactly as Azure sent it. Throws an `AzureError` of kind `garbled` where it is none. */
export function body({ text, status, url, correlationId }: Answer): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const what = text === '' ? 'is empty' : `is no JSON, or was cut short: ${oneLine(text, 80)}`;
    throw new AzureError('garbled', `Azure's answer for ${new URL(url).pathname} ${what}`, { status, correlationId });
  }
}
