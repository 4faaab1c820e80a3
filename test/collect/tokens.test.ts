import { describe, expect, test } from 'vitest';
import { parseConnectedRegistry } from '../../src/collect/connected-registries.ts';
import { parseFederatedCredential, parseIdentity } from '../../src/collect/federated-credentials.ts';
import { parseScopeMap } from '../../src/collect/scope-maps.ts';
import { parseToken } from '../../src/collect/tokens.ts';
import { bodiesOf } from './corpus.ts';

test("a password's value does not survive the reading, even where ARM answers it", () => {
  const token = parseToken({
    id: 'tokens/ci',
    name: 'ci',
    properties: {
      status: 'Enabled',
      scopeMapId: 'scopeMaps/ci',
      credentials: {
        passwords: [{ name: 'password1', creationTime: '2026-01-01T00:00:00Z', expiry: null, value: 'hunter2' }],
        certificates: [{ name: 'certificate1', thumbprint: 'aa', encodedPemCertificate: 'hunter2' }],
      },
    },
  });
  expect(token).toEqual({
    id: 'tokens/ci',
    name: 'ci',
    status: 'enabled',
    scopeMap: 'scopeMaps/ci',
    passwords: [{ name: 'password1', createdAt: '2026-01-01T00:00:00Z', expiry: null }],
    certificates: [{ name: 'certificate1', createdAt: null, expiry: null }],
  });
});

test('a token that does not tell its credentials is unread: it may have any', () =>
  expect(() => parseToken({ id: 'tokens/ci', name: 'ci', properties: {} })).toThrow('credentials'));

test('a map reads the same whatever order ARM gives its actions in', () => {
  const map = (...actions: string[]) =>
    parseScopeMap({ id: 'maps/a', name: 'a', properties: { type: 'IsUserDefined', actions } });
  expect(map('repositories/b/content/read', 'repositories/a/content/read')).toEqual(
    map('repositories/a/content/read', 'repositories/b/content/read'),
  );
});

test("the URL to an identity's secret is not read", () =>
  expect(
    parseIdentity({ id: 'id', name: 'ci', properties: { principalId: 'p', clientSecretUrl: 'https://secret' } }),
  ).toEqual({ id: 'id', name: 'ci', principalId: 'p' }));

const parsers: [string, (body: unknown) => { readonly name: string }][] = [
  ['tokens', parseToken],
  ['scopeMaps', parseScopeMap],
  ['connectedRegistries', parseConnectedRegistry],
  ['federatedIdentityCredentials', parseFederatedCredential],
  ['userAssignedIdentities', parseIdentity],
];

describe.each(parsers)('recorded %s (../shared/corpus)', (type, parse) => {
  const bodies = bodiesOf(type);
  test.skipIf(bodies === null)('can all be read', () => {
    const parsed = (bodies ?? []).map(parse);
    expect(parsed.length).toBeGreaterThan(0);
    expect(parsed.every(({ name }) => name !== '')).toBe(true);
  });
});
