import type { PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';

/** What came over the wire for one page, before any model of the SDK saw it. */
export interface Answer {
  readonly url: string;
  readonly status: number;
  readonly text: string;
  readonly correlationId: string | null;
  readonly retryAfter: string | null;
  /** Where a redirect leads. */
  readonly location: string | null;
  /** Host and port of the proxy, where the answer is its own and not Azure's. */
  readonly proxy: string | null;
}

export function answerTo(request: PipelineRequest, { status, headers, bodyAsText }: PipelineResponse): Answer {
  const correlationId = headers.get('x-ms-correlation-request-id') ?? headers.get('x-ms-request-id') ?? null;
  return {
    url: request.url,
    status,
    text: bodyAsText ?? '',
    correlationId,
    retryAfter: headers.get('retry-after') ?? null,
    location: headers.get('location') ?? null,
    // Azure gives every answer an id.
    proxy: status >= 400 && correlationId === null ? proxyOf(request) : null,
  };
}

/** Host and port of the proxy that the SDK sends a request through: the rest of its address may hold a login. */
export function proxyOf({ agent }: PipelineRequest): string | null {
  const proxy: unknown = agent !== undefined && 'proxy' in agent ? agent.proxy : null;
  return proxy instanceof URL ? proxy.host : null;
}
