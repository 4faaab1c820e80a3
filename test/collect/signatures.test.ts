import { describe, expect, test } from 'vitest';
import { type Azure, AzureError, type RegistryPage } from '../../src/collect/azure.ts';
import { signatures } from '../../src/collect/signatures.ts';
import { acr } from '../support.ts';
import { askingOf, fakeAzure } from './azure.ts';

const notation = 'application/vnd.cncf.notary.signature';
const catalog = '/acr/v1/_catalog?n=100';
const manifests = '/acr/v1/app/_manifests?n=100&orderby=timedesc';
const referrers = `/v2/app/referrers/sha256:1?artifactType=${encodeURIComponent(notation)}`;
const page = (body: unknown, next: string | null = null): RegistryPage => ({ body, next });

/** A registry that answers these paths, refuses the ones it has an error for, and has no other. */
function collected(pages: Readonly<Record<string, RegistryPage | AzureError>>, loginServer: string | null = 'x') {
  const azure: Azure = {
    ...fakeAzure({}).azure,
    async registry(_, path) {
      const answer = pages[path] ?? new AzureError('absent', `there is no ${path}`);
      if (answer instanceof AzureError) throw answer;
      return answer;
    },
  };
  return signatures.collect(azure, acr({ loginServer }), askingOf(azure));
}

const oneImage = {
  [catalog]: page({ repositories: ['app'] }),
  [manifests]: page({ manifests: [{ digest: 'sha256:1', tags: ['v1'] }] }),
};

describe('the catalog', () => {
  const names = (count: number) => Array.from({ length: count }, (_, n) => `r${n}`);
  test.each<[string, number, string | null, number, boolean]>([
    ['is read to its end', 50, null, 150, false],
    ['of exactly as many as the limit is whole', 400, null, 500, false],
    ['is cut at the limit', 401, null, 500, true],
    ['is left at the limit, where another page follows', 400, '/3', 500, true],
  ])('%s', async (_, count, next, length, more) => {
    const found = await collected({
      [catalog]: page({ repositories: names(100) }, '/2'),
      '/2': page({ repositories: names(count) }, next),
    });
    expect([found.repositories.length, found.more]).toEqual([length, more]);
  });
});

test('a registry, or a repository, in which nothing is answers null for its list', async () => {
  expect(await collected({ [catalog]: page({ repositories: null }) })).toMatchObject({ repositories: [] });
  expect(await collected({ ...oneImage, [manifests]: page({ manifests: null }) })).toMatchObject({
    repositories: [{ images: { state: 'observed', value: [] } }],
  });
});

test('tagged images are looked for on three pages, and no further', async () => {
  const untagged = { manifests: [{ digest: 'sha256:0', tags: [] }] };
  const tagged = { manifests: [{ digest: 'sha256:1', tags: ['v1'] }] };
  const imagesAfter = async (pages: number) => {
    const all = Array.from({ length: pages + 1 }, (_, n) => [
      n === 0 ? manifests : `/${n}`,
      page(n === pages ? tagged : untagged, n === pages ? null : `/${n + 1}`),
    ]);
    const { repositories } = await collected({ ...oneImage, ...Object.fromEntries(all) });
    return repositories[0]?.images;
  };
  expect(await imagesAfter(2)).toMatchObject({ state: 'observed', value: [{ tags: ['v1'] }] });
  expect(await imagesAfter(3)).toMatchObject({ state: 'unreadable', reason: expect.stringContaining('newest 300') });
});

test('of many signatures three are read', async () => {
  const all = ['a', 'b', 'c', 'd'].map((digest) => ({ digest, artifactType: notation }));
  const layers = { layers: [{ mediaType: 'application/cose' }] };
  const read = all.map(({ digest }) => [`/v2/app/manifests/${digest}`, page(layers)]);
  const { repositories } = await collected({
    ...oneImage,
    [referrers]: page({ manifests: all }),
    ...Object.fromEntries(read),
  });
  expect(repositories[0]?.images).toMatchObject({
    value: [{ signatures: { value: [{ digest: 'a' }, { digest: 'b' }, { digest: 'c' }] } }],
  });
});

test('a signature without a layer has no format', async () => {
  const { repositories } = await collected({
    ...oneImage,
    [referrers]: page({ manifests: [{ digest: 'a', artifactType: notation }] }),
    '/v2/app/manifests/a': page({ layers: [] }),
  });
  expect(repositories[0]?.images).toMatchObject({ value: [{ signatures: { value: [{ format: null }] } }] });
});

test('referrers that are refused are no lack of signatures', async () => {
  const { repositories } = await collected({ ...oneImage, [referrers]: new AzureError('denied', 'no access') });
  expect(repositories[0]?.images).toMatchObject({ value: [{ signatures: { state: 'denied', reason: 'no access' } }] });
});

test('a repository is named in a path segment by segment, and one that no address can hold is unread', async () => {
  const { repositories } = await collected({
    [catalog]: page({ repositories: ['team/a b?c', 'team/../v2'] }),
    '/acr/v1/team/a%20b%3Fc/_manifests?n=100&orderby=timedesc': page({
      manifests: [{ digest: 'sha256:1', tags: ['v1'] }],
    }),
    [`/v2/team/a%20b%3Fc/referrers/sha256:1?artifactType=${encodeURIComponent(notation)}`]: page({
      manifests: [{ digest: 'a', artifactType: notation }],
    }),
    '/v2/team/a%20b%3Fc/manifests/a': page({ layers: [{ mediaType: 'application/cose' }] }),
  });
  expect(repositories.map(({ images }) => images)).toMatchObject([
    { value: [{ signatures: { value: [{ digest: 'a', format: 'cose' }] } }] },
    { state: 'unreadable', reason: expect.stringContaining("'team/../v2'") },
  ]);
});

test('a registry without a login server cannot be asked', async () => {
  await expect(collected({}, null)).rejects.toThrow('no loginServer');
});
