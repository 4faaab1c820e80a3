import { expect, test } from 'vitest';
import { type Azure, AzureError } from '../../src/collect/azure.ts';
import { tagInventory } from '../../src/collect/tag-inventory.ts';
import { acr } from '../support.ts';
import { askingOf, fakeAzure, learnNothing } from './azure.ts';

const tags = '/acr/v1/team/app/_tags?n=100&orderby=timedesc';

/** A registry that answers these paths. */
const holding = (pages: Readonly<Record<string, { body: unknown; next: string | null }>>): Azure => ({
  ...fakeAzure({}).azure,
  registry: async (_loginServer, path) => {
    const page = pages[path];
    if (!page) throw new AzureError('denied', 'requested access is denied', { status: 401 });
    return page;
  },
});

const collected = (azure: Azure) => tagInventory.collect(azure, acr(), askingOf(azure));

test('tags and manifests, over all pages, with what is locked', async () => {
  const azure = holding({
    '/acr/v1/_catalog?n=100': { body: { repositories: ['team/app'] }, next: null },
    [tags]: {
      body: {
        tags: [
          {
            name: 'v2',
            digest: 'sha256:2',
            lastUpdateTime: '2026-11-01T00:00:00Z',
            changeableAttributes: { deleteEnabled: true, writeEnabled: false },
          },
          {
            name: 'kept',
            digest: 'sha256:2',
            changeableAttributes: { deleteEnabled: false, writeEnabled: true },
          },
        ],
      },
      next: '/acr/v1/team/app/_tags?last=v2',
    },
    '/acr/v1/team/app/_tags?last=v2': { body: { tags: [{ name: 'v1', digest: 'sha256:1' }] }, next: null },
    '/acr/v1/team/app/_manifests?n=100&orderby=timedesc': { body: { manifests: [{ digest: 'sha256:1' }] }, next: null },
  });
  expect(await collected(azure)).toMatchObject({
    cut: false,
    repositories: [
      {
        name: 'team/app',
        contents: {
          state: 'observed',
          value: {
            tags: [
              { name: 'v2', locked: true, updatedAt: '2026-11-01T00:00:00Z' },
              { name: 'kept', locked: true, updatedAt: null },
              { name: 'v1', locked: false, updatedAt: null },
            ],
            tagsCut: false,
            manifests: [{ digest: 'sha256:1', tags: [], mediaType: null }],
          },
        },
      },
    ],
  });
});

test('a repository that may not be read is evidence of that, and the others are read', async () => {
  const azure = holding({ '/acr/v1/_catalog?n=100': { body: { repositories: ['secret'] }, next: null } });
  expect(await collected(azure)).toMatchObject({
    repositories: [{ name: 'secret', contents: { state: 'denied', reason: 'requested access is denied' } }],
  });
});

test('no more than the limit is looked at, and that is said', async () => {
  const many = Array.from({ length: 100 }, (_, index) => `r${index}`);
  const azure = holding({
    '/acr/v1/_catalog?n=100': { body: { repositories: many }, next: '/2' },
    '/2': { body: { repositories: many }, next: '/3' },
  });
  const { repositories, cut } = await collected(azure);
  expect(repositories).toHaveLength(200);
  expect(cut).toBe(true);
});

test.each([
  ['exactly as many as the limit are all of them', 100, null, false],
  ['more than the limit on the last page are cut', 101, null, true],
  ['as many as the limit with a page after them are cut', 100, '/3', true],
])('%s', async (_, length, next, expected) => {
  const names = (page: string, count: number) => Array.from({ length: count }, (_, index) => `${page}${index}`);
  const azure = holding({
    '/acr/v1/_catalog?n=100': { body: { repositories: names('a', 100) }, next: '/2' },
    '/2': { body: { repositories: names('b', length) }, next },
  });
  const { repositories, cut } = await collected(azure);
  expect(repositories).toHaveLength(200);
  expect(cut).toBe(expected);
});

test('a registry without a login server cannot be asked', async () => {
  await expect(tagInventory.collect(holding({}), acr({ loginServer: null }), learnNothing)).rejects.toThrow(
    'no login server',
  );
});

test('pages that go in a circle are an error', async () => {
  const first = '/acr/v1/_catalog?n=100';
  await expect(collected(holding({ [first]: { body: { repositories: [] }, next: first } }))).rejects.toThrow('circle');
});
