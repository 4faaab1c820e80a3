import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { signatures } from '../../src/collect/signatures.ts';
import type { Signatures } from '../../src/model/facets/signatures.ts';
import { askingOf } from '../collect/azure.ts';
import { acr } from '../support.ts';
import { azureWith, ownNetwork } from './support.ts';

ownNetwork();

const login = 'https://contoso.azurecr.io';
const digest = `sha256:${'a'.repeat(64)}`;
const signature = `sha256:${'b'.repeat(64)}`;
const notation = 'application/vnd.cncf.notary.signature';
const referrer = { digest: signature, artifactType: notation };
const json = 'application/json';

const jwt = `x.${Buffer.from(JSON.stringify({ exp: Math.floor(Date.now() / 1000) + 3600 })).toString('base64')}.x`;

/** A registry that trades the login for a pass as often as it is asked. */
function registry(): nock.Scope {
  const scope = nock(login);
  scope.post('/oauth2/exchange').query(true).times(20).optionally().reply(200, { refresh_token: jwt });
  scope.post('/oauth2/token').query(true).times(20).optionally().reply(200, { access_token: 'pass' });
  return scope;
}

/** Refused without a pass, then answered with it. */
function answer(
  scope: nock.Scope,
  path: string,
  status: number,
  body: nock.Body,
  headers: Record<string, string> = {},
) {
  const challenge = {
    'www-authenticate': `Bearer realm="${login}/oauth2/token",service="contoso.azurecr.io",scope="s"`,
  };
  scope
    .get(path)
    .matchHeader('authorization', (value) => value === undefined)
    .optionally()
    .reply(401, {}, challenge);
  scope
    .get(path)
    .matchHeader('authorization', 'Bearer pass')
    .reply(status, body, { 'content-type': json, ...headers });
}

const manifests = '/acr/v1/payments/api/_manifests?n=100&orderby=timedesc';
const referrersOf = `/v2/payments/api/referrers/${digest}?artifactType=${encodeURIComponent(notation)}`;
const tagOf = `/v2/payments/api/manifests/${digest.replace(':', '-')}`;
const signatureAt = `/v2/payments/api/manifests/${signature}`;

async function collected(): Promise<Signatures> {
  const azure = azureWith();
  return signatures.collect(azure, acr(), askingOf(azure));
}

const firstImage = async () => {
  const [repository] = (await collected()).repositories;
  return repository?.images.state === 'observed' ? repository.images.value[0] : repository?.images;
};

function withOneImage(): nock.Scope {
  const scope = registry();
  answer(scope, '/acr/v1/_catalog?n=100', 200, { repositories: ['payments/api'] });
  answer(scope, manifests, 200, { manifests: [{ digest, tags: ['v1'] }] });
  return scope;
}

describe('signatures of a registry', () => {
  test.each([
    ['cose', 'application/cose'],
    ['jws', 'application/jose+json'],
  ])('%s, by the referrers API', async (format, mediaType) => {
    const scope = withOneImage();
    answer(scope, referrersOf, 200, {
      manifests: [referrer, { digest: 'sha256:cc', artifactType: 'application/spdx' }],
    });
    answer(scope, signatureAt, 200, { layers: [{ mediaType }] });
    expect(await firstImage()).toMatchObject({
      digest,
      signatures: { state: 'observed', value: [{ digest: signature, format }] },
    });
  });

  test('by the tag, where a registry has no referrers API', async () => {
    const scope = withOneImage();
    answer(scope, referrersOf, 404, { errors: [{ code: 'NOT_FOUND', message: 'page not found' }] });
    answer(scope, tagOf, 200, { manifests: [referrer] });
    answer(scope, signatureAt, 200, { layers: [{ mediaType: 'application/cose' }] });
    expect(await firstImage()).toMatchObject({ signatures: { value: [{ digest: signature, format: 'cose' }] } });
  });

  test('none: no referrers API and no tag', async () => {
    const scope = withOneImage();
    answer(scope, referrersOf, 404, {});
    answer(scope, tagOf, 404, {});
    expect(await firstImage()).toMatchObject({ signatures: { state: 'observed', value: [] } });
  });

  test('a repository that refuses us is evidence, and the others are read', async () => {
    const scope = registry();
    answer(scope, '/acr/v1/_catalog?n=100', 200, { repositories: ['payments/api', 'web'] });
    answer(scope, manifests, 401, { errors: [{ code: 'UNAUTHORIZED', message: 'authentication required' }] });
    answer(scope, '/acr/v1/web/_manifests?n=100&orderby=timedesc', 200, { manifests: [] });
    const { repositories } = await collected();
    expect(repositories.map(({ name, images }) => [name, images.state])).toEqual([
      ['payments/api', 'denied'],
      ['web', 'observed'],
    ]);
    expect(repositories[0]?.images).toMatchObject({ reason: expect.stringContaining('authentication required') });
  });

  test('of 50,000 tags only the newest are looked at', async () => {
    const scope = registry();
    answer(scope, '/acr/v1/_catalog?n=100', 200, { repositories: ['payments/api'] });
    const image = (character: string, tags: string[]) => ({ digest: `sha256:${character.repeat(64)}`, tags });
    answer(
      scope,
      manifests,
      200,
      {
        manifests: [
          image('1', [`sha256-${'a'.repeat(64)}`]),
          image('2', []),
          ...['3', '4', '5', '6'].map((one) => image(one, [`run-${one}`])),
        ],
      },
      { link: '</acr/v1/payments/api/_manifests?last=x&n=100&orderby=timedesc>; rel="next"' },
    );
    for (const one of ['3', '4', '5'])
      answer(scope, referrersOf.replace(digest, `sha256:${one.repeat(64)}`), 200, { manifests: [] });
    const [repository] = (await collected()).repositories;
    expect(repository?.images).toMatchObject({
      value: [{ tags: ['run-3'] }, { tags: ['run-4'] }, { tags: ['run-5'] }],
    });
  });

  test('a repository whose newest manifests are all untagged is not taken for an empty one', async () => {
    const scope = registry();
    answer(scope, '/acr/v1/_catalog?n=100', 200, { repositories: ['payments/api'] });
    const page = (last: string) => `${manifests}&last=${last}`;
    const untagged = { manifests: [{ digest: `sha256:${'1'.repeat(64)}`, tags: [] }] };
    for (const [at, next] of [
      [manifests, page('1')],
      [page('1'), page('2')],
      [page('2'), page('3')],
    ] as const)
      answer(scope, at, 200, untagged, { link: `<${next}>; rel="next"` });
    const [repository] = (await collected()).repositories;
    expect(repository?.images).toMatchObject({
      state: 'unreadable',
      reason: expect.stringContaining('none of the newest 300 manifests of payments/api is a tagged image'),
    });
  });
});
