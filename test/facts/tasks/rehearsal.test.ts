import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { purgesInShell } from '../../../src/facts/tasks/find-purges.ts';
import { rehearse } from '../../../src/facts/tasks/rehearsal.ts';
import { observed } from '../../../src/model/evidence.ts';
import type { Manifest, RepositoryContents, Tag, TagInventory } from '../../../src/model/facets/tag-inventory.ts';

// A second reading of acr-cli, written from its facts and not from our code: it deletes from a copy, as acr-cli does.

const now = Date.parse('2026-11-23T02:00:00Z');
const day = 86_400_000;
const index = 'application/vnd.oci.image.index.v1+json';
const list = 'application/vnd.docker.distribution.manifest.list.v2+json';
const oci = 'application/vnd.oci.image.manifest.v1+json';
const docker = 'application/vnd.docker.distribution.manifest.v2+json';

/** Filters, and what they take, said without a regular expression. */
const filters: readonly {
  readonly text: string;
  readonly repository: (name: string) => boolean;
  readonly tag: (name: string) => boolean;
}[] = [
  { text: 'app:^v', repository: (name) => name === 'app', tag: (name) => name.startsWith('v') },
  { text: 'app:.*', repository: (name) => name === 'app', tag: () => true },
  { text: '.*:^dev-', repository: () => true, tag: (name) => name.startsWith('dev-') },
  { text: '.*:1', repository: () => true, tag: (name) => name.includes('1') },
  { text: 'team/.*:^(?!latest$)', repository: (name) => name.startsWith('team/'), tag: (name) => name !== 'latest' },
  {
    text: 'app|web:latest$',
    repository: (name) => name.startsWith('app') || name.endsWith('web'),
    tag: (name) => name.endsWith('latest'),
  },
  { text: 'gone:.*', repository: (name) => name === 'gone', tag: () => true },
];

interface Purge {
  readonly filters: readonly (typeof filters)[number][];
  readonly days: number;
  readonly keep: number;
  readonly mode: '' | '--untagged' | '--untagged-only';
  readonly includeLocked: boolean;
  readonly minor: number | null;
}

const purgeText = ({ filters, days, keep, mode, includeLocked, minor }: Purge): string =>
  [
    minor === null ? 'acr' : `mcr.microsoft.com/acr/acr-cli:0.${minor}`,
    'purge',
    ...filters.map(({ text }) => `--filter '${text}'`),
    `--ago ${days}d --keep ${keep}`,
    mode,
    includeLocked ? '--include-locked' : '',
  ].join(' ');

const purges: fc.Arbitrary<Purge> = fc
  .record({
    filters: fc.array(fc.constantFrom(...filters), { minLength: 1, maxLength: 3 }),
    days: fc.constantFrom(0, 10, 30),
    keep: fc.constantFrom(0, 0, 1, 2, 5),
    mode: fc.constantFrom('', '--untagged', '--untagged', '--untagged-only' as const),
    includeLocked: fc.boolean(),
    minor: fc.constantFrom(null, 5, 7, 8, 14, 16, 17, 18, 19),
  })
  .map((purge) => ({
    ...purge,
    // What a release does not know it refuses, which is told elsewhere.
    includeLocked: purge.includeLocked && (purge.minor ?? 19) >= 17,
    mode: purge.mode === '--untagged-only' && (purge.minor ?? 19) < 18 ? '--untagged' : purge.mode,
  })) as fc.Arbitrary<Purge>;

const tagNames = ['latest', 'v1', 'v2', 'v11', 'dev-1', 'dev-2', 'main', `sha256-${'1'.repeat(64)}.sig`, 'x-latest'];

/** Up to ten manifests, later ones built of earlier ones, with tags, locks and ages. */
const contents: fc.Arbitrary<RepositoryContents> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('docker', 'oci', 'oci', 'index', 'index', 'list', 'referrer', 'referring index'),
      age: fc.integer({ min: 0, max: 60 }),
      locked: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
      parts: fc.array(fc.nat(9), { maxLength: 3 }),
      tags: fc.array(
        fc.record({
          name: fc.nat(tagNames.length - 1),
          age: fc.integer({ min: 0, max: 60 }),
          locked: fc.integer({ min: 0, max: 5 }),
        }),
        {
          maxLength: 2,
        },
      ),
    }),
    { maxLength: 10 },
  )
  .map((made) => {
    const used = new Set<string>();
    const tags: Tag[] = [];
    const manifests: Manifest[] = [];
    for (const [place, { kind, age, locked, parts, tags: named }] of made.entries()) {
      const digest = `sha256:${String(place).padStart(64, '0')}`;
      const earlier = [...new Set(parts.flatMap((part) => manifests[part]?.digest ?? []))];
      const isIndex = kind === 'index' || kind === 'list' || kind === 'referring index';
      const own: string[] = [];
      for (const { name, age: tagAge, locked: lock } of named) {
        const tag = tagNames[name] ?? '';
        if (used.has(tag)) continue;
        used.add(tag);
        own.push(tag);
        tags.push({
          name: tag,
          digest,
          updatedAt: ago(tagAge, tags.length),
          locked: lock === 0,
          writeEnabled: lock !== 0,
        });
      }
      manifests.push({
        digest,
        updatedAt: ago(age, place),
        mediaType: kind === 'docker' ? docker : kind === 'list' ? list : isIndex ? index : oci,
        tags: own,
        children: isIndex ? earlier : [],
        refersTo: kind.startsWith('referr') ? ['sha256:subject'] : [],
        locked,
        size: 1,
      });
    }
    const newestFirst = (a: { updatedAt: string | null }, b: { updatedAt: string | null }): number =>
      (a.updatedAt ?? '') < (b.updatedAt ?? '') ? 1 : -1;
    return {
      tags: tags.sort(newestFirst),
      tagsCut: false,
      manifests: manifests.sort(newestFirst),
      manifestsCut: false,
    };
  });

/** Days ago; never two at the same instant. */
const ago = (days: number, place: number): string => new Date(now - days * day - (place + 1) * 60_000).toISOString();

const registries = fc
  .record({ app: contents, 'app-api': contents, 'team/web': contents })
  .map((repositories) => new Map(Object.entries(repositories)));

/** What acr-cli deletes. */
function deleted(
  purge: Purge,
  registry: ReadonlyMap<string, RepositoryContents>,
): { tags: string[]; manifests: string[] } {
  const minor = purge.minor ?? 19;
  const gone = { tags: [] as string[], manifests: [] as string[] };
  for (const [name, repository] of registry) {
    const own = purge.filters.filter((filter) => filter.repository(name));
    if (own.length === 0) continue;
    const left = repository.manifests.map((manifest) => ({ ...manifest, tags: [...manifest.tags] }));
    if (purge.mode !== '--untagged-only') {
      let kept = 0;
      for (const tag of repository.tags) {
        if (!own.some((filter) => filter.tag(tag.name))) continue;
        if (Date.parse(tag.updatedAt ?? '') >= now - purge.days * day) continue;
        if (tag.locked && !purge.includeLocked) continue;
        if (kept < purge.keep) {
          kept++;
          continue;
        }
        gone.tags.push(`${name}:${tag.name}`);
        for (const manifest of left) manifest.tags = manifest.tags.filter((one) => one !== tag.name);
      }
    }
    if (purge.mode === '') continue;
    const spared = new Set<string>();
    const spareChildren = (manifest: Manifest): void => {
      for (const digest of manifest.children ?? []) {
        const known = spared.has(digest);
        spared.add(digest);
        const child = left.find((one) => one.digest === digest);
        if (!known && child && minor >= 16) spareChildren(child);
      }
    };
    const readsAsIndex = ({ mediaType }: Manifest): boolean =>
      mediaType === list || (mediaType === index && minor >= 7);
    const young = ({ updatedAt }: Manifest): boolean =>
      minor >= 17 && Date.parse(updatedAt ?? '') > now - purge.days * day;
    const locked = (manifest: Manifest): boolean => manifest.locked && !purge.includeLocked;
    for (const manifest of left) {
      if (minor >= 16 && locked(manifest)) continue;
      const stays = manifest.tags.length > 0 || young(manifest);
      if (stays && readsAsIndex(manifest)) spareChildren(manifest);
      if (stays || minor < 8 || (manifest.refersTo ?? []).length === 0) continue;
      if (minor < 16 || (manifest.children ?? []).length === 0) spared.add(manifest.digest);
      else spareChildren(manifest);
    }
    const going = left
      .filter((one) => one.tags.length === 0 && !spared.has(one.digest) && !young(one) && !locked(one))
      .sort((a, b) => ((a.updatedAt ?? '') < (b.updatedAt ?? '') ? 1 : -1));
    gone.manifests.push(...going.slice(minor >= 18 ? purge.keep : 0).map(({ digest }) => `${name}@${digest}`));
  }
  return gone;
}

const inventoryOf = (registry: ReadonlyMap<string, RepositoryContents>): TagInventory => ({
  repositories: [...registry].map(([name, repository]) => ({ name, contents: observed(repository) })),
  cut: false,
});

function rehearsed(text: string, inventory: TagInventory) {
  const [found] = purgesInShell(text) ?? [];
  const would = found ? rehearse(found.command, inventory, new Date(now).toISOString()) : null;
  if (would === null) throw new Error(`${text} was not rehearsed`);
  return would;
}

describe('over generated registries', () => {
  test('a rehearsal deletes exactly what acr-cli does, tag by tag and manifest by manifest', () => {
    let [tags, manifests] = [0, 0];
    fc.assert(
      fc.property(purges, registries, (purge, registry) => {
        const expected = deleted(purge, registry);
        const would = rehearsed(purgeText(purge), inventoryOf(registry));
        const going = would.items.filter(({ goes }) => goes === true);
        const of = (kind: string): string[] =>
          going
            .filter((one) => one.kind === kind)
            .map(({ repository, name }) => `${repository}${kind === 'tag' ? ':' : '@'}${name}`)
            .sort();
        expect(of('tag')).toEqual(expected.tags.sort());
        expect(of('manifest')).toEqual(expected.manifests.sort());
        expect(would.manifests).toEqual({ least: expected.manifests.length, most: expected.manifests.length });
        expect(would.unseen).toEqual([]);
        tags += expected.tags.length;
        manifests += expected.manifests.length;
      }),
      { seed: 20261123, numRuns: 2_000 },
    );
    // The registries are no empty ones.
    expect(tags).toBeGreaterThan(2_000);
    expect(manifests).toBeGreaterThan(2_000);
  });

  test('where bodies were not read, the real number lies between the two that are told', () => {
    fc.assert(
      fc.property(purges, registries, fc.integer({ min: 1, max: 3 }), (purge, registry, every) => {
        const unread = new Map(
          [...registry].map(([name, repository]) => [
            name,
            {
              ...repository,
              manifests: repository.manifests.map((one, place) =>
                place % every === 0 && one.mediaType !== docker
                  ? {
                      ...one,
                      children: one.mediaType === oci ? [] : null,
                      refersTo: one.mediaType === list ? [] : null,
                    }
                  : one,
              ),
            },
          ]),
        );
        const { least, most } = rehearsed(purgeText(purge), inventoryOf(unread)).manifests;
        const real = deleted(purge, registry).manifests.length;
        expect(least).toBeLessThanOrEqual(real);
        expect(most).toBeGreaterThanOrEqual(real);
      }),
      { seed: 20261123, numRuns: 1_000 },
    );
  });
});
