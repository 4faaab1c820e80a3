import type { HttpClient } from '@azure/core-rest-pipeline';
import type { Answer, Question } from './answers.ts';
import { arm } from './arm.ts';
import { contentsAnswer, isRegistry } from './contents.ts';
import { httpClientOver } from './http-client.ts';
import { readTenant, type TenantDocument } from './tenant.ts';

/** A request that the emulator was asked, in the order of asking. */
export interface AskedRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly path: string;
}

/** An Azure Resource Manager inside the process. */
export interface Emulator {
  /** For the pipelines of the Azure SDK: no network, no credential. */
  readonly httpClient: HttpClient;
  readonly answer: (question: Question) => Answer;
  readonly requests: readonly AskedRequest[];
  /** The instant that is "now" in the tenant (ISO 8601). */
  readonly now: string;
}

/** How a tenant is served. */
export interface Emulating {
  /** Whether it takes writes, as a copy of the document that changes. For tests of plans; never for `--demo`. */
  readonly takesWrites?: boolean;
}

/** Serves a tenant document inside the process. Throws a `TenantError` for a document that cannot be served. */
export function emulate(document: TenantDocument, { takesWrites = false }: Emulating = {}): Emulator {
  const tenant = readTenant(takesWrites ? structuredClone(document) : document);
  const reply = arm(tenant, takesWrites);
  const requests: AskedRequest[] = [];
  const answer = (question: Question): Answer => {
    requests.push({ method: question.method, path: question.url.pathname + question.url.search });
    return isRegistry(question.url) ? contentsAnswer(tenant, question) : reply(question);
  };
  return { httpClient: httpClientOver(answer), answer, requests, now: tenant.now };
}
