import { existsSync, readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { createHttpHeaders, type PipelineRequest, type PipelineResponse, RestError } from '@azure/core-rest-pipeline';
import nock from 'nock';
import { describe, expect, test } from 'vitest';
import type { AzureErrorKind } from '../../src/collect/azure.ts';
import { arm, azureWith, errorOf, ownNetwork, registries, registry } from './support.ts';

ownNetwork();

const authorization =
  "The client 'x' does not have authorization to perform action 'Microsoft.ContainerRegistry/registries/read' over scope '/subscriptions/1'.";

describe('what ARM refuses is said in its own words', () => {
  const rows: readonly [string, number, string | object | undefined, AzureErrorKind, string | null, RegExp][] = [
    [
      'nested',
      403,
      { error: { code: 'AuthorizationFailed', message: authorization } },
      'denied',
      'AuthorizationFailed',
      /perform action 'Microsoft/,
    ],
    ['flat', 412, { code: 'PreconditionFailed', message: 'Modified.' }, 'failed', 'PreconditionFailed', /^Modified\.$/],
    [
      'in capitals',
      409,
      { Code: 'Conflict', Message: 'Busy\r\nActivity: 1' },
      'failed',
      'Conflict',
      /^Busy Activity: 1$/,
    ],
    ['nested in capitals', 409, { Error: { Code: 'Timeout', Message: 'Late.' } }, 'failed', 'Timeout', /^Late\.$/],
    [
      'of the directory',
      403,
      { 'odata.error': { code: 'Denied', message: { lang: 'en', value: 'No.' } } },
      'denied',
      'Denied',
      /^No\.$/,
    ],
    [
      'JSON in a string',
      403,
      JSON.stringify('{"error":{"code":"Denied","message":"No."}}'),
      'denied',
      'Denied',
      /^No\.$/,
    ],
    [
      'a page',
      501,
      '<html><head><title>501 Not\n Implemented</title></head></html>',
      'failed',
      null,
      /^501 Not Implemented$/,
    ],
    ['a bare word', 403, 'Forbidden\n', 'denied', null, /^Forbidden$/],
    ['nothing', 403, undefined, 'denied', null, /^Azure answered 403 and did not say why\.$/],
    ['a code only', 404, { code: '404' }, 'absent', '404', /^Azure answered 404 \(404\)/],
    [
      'details only',
      400,
      { error: { code: 'Bad', details: [{ message: 'This one.' }] } },
      'failed',
      'Bad',
      /^This one\.$/,
    ],
    [
      'not there',
      404,
      { error: { code: 'ResourceNotFound', message: 'No such thing.' } },
      'absent',
      'ResourceNotFound',
      /No such/,
    ],
    [
      'expired token',
      401,
      { error: { code: 'ExpiredAuthenticationToken', message: 'Expired.' } },
      'credential',
      'ExpiredAuthenticationToken',
      /Expired/,
    ],
    [
      'version refused',
      400,
      { error: { code: 'InvalidApiVersionParameter', message: 'The api-version is invalid.' } },
      'api-version',
      'InvalidApiVersionParameter',
      /api-version/,
    ],
    [
      'version without provider',
      400,
      { error: { code: 'NoRegisteredProviderFound', message: 'No registered provider.' } },
      'api-version',
      'NoRegisteredProviderFound',
      /provider/,
    ],
    [
      'version without the type',
      404,
      { error: { code: 'InvalidResourceType', message: 'The resource type x could not be found for api version y.' } },
      'api-version',
      'InvalidResourceType',
      /resource type/,
    ],
  ];
  const asks = {
    'a resource': (path: string) => azureWith().get(path, '2025-11-01'),
    'a list of the SDK': (path: string) => azureWith().list(path, '2025-11-01'),
    'a list of our own': (path: string) => azureWith().list(path, '2025-11-01'),
  };
  const paths = { 'a resource': registry, 'a list of the SDK': registries, 'a list of our own': `${registry}/tasks` };

  test.each(rows)('%s', async (_, status, body, kind, code, message) => {
    for (const [name, ask] of Object.entries(asks)) {
      const path = paths[name as keyof typeof paths];
      // A token that is turned away is renewed once.
      const times = status === 401 ? 2 : 1;
      arm().get(path).query(true).times(times).reply(status, body, { 'x-ms-correlation-request-id': 'c-1' });
      const error = await errorOf(ask(path));
      expect(error).toMatchObject({ kind, status, code, correlationId: 'c-1' });
      expect(error.message).toMatch(message);
    }
  });
});

describe('a network that fails says what to do', () => {
  const rows: readonly [string, RegExp][] = [
    ['ENOTFOUND', /does not resolve .*check the network/],
    ['ECONNREFUSED', /Nothing answers at management\.azure\.com/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /NODE_EXTRA_CA_CERTS/],
    ['SELF_SIGNED_CERT_IN_CHAIN', /NODE_EXTRA_CA_CERTS/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /not valid for it/],
    ['EWHATEVER', /connection to management\.azure\.com failed \(EWHATEVER\)/],
  ];
  test.each(rows)('%s', async (code, message) => {
    for (const path of [registries, `${registry}/tasks`]) {
      arm()
        .get(path)
        .query(true)
        .replyWithError(Object.assign(new Error('no'), { code }));
      const error = await errorOf(azureWith().list(path, '2025-11-01'));
      expect(error).toMatchObject({ kind: 'unreachable', code });
      expect(error.message).toMatch(message);
    }
  });
});

describe('a login that is turned away', () => {
  const asks = (status: number, code: string, times: number) =>
    arm()
      .get(registry)
      .query(true)
      .times(times)
      .reply(status, { error: { code, message: 'No.' } });

  test('before anything was read is a missing login', async () => {
    asks(401, 'ExpiredAuthenticationToken', 2);
    expect((await errorOf(azureWith().get(registry, '2025-11-01'))).kind).toBe('credential');
  });

  test('after other reads is one read that is denied', async () => {
    const azure = azureWith();
    arm().get(registries).query(true).reply(200, { value: [] });
    await azure.list(registries, '2025-11-01');
    asks(401, 'ExpiredAuthenticationToken', 2);
    expect((await errorOf(azure.get(registry, '2025-11-01'))).kind).toBe('denied');
  });

  test('is renewed once, and the read tried once more', async () => {
    let given = 0;
    const credential = {
      getToken: async () => ({ token: `token-${++given}`, expiresOnTimestamp: Date.now() + 3_600_000 }),
    };
    const withToken = (token: string) =>
      arm().get(registry).matchHeader('authorization', `Bearer ${token}`).query(true);
    withToken('token-1').reply(401, { error: { code: 'ExpiredAuthenticationToken', message: 'Expired.' } });
    withToken('token-2').reply(200, { id: 1 });
    expect(await azureWith({ credential }).get(registry, '2025-11-01')).toEqual({ id: 1 });
  });

  test('by another tenant is the place of the resource, and no reason to renew', async () => {
    asks(401, 'InvalidAuthenticationTokenTenant', 1);
    expect((await errorOf(azureWith().get(registry, '2025-11-01'))).kind).toBe('other-tenant');
  });
});

describe('a redirect is named with its host, and not followed', () => {
  test.each([300, 301, 302, 303, 307, 308])('%i', async (status) => {
    for (const path of [registries, `${registry}/tasks`]) {
      arm().get(path).query(true).reply(status, '<html>', { location: 'https://login.proxy.example/?token=x' });
      const error = await errorOf(azureWith().list(path, '2025-11-01'));
      expect(error).toMatchObject({
        kind: 'garbled',
        message: `The answer is a redirect (${status}) to login.proxy.example: not followed.`,
      });
    }
  });
});

describe('a proxy that refuses is named, without its login', () => {
  /** A wire that answers as the SDK's proxy agent does: with the answer of the proxy in place of Azure's. */
  const behindProxy = (answer: (request: PipelineRequest) => Promise<PipelineResponse>) =>
    azureWith({
      httpClient: {
        sendRequest: (request) => {
          request.agent = Object.assign(new Agent(), { proxy: new URL('http://user:pass@proxy.example:3128') });
          return answer(request);
        },
      },
    });

  test.each([
    [502, '<title>Bad Gateway</title>', 'The proxy proxy.example:3128, not Azure, answered 502: Bad Gateway'],
    [407, '', 'The proxy proxy.example:3128, not Azure, answered 407 and did not say why.'],
  ])('%i to the request for a tunnel', async (status, bodyAsText, message) => {
    const azure = behindProxy(async (request) => ({ request, status, headers: createHttpHeaders(), bodyAsText }));
    expect(await errorOf(azure.get(registry, '2025-11-01'))).toMatchObject({ kind: 'unreachable', message });
  });

  test.each([
    ['ECONNREFUSED', /^The proxy proxy\.example:3128 does not answer/],
    ['ENOTFOUND', /^The name of the proxy proxy\.example:3128 does not resolve/],
    ['ECONNABORTED', /by the proxy proxy\.example:3128 failed/],
  ])('%s', async (code, message) => {
    const azure = behindProxy(async (request) => {
      throw new RestError('no', { code, request });
    });
    expect((await errorOf(azure.get(registry, '2025-11-01'))).message).toMatch(message);
  });

  test("Azure's own refusal stays Azure's", async () => {
    const headers = createHttpHeaders({ 'x-ms-request-id': 'r' });
    const azure = behindProxy(async (request) => ({ request, status: 403, headers, bodyAsText: 'No.' }));
    expect(await errorOf(azure.get(registry, '2025-11-01'))).toMatchObject({ kind: 'denied', message: 'No.' });
  });
});

describe('a token in the words of a refusal is masked', () => {
  const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl';
  test.each([
    ['a JWT', `the token ${jwt} is no good`, 'the token <masked> is no good'],
    ['a header', `Authorization: Bearer opaque-Token_1== was sent`, 'Authorization: Bearer <masked> was sent'],
    ['a JWT in a header', `{"authorization":"Bearer ${jwt}"}`, '{"authorization":"Bearer <masked>"}'],
    ['a header in a query', 'x?auth=bearer%20opaque-Token_1 was sent', 'x?auth=bearer%20<masked> was sent'],
    ['a session', 'Cookie: ESTSAUTH=0.AAAA; other=b', 'Cookie: <masked>'],
    [
      'a signature',
      'https://x.example/log?sv=1&sig=abc%2F&se=2 is over',
      'https://x.example/log?sv=1&sig=<masked>&se=2 is over',
    ],
    [
      'but no sentence about tokens',
      'the bearer token is missing; Bearer realm="x"',
      'the bearer token is missing; Bearer realm="x"',
    ],
  ])('%s', async (_, message, masked) => {
    arm()
      .get(registry)
      .query(true)
      .reply(403, { error: { code: 'No', message } });
    expect((await errorOf(azureWith().get(registry, '2025-11-01'))).message).toBe(masked);
  });
});

interface Recorded {
  readonly status: number;
  readonly body: unknown;
}

const corpus = new URL('../../../shared/corpus/errors.jsonl', import.meta.url);
const recorded: Recorded[] = existsSync(corpus)
  ? readFileSync(corpus, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Recorded)
      .filter(({ status }) => status >= 400)
  : [];

test.skipIf(recorded.length === 0)(
  'every recorded refusal becomes one line (skipped without ../shared/corpus)',
  async () => {
    for (const { status, body } of recorded) {
      const text = body === null ? '' : typeof body === 'string' ? body : JSON.stringify(body);
      nock.cleanAll();
      // As often as it is tried again.
      arm().get(`${registry}/tasks`).query(true).times(5).reply(status, text);
      const error = await errorOf(azureWith().list(`${registry}/tasks`, '2025-11-01'));
      expect(error.message, text).toMatch(/^\S.*\S$/);
      expect(error.status).toBe(status);
      nock.cleanAll();
    }
  },
);
