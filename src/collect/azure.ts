import { withoutSecrets } from '../facts/tasks/secret-masks.ts';
import type { Source } from '../model/evidence.ts';
import type { CloudFacts } from '../model/snapshot.ts';

/**
 * Azure as collectors see it: read-only questions by path, verbatim answers. `src/azure` implements it over the SDK
 * clients; nothing here knows them.
 */
export interface Azure {
  readonly cloud: CloudFacts;
  /** One resource, as ARM sent it. Rejects with an `AzureError`. */
  get(path: string, apiVersion: string): Promise<unknown>;
  /** Every item of every page of a list, as ARM sent them. Rejects with an `AzureError`; never returns half a list. */
  list(path: string, apiVersion: string): Promise<readonly unknown[]>;
  /** The items of the first pages of a list that may be too long to read, and whether these were all. */
  firstPages(path: string, apiVersion: string, most: number): Promise<FirstPages>;
  /** Every row of a Resource Graph query over the subscriptions (bare ids). */
  graph(query: string, subscriptions: readonly string[]): Promise<readonly unknown[]>;
  /**
   * One answer of a registry itself, its data plane; only collectors of facets that are opted into ask. `accept` is
   * the media type wanted, where it is not plain JSON. Rejects with an `AzureError`.
   */
  registry(loginServer: string, path: string, accept?: string): Promise<RegistryPage>;
}

export interface FirstPages {
  readonly items: readonly unknown[];
  readonly whole: boolean;
}

export interface RegistryPage {
  readonly body: unknown;
  /** The path of the page after it. */
  readonly next: string | null;
}

export type AzureErrorKind =
  /** 403: the credential may not. */
  | 'denied'
  /** 404: there is no such thing, or the credential can't know. */
  | 'absent'
  /** ARM does not accept the api-version. */
  | 'api-version'
  /** Another refusal or failure of the service. */
  | 'failed'
  /** An answer that is no JSON, or cut short. */
  | 'garbled'
  /** No connection, or none in time. */
  | 'unreachable'
  /** 401: the resource is in another tenant, whose login it wants. */
  | 'other-tenant'
  /** No token, or none that Azure takes: not logged in, expired. */
  | 'credential'
  /** The user stopped it. */
  | 'aborted';

/** What follows the scheme in a sentence about logins, and is no token. */
const noToken = '(?!(?:realm|tokens?|auth\\w*|challenge|scheme|header|error|scope|is|was|or|and)\\b)';

const tokens = new RegExp(
  [
    String.raw`eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)*`,
    String.raw`(?<=\bbearer(?:\s|%20|\+)+)${noToken}[\w.~+/-]+=*`,
    String.raw`(?<=[?&]sig=)[^&\s]+`,
    String.raw`(?<=\bcookie:\s*)[^\s"'<][^\r\n"'<]*`,
  ].join('|'),
  'gi',
);

/** Words of others for evidence: a proxy may send back the very header that was sent to it. */
export const withoutTokens = (words: string): string => withoutSecrets(words.replace(tokens, '<masked>'));

/** Why Azure gave no answer, in ARM's own words where it had any. */
export class AzureError extends Error {
  override readonly name = 'AzureError';
  readonly kind: AzureErrorKind;
  readonly status: number | null;
  readonly code: string | null;
  readonly correlationId: string | null;
  /** The id of the tenant that an `other-tenant` is in, where ARM names it. */
  readonly tenant: string | null;
  /** Host and port of the proxy that failed, where it was one. */
  readonly proxy: string | null;

  constructor(
    kind: AzureErrorKind,
    message: string,
    details: {
      status?: number | null;
      code?: string | null;
      correlationId?: string | null;
      tenant?: string | null;
      proxy?: string | null;
      cause?: unknown;
    } = {},
  ) {
    super(withoutTokens(message), { cause: details.cause });
    this.kind = kind;
    this.status = details.status ?? null;
    this.code = details.code ?? null;
    this.correlationId = details.correlationId ?? null;
    this.tenant = details.tenant ?? null;
    this.proxy = details.proxy ?? null;
  }
}

/** The same Azure, noting every request it is asked for in `sources`. */
export function noting(azure: Azure, now: () => string, sources: Source[]): Azure {
  return {
    cloud: azure.cloud,
    get: (path, apiVersion) => {
      sources.push({ kind: 'arm', request: path, apiVersion, at: now() });
      return azure.get(path, apiVersion);
    },
    list: (path, apiVersion) => {
      sources.push({ kind: 'arm', request: path, apiVersion, at: now() });
      return azure.list(path, apiVersion);
    },
    firstPages: (path, apiVersion, most) => {
      sources.push({ kind: 'arm', request: path, apiVersion, at: now() });
      return azure.firstPages(path, apiVersion, most);
    },
    graph: (query, subscriptions) => {
      sources.push({ kind: 'graph', query, at: now() });
      return azure.graph(query, subscriptions);
    },
    registry: (loginServer, path, accept) => {
      sources.push({ kind: 'registry', request: `https://${loginServer}${path}`, at: now() });
      return azure.registry(loginServer, path, accept);
    },
  };
}
