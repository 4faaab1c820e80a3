import { describe, expect, test } from 'vitest';
import { type Azure, AzureError } from '../../src/collect/azure.ts';
import { tagInventory } from '../../src/collect/tag-inventory.ts';
import { purgesInShell } from '../../src/facts/tasks/find-purges.ts';
import { lookFor } from '../../src/facts/tasks/rehearsal.ts';
import { acr } from '../support.ts';
import { askingNothing, askingOf, fakeAzure } from './azure.ts';

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
            lastUpdateTime: 'last week',
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

const oci = (kind: string) => `application/vnd.oci.image.${kind}.v1+json`;
const list = (repository: string, kind: '_tags' | '_manifests') =>
  `/acr/v1/${repository}/${kind}?n=100&orderby=timedesc`;

/** A repository of one index that has a tag, an image in it, a signature and a Docker image. */
const indexed = {
  '/acr/v1/_catalog?n=100': { body: { repositories: ['app', 'web'] }, next: null },
  [list('app', '_tags')]: { body: { tags: [{ name: 'v1', digest: 'sha256:index' }] }, next: null },
  [list('app', '_manifests')]: {
    body: {
      manifests: [
        { digest: 'sha256:index', mediaType: oci('index'), tags: ['v1'], imageSize: 7 },
        { digest: 'sha256:arm', mediaType: oci('manifest') },
        { digest: 'sha256:signature', mediaType: oci('manifest') },
        { digest: 'sha256:docker', mediaType: 'application/vnd.docker.distribution.manifest.v2+json' },
      ],
    },
    next: null,
  },
  '/v2/app/manifests/sha256:index': { body: { manifests: [{ digest: 'sha256:arm' }] }, next: null },
  '/v2/app/manifests/sha256:arm': { body: { layers: [] }, next: null },
  '/v2/app/manifests/sha256:signature': { body: { subject: { digest: 'sha256:index' } }, next: null },
};

test('indexes and what has no tag are read in full: what is in them, what they refer to', async () => {
  const { repositories } = await collected(holding(indexed));
  expect(repositories[0]).toMatchObject({
    contents: {
      value: {
        manifests: [
          { digest: 'sha256:index', children: ['sha256:arm'], refersTo: [], size: 7 },
          { digest: 'sha256:arm', children: [], refersTo: [], size: null },
          { digest: 'sha256:signature', children: [], refersTo: ['sha256:index'] },
          { digest: 'sha256:docker', children: [], refersTo: [] },
        ],
      },
    },
  });
});

test.each([
  ['is not answered', undefined],
  ['is in no known form', { body: { manifests: 'none' }, next: null }],
])('a body that %s leaves that manifest unread, and the tags seen', async (_what, answer) => {
  const { '/v2/app/manifests/sha256:index': _left, ...others } = indexed;
  const azure = holding(answer ? { ...others, '/v2/app/manifests/sha256:index': answer } : others);
  const { repositories } = await collected(azure);
  expect(repositories[0]).toMatchObject({
    contents: { value: { tags: [{ name: 'v1' }], manifests: [{ children: null, refersTo: null }, {}, {}, {}] } },
  });
});

/** What is asked of a registry of 251 repositories to rehearse one purge. */
async function askedFor(text: string): Promise<readonly string[]> {
  const asked: string[] = [];
  const names = Array.from({ length: 251 }, (_, place) => (place === 250 ? 'app' : `a${place}`));
  const pages: Parameters<typeof holding>[0] = {
    ...indexed,
    '/acr/v1/_catalog?n=100': { body: { repositories: names.slice(0, 100) }, next: '/2' },
    '/2': { body: { repositories: names.slice(100, 200) }, next: '/3' },
    '/3': { body: { repositories: names.slice(200) }, next: null },
  };
  const azure = holding(pages);
  const noting: Azure = {
    ...azure,
    registry: (server, path) => {
      asked.push(path);
      return azure.registry(server, path);
    },
  };
  const commands = (purgesInShell(text) ?? []).map(({ command }) => command);
  const look = lookFor(commands, '2026-11-23T02:00:00Z');
  const { cut, repositories } = await tagInventory.collect(noting, acr(), { ...askingOf(noting), look });
  expect({ cut, names: repositories.map(({ name }) => name) }).toEqual({ cut: false, names: ['app'] });
  return asked.filter((path) => !path.includes('_catalog') && !/^\/\d$/.test(path));
}

test.each([
  ['tags alone', "acr purge --filter 'app:^v' --ago 30d", [list('app', '_tags')]],
  [
    'manifests too, and the bodies that decide',
    "acr purge --filter 'app:^x' --ago 0d --untagged",
    [list('app', '_tags'), list('app', '_manifests'), '/v2/app/manifests/sha256:index'],
  ],
  [
    'of an old acr-cli, for which age counts for nothing',
    "mcr.microsoft.com/acr/acr-cli:0.14 purge --filter 'app:^x' --ago 30d --untagged",
    [
      list('app', '_tags'),
      list('app', '_manifests'),
      '/v2/app/manifests/sha256:index',
      '/v2/app/manifests/sha256:arm',
      '/v2/app/manifests/sha256:signature',
    ],
  ],
])('the catalogue is matched with the filter before anything is read: %s', async (_what, text, expected) => {
  expect(await askedFor(text)).toEqual(expected);
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
  await expect(tagInventory.collect(holding({}), acr({ loginServer: null }), askingNothing)).rejects.toThrow(
    'no login server',
  );
});

describe('a list of the registry that is empty', () => {
  const pages = (lists: Readonly<Record<'repositories' | 'tags' | 'manifests', unknown>>) => {
    const page = (name: keyof typeof lists) => ({ body: { [name]: lists[name] }, next: null });
    return holding({
      '/acr/v1/_catalog?n=100': page('repositories'),
      [list('app', '_tags')]: page('tags'),
      [list('app', '_manifests')]: page('manifests'),
    });
  };
  const whole = { repositories: ['app'], tags: [], manifests: [] };

  test('is answered as null', async () => {
    expect(await collected(pages({ ...whole, repositories: null }))).toMatchObject({ repositories: [] });
    expect(await collected(pages({ ...whole, tags: null, manifests: null }))).toMatchObject({
      repositories: [{ contents: { state: 'observed', value: { tags: [], manifests: [] } } }],
    });
  });

  test.each(['tags', 'manifests'])('is not one that is left out: %s', async (name) => {
    expect(await collected(pages({ ...whole, [name]: undefined }))).toMatchObject({
      repositories: [{ contents: { state: 'unreadable', reason: expect.stringContaining(name) } }],
    });
  });

  test('is not one that is left out: repositories', async () => {
    await expect(collected(pages({ ...whole, repositories: undefined }))).rejects.toThrow('repositories');
  });
});

test('pages that go in a circle are an error', async () => {
  const first = '/acr/v1/_catalog?n=100';
  await expect(collected(holding({ [first]: { body: { repositories: [] }, next: first } }))).rejects.toThrow('circle');
});
