import * as v from 'valibot';
import type { Manifest, Repository, Tag, TagInventory } from '../model/facets/tag-inventory.ts';
import { type Azure, AzureError } from './azure.ts';
import type { RegistryCollector } from './collector.ts';
import type { Learn, Permission } from './learn.ts';
import { flag, listOrNone, maybe, read, text } from './read.ts';

/** What is looked at at most; what is left out is said. */
const most = { repositories: 200, tags: 2_000, manifests: 2_000 } as const;

const permissions: readonly Permission[] = ['Microsoft.ContainerRegistry/registries/pull/read'];

const attributes = maybe(v.object({ deleteEnabled: maybe(flag), writeEnabled: maybe(flag) }));
const catalogPage = v.object({ repositories: listOrNone(text) });
const tagsPage = v.object({
  tags: listOrNone(
    v.object({ name: text, digest: text, lastUpdateTime: maybe(text), changeableAttributes: attributes }),
  ),
});
const manifestsPage = v.object({
  manifests: listOrNone(
    v.object({
      digest: text,
      lastUpdateTime: maybe(text),
      mediaType: maybe(text),
      tags: listOrNone(text),
      changeableAttributes: attributes,
    }),
  ),
});

const parseTags = (body: unknown): readonly Tag[] =>
  read('the tags of a repository', tagsPage, body).tags.map(
    ({ name, digest, lastUpdateTime, changeableAttributes }) => ({
      name,
      digest,
      updatedAt: lastUpdateTime,
      locked: isLocked(changeableAttributes),
      writeEnabled: changeableAttributes?.writeEnabled ?? null,
    }),
  );

const parseManifests = (body: unknown): readonly Manifest[] =>
  read('the manifests of a repository', manifestsPage, body).manifests.map(
    ({ lastUpdateTime, changeableAttributes, ...manifest }) => ({
      ...manifest,
      children: null,
      refers: null,
      updatedAt: lastUpdateTime,
      locked: isLocked(changeableAttributes),
    }),
  );

const isLocked = (attributes: { deleteEnabled: boolean | null; writeEnabled: boolean | null } | null): boolean =>
  attributes?.deleteEnabled === false || attributes?.writeEnabled === false;

export const tagInventory: RegistryCollector<'tagInventory'> = {
  facet: 'tagInventory',
  scope: 'registry',
  permissions,
  async collect(azure, { loginServer, id }, { learn }) {
    if (loginServer === null) throw new AzureError('failed', "Azure's answer has no login server.");
    const catalog = await paged(
      azure,
      loginServer,
      '/acr/v1/_catalog?n=100',
      most.repositories,
      (body) => read('the catalog', catalogPage, body).repositories,
    );
    const repositories: readonly Repository[] = await Promise.all(
      catalog.items.map(async (name) => ({ name, contents: await contentsOf(learn, loginServer, id, name) })),
    );
    return { repositories, cut: catalog.cut } satisfies TagInventory;
  },
};

const contentsOf = (learn: Learn, loginServer: string, scope: string, name: string): Promise<Repository['contents']> =>
  learn({
    permissions,
    scope,
    async ask(azure) {
      const path = `/acr/v1/${name.split('/').map(encodeURIComponent).join('/')}`;
      const query = 'n=100&orderby=timedesc';
      const tags = await paged(azure, loginServer, `${path}/_tags?${query}`, most.tags, parseTags);
      const manifests = await paged(azure, loginServer, `${path}/_manifests?${query}`, most.manifests, parseManifests);
      return { tags: tags.items, tagsCut: tags.cut, manifests: manifests.items, manifestsCut: manifests.cut };
    },
  });

/** Pages until there are no more or enough; `cut` says that there is more. */
async function paged<T>(
  azure: Azure,
  loginServer: string,
  first: string,
  enough: number,
  parse: (body: unknown) => readonly T[],
): Promise<{ readonly items: readonly T[]; readonly cut: boolean }> {
  const items: T[] = [];
  const seen = new Set<string>();
  for (let path: string | null = first; path !== null; ) {
    if (seen.has(path)) throw new AzureError('garbled', `The registry's pages go in a circle: ${path}`);
    seen.add(path);
    const page = await azure.registry(loginServer, path);
    items.push(...parse(page.body));
    path = page.next;
    if (items.length >= enough) return { items: items.slice(0, enough), cut: path !== null || items.length > enough };
  }
  return { items, cut: false };
}
