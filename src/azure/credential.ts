import type { AccessToken, GetTokenOptions, TokenCredential } from '@azure/identity';
import { AzureError } from '../collect/azure.ts';
import { type Cloud, clouds } from './clouds.ts';
import { oneLine } from './errors.ts';

/** Other hosts of Entra that Microsoft still documents for clouds we know. */
const knownAuthorities = new Set([
  ...Object.values(clouds).map(({ authorityHost }) => authorityHost),
  'https://login.chinacloudapi.cn',
]);

/** The login that the SDK finds: environment, workload identity, managed identity, `az login`, and the rest. */
export const defaultCredential = (cloud: Cloud): TokenCredential => {
  let found: TokenCredential | null = null;
  return {
    async getToken(scopes, options) {
      const { DefaultAzureCredential } = await import('@azure/identity');
      found ??= new DefaultAzureCredential({
        authorityHost: cloud.authorityHost,
        // Discovery asks the public cloud about the authority, which knows nothing of a private one.
        disableInstanceDiscovery: !knownAuthorities.has(cloud.authorityHost),
      });
      return found.getToken(scopes, options);
    },
  };
};

/** Ahead of the two minutes before expiry at which the SDK's clients ask for a new token. */
const renewBeforeMs = 5 * 60_000;

/** A login that can be asked anew, for a token that was turned away. */
export interface SharedLogin extends TokenCredential {
  renew(scope: string, refused: string): Promise<AccessToken | null>;
}

/** Who is logged in, as the token says it. */
export interface Login {
  /** A name or an address of a person, or the id of an application; `null` where the token does not say. */
  readonly account: string | null;
  readonly tenant: string | null;
}

/** Read from the claims of a token; `null` for a token that has none. The token itself is kept nowhere. */
export function loginOf(token: string): Login | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const claim = (...names: readonly string[]): string | null => {
      const said = names.map((name) => (claims as Record<string, unknown>)[name]);
      return said.find((value): value is string => typeof value === 'string' && value !== '') ?? null;
    };
    const login = {
      account: claim('upn', 'preferred_username', 'unique_name', 'email', 'appid', 'oid'),
      tenant: claim('tid'),
    };
    return login.account === null && login.tenant === null ? null : login;
  } catch {
    return null;
  }
}

/**
 * One login for all clients. Each of them would ask on its own, and the Azure CLI takes half a second to start and
 * remembers nothing. Failures become an `AzureError` of kind `credential`: what happened and, on a second line, what to do.
 */
export function sharedLogin(
  credential: TokenCredential,
  signal: AbortSignal | undefined,
  onLogin: (login: Login) => void = () => {},
): SharedLogin {
  const tokens = new Map<string, { token: Promise<AccessToken>; renewAt: number }>();

  const ask = async (scopes: string | string[], options: GetTokenOptions): Promise<AccessToken> => {
    try {
      const token = await credential.getToken(scopes, signal ? { ...options, abortSignal: signal } : options);
      if (token) {
        const login = loginOf(token.token);
        if (login) onLogin(login);
        return token;
      }
    } catch (error) {
      if (signal?.aborted) throw new AzureError('aborted', 'Interrupted.', { cause: error });
      throw loginFailure(error);
    }
    throw loginFailure(new Error('The login gave no token.'));
  };

  const keyOf = (scopes: string | string[], { claims, tenantId }: GetTokenOptions) =>
    JSON.stringify([[scopes].flat(), claims, tenantId]);

  return {
    async renew(scope, refused) {
      const key = keyOf(scope, {});
      const held = await tokens.get(key)?.token;
      // Many reads may be turned away with one token: the first of them asks for the new one.
      if (held?.token === refused) tokens.delete(key);
      return this.getToken(scope);
    },
    getToken(scopes, options = {}) {
      const key = keyOf(scopes, options);
      const held = tokens.get(key);
      if (held && Date.now() < held.renewAt) return held.token;
      const asked = { token: ask(scopes, options), renewAt: Number.POSITIVE_INFINITY };
      tokens.set(key, asked);
      asked.token.then(
        ({ expiresOnTimestamp }) => {
          asked.renewAt = expiresOnTimestamp - renewBeforeMs;
        },
        () => tokens.delete(key),
      );
      return asked.token;
    },
  };
}

/** What Entra says, and what helps. */
const advice: readonly (readonly [says: RegExp, what: string, help: string])[] = [
  [
    /AADSTS700024/,
    "The pipeline's identity token has expired (AADSTS700024): it lives five to ten minutes after the job asks for it.",
    'Log in to Azure in the step right before the scan, or ask az for the token of this endpoint right after the login.',
  ],
  [
    /AADSTS(70008|700082|700084|50173|50076|50078|50079)\b/,
    'The Azure login has expired or needs to be confirmed again.',
    'Run `az login`.',
  ],
  [/AADSTS(7000215|7000222)/, 'The client secret of the login is wrong or has expired.', 'Renew AZURE_CLIENT_SECRET.'],
  [
    /AADSTS(90002|500011|700016)\b/,
    'The login does not belong to this tenant or cloud.',
    'Check AZURE_TENANT_ID, AZURE_CLIENT_ID and --cloud.',
  ],
];

function loginFailure(error: unknown): AzureError {
  const said = error instanceof Error ? `${error.message}\n${causesOf(error)}` : String(error);
  const known = advice.find(([says]) => says.test(said));
  const [what, help] = known ? [known[1], known[2]] : unknownFailure(error, said);
  return new AzureError('credential', `${what}\n${help}`, { code: /AADSTS\d+/.exec(said)?.[0] ?? null, cause: error });
}

function unknownFailure(error: unknown, said: string): readonly [string, string] {
  const [entra] = /AADSTS\d+: [^\n]*?(?=Trace ID|\n|$)/.exec(said) ?? [];
  if (entra)
    return [`Entra refused the login: ${oneLine(entra, 300)}`, 'Run `az login`, or correct the login of the job.'];
  const nobody = error instanceof Error && /CredentialUnavailableError|AggregateAuthenticationError/.test(error.name);
  if (nobody) {
    return [
      'No Azure login was found: not in the environment, a managed or workload identity, the Azure CLI, PowerShell or azd.',
      'Run `az login`, or set AZURE_TENANT_ID and AZURE_CLIENT_ID with a secret, a certificate or a federated token.',
    ];
  }
  return [`The Azure login failed: ${oneLine(said, 300)}`, 'Run `az login`, and try again.'];
}

/** The chain of credentials keeps each one's failure in `errors`. */
const causesOf = (error: Error): string =>
  'errors' in error && Array.isArray(error.errors)
    ? error.errors.map((cause) => (cause instanceof Error ? cause.message : '')).join('\n')
    : '';
