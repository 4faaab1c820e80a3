import type { ContainerRegistryClient } from '@azure/container-registry';
import {
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
  type Pipeline,
  type PipelinePolicy,
  type PipelineRequest,
} from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import { AzureError, type RegistryPage } from '../collect/azure.ts';
import { type Answer, answerTo, proxyOf } from './answer.ts';
import type { Cloud } from './clouds.ts';
import { oneLine, refusal, transportFailure } from './errors.ts';
import { ReadOnlyError, staysAt } from './guard.ts';

/** What the data-plane clients share with those of the resource manager. */
export interface DataPlane {
  readonly cloud: Cloud;
  readonly credential: TokenCredential;
  readonly httpClient: HttpClient;
  readonly retries: PipelinePolicy;
  /** For each attempt, behind the guard. */
  readonly limits: PipelinePolicy;
  readonly signal: AbortSignal | undefined;
}

/**
 * The two POSTs that trade a login for a token of the registry. Nothing else is ever posted, and nothing but GET and
 * HEAD leaves besides.
 */
const tokenExchange = /^\/oauth2\/(exchange|token)$/;

/** The last policy before the wire, in the client and in the one it fetches tokens with. Throws a `ReadOnlyError`. */
const dataGuardPolicy = (origin: string): PipelinePolicy => ({
  name: 'acrAuditDataGuard',
  async sendRequest(request, next) {
    const { pathname } = new URL(staysAt(origin, request.url));
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (!reads && !(request.method === 'POST' && tokenExchange.test(pathname)))
      throw new ReadOnlyError(`acr-audit only reads: refused ${request.method} ${pathname}`);
    return next(request);
  },
});

/** The library's client of one registry, loaded when it is first asked for, with our policies in its pipelines. */
export async function contentsClient(loginServer: string, data: DataPlane): Promise<ContainerRegistryClient> {
  const { ContainerRegistryClient } = await import('@azure/container-registry');
  const origin = originOf(loginServer, data.cloud);
  return new ContainerRegistryClient(origin, data.credential, {
    audience: data.cloud.scope.replace(/\/\.default$/, ''),
    httpClient: data.httpClient,
    userAgentOptions: { userAgentPrefix: 'acr-audit' },
    additionalPolicies: [dataGuardPolicy(origin), data.limits].map((policy) => ({ policy, position: 'perRetry' })),
  });
}

/** Reads of registries themselves, by path. A token is good for one repository, so each has a client of its own. */
export function readRegistry(
  data: DataPlane,
): (loginServer: string, path: string, accept: string) => Promise<RegistryPage> {
  const clients = new Map<string, Promise<Pipeline>>();
  return async (loginServer, path, accept) => {
    const url = staysAt(originOf(loginServer, data.cloud), `https://${loginServer.toLowerCase()}${path}`);
    const key = `${loginServer}/${repositoryOf(path)}`;
    const made = clients.get(key) ?? pipelineOf(loginServer, data);
    clients.set(key, made);
    const headers = createHttpHeaders({ accept });
    const request = createPipelineRequest({ url, headers, ...(data.signal ? { abortSignal: data.signal } : {}) });
    try {
      const response = await (await made).sendRequest(data.httpClient, request);
      const said = answerTo(request, response);
      if (said.status >= 300) throw refused(said);
      return { body: parsed(said.text, url), next: nextPath(response.headers.get('link') ?? '') };
    } catch (error) {
      throw dataFailure(error, request, data.signal?.aborted ?? false);
    }
  };
}

async function pipelineOf(loginServer: string, data: DataPlane): Promise<Pipeline> {
  // The library has operations for tags and manifests and none for referrers; its pipeline, which trades the tokens,
  // is private. Requests of our own through it obey the same rules as its operations.
  const client = await contentsClient(loginServer, data);
  const { pipeline } = client['client'] as { readonly pipeline: Pipeline };
  // Errors need not be JSON, and its models are not used.
  pipeline.removePolicy({ name: 'deserializationPolicy' });
  pipeline.removePolicy({ phase: 'Retry' });
  pipeline.addPolicy(data.retries, { phase: 'Retry' });
  return pipeline;
}

/** The login goes to registries of the cloud and nowhere else. Throws an `AzureError`. */
function originOf(loginServer: string, { suffixGiven, registrySuffix }: Cloud): string {
  // Of a cloud that only the user knows, nobody knows what its registries are called: ARM's word alone is not enough.
  if (!suffixGiven)
    throw new AzureError(
      'failed',
      'Registries of a custom cloud are asked only with their suffix: give --registry-suffix.',
    );
  if (!loginServer.toLowerCase().endsWith(`.${registrySuffix}`))
    throw new AzureError('garbled', `'${oneLine(loginServer, 80)}' is no registry of this cloud: not asked.`);
  return `https://${loginServer.toLowerCase()}`;
}

const repositoryOf = (path: string): string =>
  /^\/(?:acr\/v1|v2)\/(.+?)\/(?:_tags|_manifests|manifests|referrers)(?:[/?]|$)/.exec(path)?.[1] ?? '';

/** `Link: </acr/v1/_catalog?last=x&n=100>; rel="next"`. */
function nextPath(link: string): string | null {
  const [, target] = /<([^>]+)>\s*;\s*rel="?next"?/i.exec(link) ?? [];
  if (target?.startsWith('/')) return target;
  if (target !== undefined && URL.canParse(target)) return `${new URL(target).pathname}${new URL(target).search}`;
  // Only a header that is absent, empty or about other pages ends a list.
  if (target === undefined && !/\bnext\b/i.test(link)) return null;
  throw new AzureError('garbled', "The registry's list may go on, but its Link header leads nowhere.");
}

function parsed(text: string, url: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AzureError('garbled', `The registry's answer for ${new URL(url).pathname} is no JSON.`);
  }
}

/** A registry answers 401 where the resource manager answers 403: the login is good, the permission is missing. */
function refused(answer: Answer): AzureError {
  const { status } = answer;
  const said = /"message"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(answer.text)?.[1] ?? null;
  const general = refusal({ ...answer, proxy: said === null ? answer.proxy : null }, true);
  if (general.kind === 'unreachable' || status < 400) return general;
  const message = said === null ? general.message : oneLine(said);
  const kind = status === 401 || status === 403 ? 'denied' : status === 404 ? 'absent' : 'failed';
  return new AzureError(kind, message, { status });
}

function dataFailure(error: unknown, request: PipelineRequest, aborted: boolean): unknown {
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') {
    const { statusCode: status, message: text } = error;
    return refused({
      url: request.url,
      status,
      text,
      correlationId: null,
      retryAfter: null,
      location: null,
      proxy: null,
    });
  }
  return transportFailure(error, new URL(request.url).host, proxyOf(request), aborted);
}
