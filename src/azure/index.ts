import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
} from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import { type Azure, AzureError, type FirstPages } from '../collect/azure.ts';
import type { Answer } from './answer.ts';
import type { OnWait } from './budgets.ts';
import { makeClients } from './clients.ts';
import type { Cloud } from './clouds.ts';
import { defaultCredential, type Login, sharedLogin } from './credential.ts';
import { readRegistry } from './data-plane.ts';
import { continuation, graphPages, graphVersion } from './graph.ts';
import { guardPolicy, resourceGraphPath, staysAt } from './guard.ts';
import { defaultLimits, type Limits, limitsPolicy, type OnRequest, retries } from './limits.ts';
import { operationFor } from './operations.ts';
import { renewalPolicy } from './renewal.ts';
import { body, type Line, pages, type Question, question, receive, receiveOperation, wirePolicy } from './wire.ts';

export interface Connection extends Partial<Limits> {
  readonly cloud: Cloud;
  /** In place of the login that the SDK finds. */
  readonly credential?: TokenCredential;
  /** In place of the network. */
  readonly httpClient?: HttpClient;
  /** Stops everything under way: rejections are then of kind `aborted`. */
  readonly signal?: AbortSignal;
  /** Called for every request that leaves, retries included. */
  readonly onRequest?: OnRequest;
  /** Called with who is logged in, for each token. */
  readonly onLogin?: (login: Login) => void;
  /** Called where Azure's limits make a request wait. */
  readonly onWait?: OnWait;
}

/** Azure, live: the SDK's clients with our policies in their pipelines. Nothing is sent until something is asked. */
export function connect({ cloud, signal, ...options }: Connection): Azure {
  const limits = { ...defaultLimits, ...options };
  const httpClient = options.httpClient ?? createDefaultHttpClient();
  const line: Line = { host: new URL(cloud.resourceManager).host, signal, answered: false };
  const credential = sharedLogin(options.credential ?? defaultCredential(cloud), signal, options.onLogin);
  const rationed = limitsPolicy(limits, signal, options.onRequest ?? (() => {}), options.onWait);
  const clients = makeClients(cloud, credential, httpClient, {
    wire: wirePolicy(signal),
    retries: retries(limits),
    attempt: [renewalPolicy(credential, cloud.scope), guardPolicy(cloud.resourceManager), rationed],
  });
  const data = { cloud, credential, httpClient, retries: retries(limits), limits: rationed, signal };
  const readData = readRegistry(data);

  /** What the SDK has no operation for goes through the registry client's pipeline, so that the same rules hold. */
  const send = async (url: string, content?: unknown): Promise<void> => {
    const { pipeline } = await clients.containerRegistry('');
    const headers = createHttpHeaders({ accept: 'application/json' });
    if (content === undefined) {
      await pipeline.sendRequest(httpClient, createPipelineRequest({ url, headers }));
      return;
    }
    headers.set('content-type', 'application/json');
    const request = createPipelineRequest({ url, method: 'POST', headers, body: JSON.stringify(content) });
    await pipeline.sendRequest(httpClient, request);
  };

  const ask = async (path: string, apiVersion: string): Promise<Question> => {
    const asked = question(apiVersion);
    const operation = operationFor(path);
    if (operation) await receiveOperation(asked, () => operation(clients), line);
    if (pages(asked).length === 0) await receive(asked, () => send(`${cloud.resourceManager}${path}`), line);
    return asked;
  };

  const firstPages = async (path: string, apiVersion: string, most: number): Promise<FirstPages> => {
    const asked = await ask(path, apiVersion);
    // The SDK's pager stops where its model fails; the rest is followed from the last answer.
    let next = nextLink(pages(asked).at(-1));
    for (; next !== null && pages(asked).length < most; next = nextLink(pages(asked).at(-1))) {
      const url = staysAt(cloud.resourceManager, next);
      await receive(asked, () => send(url), line);
    }
    return { items: pages(asked).flatMap((answer) => page(answer).value), whole: next === null };
  };

  return {
    cloud: { name: cloud.name, resourceManager: cloud.resourceManager, registrySuffix: cloud.registrySuffix },

    async get(path, apiVersion) {
      const [answer] = pages(await ask(path, apiVersion));
      return answer && body(answer);
    },

    list: async (path, apiVersion) => (await firstPages(path, apiVersion, Number.POSITIVE_INFINITY)).items,

    firstPages,

    graph: (query, subscriptions) =>
      graphPages(query, subscriptions, async (content) => {
        const asked = question(graphVersion);
        await receive(asked, () => send(`${cloud.resourceManager}${resourceGraphPath}`, content), line);
        const [answer] = pages(asked);
        return answer && body(answer);
      }),

    registry: (loginServer, path, accept = 'application/json') => readData(loginServer, path, accept),
  };
}

const nextLink = (answer: Answer | undefined): string | null => (answer ? page(answer).nextLink : null);

function page(answer: Answer): { value: readonly unknown[]; nextLink: string | null } {
  const content = body(answer);
  if (typeof content !== 'object' || content === null || !('value' in content) || !Array.isArray(content.value)) {
    throw new AzureError('garbled', `Azure's answer for ${new URL(answer.url).pathname} is no list.`, answer);
  }
  const next = 'nextLink' in content ? content.nextLink : null;
  return { value: content.value, nextLink: continuation(next, 'nextLink') };
}
