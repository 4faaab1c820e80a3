import type { TokenCredential } from '@azure/identity';
import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { clouds } from '../../src/azure/clouds.ts';
import { defaultCredential, sharedLogin } from '../../src/azure/credential.ts';
import { arm, azureWith, errorOf, group, ownNetwork, registries, registry } from './support.ts';

ownNetwork();

const named = (name: string, message: string) => Object.assign(new Error(message), { name });

describe('a login that fails says what happened, and on a second line what to do', () => {
  const rows: readonly [string, Error, RegExp, RegExp, string | null][] = [
    [
      'nobody is logged in',
      named('AggregateAuthenticationError', 'ChainedTokenCredential authentication failed.'),
      /^No Azure login was found/,
      /az login/,
      null,
    ],
    [
      'the identity token of the pipeline is too old',
      named(
        'AuthenticationError',
        'invalid_client: AADSTS700024: Client assertion is not within its valid time range.',
      ),
      /five to ten minutes/,
      /right before the scan/,
      'AADSTS700024',
    ],
    [
      'the same, found by one of a chain of credentials',
      Object.assign(named('AggregateAuthenticationError', 'failed'), {
        errors: [new Error('ERROR: AADSTS700082: old')],
      }),
      /has expired/,
      /az login/,
      'AADSTS700082',
    ],
    [
      'a wrong secret',
      named('AuthenticationError', 'AADSTS7000215: Invalid client secret'),
      /wrong or/,
      /AZURE_CLIENT_SECRET/,
      'AADSTS7000215',
    ],
    [
      'another tenant',
      named('AuthenticationError', 'AADSTS90002: Tenant not found'),
      /tenant/,
      /AZURE_TENANT_ID/,
      'AADSTS90002',
    ],
    [
      'what only Entra knows',
      named(
        'AuthenticationError',
        'x: AADSTS53003: Access has been blocked by policies. Trace ID: 1\nCorrelation ID: 2',
      ),
      /^Entra refused the login: AADSTS53003: Access has been blocked by policies\.$/,
      /az login/,
      'AADSTS53003',
    ],
    [
      'a setting that is wrong',
      new Error('Invalid value for AZURE_TOKEN_CREDENTIALS = foo.'),
      /TOKEN_CREDENTIALS = foo/,
      /az login/,
      null,
    ],
  ];
  test.each(rows)('%s', async (_, failure, what, help, code) => {
    const credential: TokenCredential = { getToken: () => Promise.reject(failure) };
    for (const path of [registries, `${registry}/tasks`]) {
      const error = await errorOf(azureWith({ credential }).list(path, '2025-11-01'));
      expect(error).toMatchObject({ kind: 'credential', code });
      const [first, second, ...more] = error.message.split('\n');
      expect(first).toMatch(what);
      expect(second).toMatch(help);
      expect(more).toEqual([]);
    }
  });

  test('a login without a token', async () => {
    const credential: TokenCredential = { getToken: async () => null };
    expect((await errorOf(azureWith({ credential }).get(registry, '2025-11-01'))).kind).toBe('credential');
  });

  test('an interrupt while the login takes its time', async () => {
    const credential: TokenCredential = {
      getToken: (_, options) =>
        new Promise((_resolve, reject) =>
          options?.abortSignal?.addEventListener('abort', () => reject(new Error('stop'))),
        ),
    };
    const asked = azureWith({ credential, signal: AbortSignal.timeout(20) }).get(registry, '2025-11-01');
    expect((await errorOf(asked)).kind).toBe('aborted');
  });
});

/** A login that counts how often it is asked; its tokens live for the given minutes. */
function counting(minutes: number): { credential: TokenCredential; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    credential: {
      getToken: async (scopes, options) => {
        asked.push(`${scopes} ${options?.claims ?? ''}`.trim());
        return { token: `t${asked.length}`, expiresOnTimestamp: Date.now() + minutes * 60_000 };
      },
    },
  };
}

describe('one login serves all clients', () => {
  test('the login is asked once, however many clients and subscriptions ask at the same time', async () => {
    const { credential, asked } = counting(60);
    const azure = azureWith({ credential });
    const other = registries.replace('000000000001', '000000000002');
    const network = `${group}/providers/Microsoft.Network/virtualNetworks/vnet`;
    for (const path of [registries, other, network]) arm().get(path).query(true).reply(200, { value: [] });
    await Promise.all([azure.get(registries, '1'), azure.get(other, '1'), azure.get(network, '1')]);
    expect(asked).toEqual(['https://management.azure.com/.default']);
  });

  test('it is asked again shortly before the token expires, and for a challenge', async () => {
    const { credential, asked } = counting(4);
    const login = sharedLogin(credential, undefined);
    await login.getToken('scope');
    await login.getToken('scope');
    await login.getToken('scope', { claims: 'more' });
    expect(asked).toEqual(['scope', 'scope', 'scope more']);
  });

  test('a failure is not remembered', async () => {
    let failing = true;
    const credential: TokenCredential = {
      getToken: async () => {
        if (failing) throw new Error('once');
        return { token: 't', expiresOnTimestamp: Date.now() + 3_600_000 };
      },
    };
    const login = sharedLogin(credential, undefined);
    await expect(login.getToken('scope')).rejects.toThrow('once');
    failing = false;
    expect((await login.getToken('scope'))?.token).toBe('t');
  });

  test('Entra may ask for more in the middle of a scan', async () => {
    const { credential, asked } = counting(60);
    const challenge = `Bearer error="insufficient_claims", claims="${btoa('{"access_token":{}}')}"`;
    arm().get(registry).query(true).reply(401, '', { 'www-authenticate': challenge });
    arm().get(registry).query(true).matchHeader('authorization', 'Bearer t2').reply(200, { name: 'contoso' });
    expect(await azureWith({ credential }).get(registry, '1')).toEqual({ name: 'contoso' });
    expect(asked).toEqual([
      'https://management.azure.com/.default',
      'https://management.azure.com/.default {"access_token":{}}',
    ]);
  });
});

test.skipIf(process.platform === 'win32')(
  'the login that the SDK finds goes to the authority of the cloud',
  async () => {
    const before = { ...process.env };
    Object.assign(process.env, {
      AZURE_TOKEN_CREDENTIALS: 'EnvironmentCredential',
      AZURE_TENANT_ID: '00000000-0000-0000-0000-00000000000a',
      AZURE_CLIENT_ID: '00000000-0000-0000-0000-00000000000b',
      AZURE_CLIENT_SECRET: 'hush',
    });
    try {
      const authority = 'https://login.corp.example';
      const base = `/${process.env['AZURE_TENANT_ID']}`;
      nock(authority)
        .get(`${base}/v2.0/.well-known/openid-configuration`)
        .reply(200, {
          issuer: `${authority}${base}/v2.0`,
          token_endpoint: `${authority}${base}/oauth2/v2.0/token`,
          authorization_endpoint: `${authority}${base}/oauth2/v2.0/authorize`,
          jwks_uri: `${authority}${base}/keys`,
        })
        .post(`${base}/oauth2/v2.0/token`, (form) => form.scope?.includes(clouds.usgov.scope))
        .query(true)
        .reply(200, { token_type: 'Bearer', access_token: 'from-corp', expires_in: 3600 });
      const token = await defaultCredential({ ...clouds.usgov, authorityHost: authority }).getToken(clouds.usgov.scope);
      expect(token?.token).toBe('from-corp');
    } finally {
      process.env = before;
    }
  },
);
