import { existsSync, readFileSync } from 'node:fs';
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
      arm().get(path).query(true).reply(status, body, { 'x-ms-correlation-request-id': 'c-1' });
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
      arm().get(`${registry}/tasks`).query(true).times(4).reply(status, text);
      const error = await errorOf(azureWith().list(`${registry}/tasks`, '2025-11-01'));
      expect(error.message, text).toMatch(/^\S.*\S$/);
      expect(error.status).toBe(status);
      nock.cleanAll();
    }
  },
);
