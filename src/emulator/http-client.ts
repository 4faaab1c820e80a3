import type { HttpClient, HttpHeaders, PipelineRequest } from '@azure/core-rest-pipeline';
import type { Answer, Question } from './answers.ts';

/** An HTTP client for the Azure SDK's pipelines that reaches no network: `answer` is all there is. */
export const httpClientOver = (answer: (question: Question) => Answer): HttpClient => ({
  async sendRequest(request: PipelineRequest) {
    if (request.abortSignal?.aborted)
      throw Object.assign(new Error('The operation was aborted.'), { name: 'AbortError' });
    const { status, headers, body } = answer({
      method: request.method,
      url: new URL(request.url),
      body: typeof request.body === 'string' ? request.body : null,
    });
    return { request, status, headers: headersOf(headers), bodyAsText: body };
  },
});

/** The SDK's headers, made by hand so that nothing of the SDK is loaded for them. */
function headersOf(given: Readonly<Record<string, string>>): HttpHeaders {
  const values = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    get: (name) => values.get(name.toLowerCase()),
    has: (name) => values.has(name.toLowerCase()),
    set: (name, value) => void values.set(name.toLowerCase(), String(value)),
    delete: (name) => void values.delete(name.toLowerCase()),
    toJSON: () => Object.fromEntries(values),
    [Symbol.iterator]: () => values.entries(),
  };
}
