import { createHttpHeaders, type HttpClient } from '@azure/core-rest-pipeline';
import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { chooseCloud, clouds } from '../../src/azure/clouds.ts';
import { contentsClient } from '../../src/azure/data-plane.ts';
import { ReadOnlyError } from '../../src/azure/guard.ts';
import { defaultLimits, limitsPolicy, retries } from '../../src/azure/limits.ts';
import { azureWith, errorOf, ownNetwork, token } from './support.ts';

ownNetwork();

const loginServer = 'contoso.azurecr.io';
const registry = () => nock(`https://${loginServer}`);
const catalog = '/acr/v1/_catalog?n=100';

const jwt = `x.${Buffer.from(JSON.stringify({ exp: Math.floor(Date.now() / 1000) + 3600 })).toString('base64')}.x`;

/** The registry turns the first request away, and trades the login for a token of its own. */
function challenges(path: string, scope: string): void {
  registry()
    .get(path)
    .reply(401, '', {
      'www-authenticate': `Bearer realm="https://${loginServer}/oauth2/token",service="${loginServer}",scope="${scope}"`,
    });
  registry()
    .post('/oauth2/exchange', /access_token=secret-token/)
    .query(true)

    .reply(200, { refresh_token: jwt });
  registry()
    .post('/oauth2/token', /scope=/)
    .query(true)

    .reply(200, { access_token: 'registry-token' });
}

describe('a registry is read', () => {
  test('with a token of its own, page by page', async () => {
    challenges(catalog, 'registry:catalog:*');
    registry()
      .get(catalog)
      .matchHeader('authorization', 'Bearer registry-token')
      .reply(200, { repositories: ['app'] }, { link: '</acr/v1/_catalog?last=app&n=100>; rel="next"' });
    expect(await azureWith().registry(loginServer, catalog)).toEqual({
      body: { repositories: ['app'] },
      next: '/acr/v1/_catalog?last=app&n=100',
    });
  });

  test.each([
    ['is absent', {}, null],
    ['is empty', { link: '' }, null],
    ['leads to the page before', { link: '</acr/v1/_catalog?n=100>; rel="prev"' }, null],
    [
      'holds a whole address',
      { link: `<https://${loginServer}/acr/v1/_catalog?last=a>; rel=next` },
      '/acr/v1/_catalog?last=a',
    ],
  ])('where the link to the next page %s, it goes on at %j', async (_, headers, next) => {
    registry().get(catalog).reply(200, { repositories: [] }, headers);
    expect(await azureWith().registry(loginServer, catalog)).toMatchObject({ next });
  });

  test.each(['rel="next"', '<page two>; rel="next"', '{"next": 7}'])(
    'a link %s is no end of the list',
    async (link) => {
      registry().get(catalog).reply(200, { repositories: [] }, { link });
      expect(await errorOf(azureWith().registry(loginServer, catalog))).toMatchObject({ kind: 'garbled' });
    },
  );

  test.each([
    [
      401,
      'denied',
      { errors: [{ code: 'UNAUTHORIZED', message: 'authentication required' }] },
      'authentication required',
    ],
    [403, 'denied', { errors: [{ code: 'DENIED', message: "client with IP '1.2.3.4' is not allowed" }] }, '1.2.3.4'],
    [404, 'absent', { errors: [{ code: 'NAME_UNKNOWN', message: 'repository name not known' }] }, 'not known'],
    [500, 'failed', 'oops', 'oops'],
  ])('a refusal of %i is %s, in its own words', async (status, kind, answer, says) => {
    registry()
      .get(catalog)
      .times(status === 500 ? 4 : 1)
      .reply(status, answer);
    const error = await errorOf(azureWith().registry(loginServer, catalog));
    expect(error).toMatchObject({ kind: expect.stringMatching(kind), message: expect.stringContaining(says) });
  });

  test('a login that may not enter it is denied, and does not end the scan', async () => {
    registry()
      .get(catalog)
      .reply(401, '', { 'www-authenticate': `Bearer realm="x",service="${loginServer}",scope="registry:catalog:*"` });
    registry()
      .post('/oauth2/exchange')
      .query(true)
      .reply(401, { errors: [{ code: 'UNAUTHORIZED', message: 'no access' }] });
    expect(await errorOf(azureWith().registry(loginServer, catalog))).toMatchObject({ kind: 'denied' });
  });

  test('a host that is no registry of the cloud never sees the login', async () => {
    expect(await errorOf(azureWith().registry('evil.example.com', catalog))).toMatchObject({ kind: 'garbled' });
  });
});

describe('only GET, HEAD and the two posts of the token exchange leave the process', () => {
  const left: string[] = [];
  const httpClient: HttpClient = {
    sendRequest: async (request) => {
      left.push(`${request.method} ${new URL(request.url).pathname}`);
      const headers = createHttpHeaders({ 'content-type': 'application/json' });
      return { request, status: 200, headers, bodyAsText: '{"repositories":[]}' };
    },
  };
  const client = () =>
    contentsClient(loginServer, {
      cloud: clouds.public,
      credential: token,
      httpClient,
      retries: retries(defaultLimits),
      limits: limitsPolicy(defaultLimits, undefined, () => {}),
      signal: undefined,
    });

  type Client = Awaited<ReturnType<typeof client>>;
  test.each<readonly [string, (client: Client) => Promise<unknown>]>([
    ['delete a repository', (c) => c.deleteRepository('app')],
    ['delete a tag', (c) => c.getArtifact('app', 'v1').deleteTag('v1')],
    ['delete a manifest', (c) => c.getArtifact('app', 'sha256:00').delete()],
    ['unlock a tag', (c) => c.getArtifact('app', 'v1').updateTagProperties('v1', { canDelete: true })],
    ['unlock a manifest', (c) => c.getArtifact('app', 'sha256:00').updateManifestProperties({ canWrite: true })],
    ['unlock a repository', (c) => c.getRepository('app').updateProperties({ canWrite: true })],
  ])('%s: refused', async (_what, attempt) => {
    left.length = 0;
    await expect(attempt(await client())).rejects.toThrow(ReadOnlyError);
    expect(left).toEqual([]);
  });

  test('a read of the library goes through', async () => {
    left.length = 0;
    for await (const _ of (await client()).listRepositoryNames());
    expect(left).toEqual(['GET /acr/v1/_catalog']);
  });
});

describe('the registries of a custom cloud', () => {
  const at = { resourceManagerEndpoint: 'https://management.azure.example' };
  const custom = (choice: object, env = {}) => azureWith({ cloud: chooseCloud({ ...at, ...choice }, env) });

  test('are not asked where nobody says what they are called: ARM alone could send the login anywhere', async () => {
    const error = await errorOf(custom({}).registry('contoso.azurecr.io', catalog));
    expect(error.message).toMatch(/give --registry-suffix/);
  });

  test('are asked where they have the suffix that was given, and nothing else is', async () => {
    const azure = custom({}, { ACR_AUDIT_REGISTRY_SUFFIX: 'azurecr.io' });
    challenges(catalog, 'registry:catalog:*');
    registry().get(catalog).reply(200, { repositories: [] });
    expect((await azure.registry(loginServer, catalog)).body).toEqual({ repositories: [] });
    const other = custom({ registrySuffix: '.registry.example' });
    expect((await errorOf(other.registry(loginServer, catalog))).message).toMatch(/no registry of this cloud/);
  });
});
