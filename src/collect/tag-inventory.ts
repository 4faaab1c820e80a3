import * as v from 'valibot';
import type { InventoryLook } from '../facts/tasks/inventory-look.ts';
import type { Manifest, Repository, RepositoryContents, Tag, TagInventory } from '../model/facets/tag-inventory.ts';
import { type Azure, AzureError, type RegistryPage } from './azure.ts';
import type { RegistryCollector } from './collector.ts';
import type { Observe, Permission } from './observe.ts';
import { flag, instant, listOrNone, listOrNull, maybe, number, read, ShapeError, text, told } from './read.ts';
import { digestPath, repositoryPath } from './repository-path.ts';

/** What is looked at at most; what is left out is said. */
const most = { repositories: 200, tags: 2_000, manifests: 2_000, bodies: 200 } as const;

const permissions: readonly Permission[] = ['Microsoft.ContainerRegistry/registries/pull/read'];

const attributes = maybe(v.object({ deleteEnabled: maybe(flag), writeEnabled: maybe(flag) }));
// A registry without repositories answers `{"repositories":null}` (recordings of azure-sdk-for-js; azure-cli#6885).
const catalogPage = v.object({ repositories: listOrNull(text) });
const tagsPage = v.object({
  tags: listOrNull(
    v.object({ name: text, digest: text, lastUpdateTime: told(instant), changeableAttributes: attributes }),
  ),
});
const manifestsPage = v.object({
  manifests: listOrNull(
    v.object({
      digest: text,
      lastUpdateTime: told(instant),
      mediaType: maybe(text),
      tags: listOrNone(text),
      imageSize: told(number),
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
    ({ lastUpdateTime, changeableAttributes, imageSize, ...manifest }) => ({
      ...manifest,
      ...unreadBody(manifest.mediaType),
      updatedAt: lastUpdateTime,
      locked: isLocked(changeableAttributes),
      size: imageSize,
    }),
  );

const isLocked = (attributes: { deleteEnabled: boolean | null; writeEnabled: boolean | null } | null): boolean =>
  attributes?.deleteEnabled === false || attributes?.writeEnabled === false;

const oci = /^application\/vnd\.oci\.(?:image\.index|image\.manifest|artifact\.manifest)\./;
const index = /^application\/vnd\.(?:oci\.image\.index|docker\.distribution\.manifest\.list)\./;

type Body = Pick<Manifest, 'children' | 'refersTo'>;

/** What the media type alone says. */
const unreadBody = (mediaType: string | null): Body => ({
  children: mediaType !== null && !index.test(mediaType) ? [] : null,
  refersTo: mediaType !== null && !oci.test(mediaType) ? [] : null,
});

const manifestBody = v.object({
  manifests: listOrNone(v.object({ digest: text })),
  subject: maybe(v.object({ digest: text })),
});

const parseBody = (body: unknown): Body => {
  const { manifests, subject } = read('a manifest', manifestBody, body);
  return { children: manifests.map(({ digest }) => digest), refersTo: subject ? [subject.digest] : [] };
};

/** Without a purge to rehearse: everything up to the limits, indexes and what has no tag in full. */
const everything: InventoryLook = {
  repository: () => true,
  manifests: true,
  bodies: (_name, { manifests }) =>
    manifests
      .filter(({ children, refersTo, tags }) => children === null || (refersTo === null && tags.length === 0))
      .slice(0, most.bodies)
      .map(({ digest }) => digest),
};

export const tagInventory: RegistryCollector<'tagInventory'> = {
  facet: 'tagInventory',
  scope: 'registry',
  permissions,
  async collect(azure, { loginServer, id }, { observe, look = everything }) {
    if (loginServer === null) throw new AzureError('failed', "Azure's answer has no login server.");
    const catalog = await paged(azure, loginServer, '/acr/v1/_catalog?n=100', most.repositories, (body) =>
      read('the catalog', catalogPage, body).repositories.filter(look.repository),
    );
    const repositories: readonly Repository[] = await Promise.all(
      catalog.items.map(async (name) => ({ name, contents: await contentsOf(observe, look, loginServer, id, name) })),
    );
    return { repositories, cut: catalog.cut } satisfies TagInventory;
  },
};

const contentsOf = (
  observe: Observe,
  look: InventoryLook,
  loginServer: string,
  scope: string,
  name: string,
): Promise<Repository['contents']> =>
  observe({
    permissions,
    scope,
    async ask(azure) {
      const path = repositoryPath(name);
      const pages = `/acr/v1/${path}`;
      const query = 'n=100&orderby=timedesc';
      const tags = await paged(azure, loginServer, `${pages}/_tags?${query}`, most.tags, parseTags);
      const manifests = look.manifests
        ? await paged(azure, loginServer, `${pages}/_manifests?${query}`, most.manifests, parseManifests)
        : { items: [], cut: true };
      const contents = {
        tags: tags.items,
        tagsCut: tags.cut,
        manifests: manifests.items,
        manifestsCut: manifests.cut,
      };
      return withBodies(contents, look.bodies(name, contents), (manifest) =>
        azure.registry(
          loginServer,
          `/v2/${path}/manifests/${digestPath(manifest.digest)}`,
          manifest.mediaType ?? anyManifest,
        ),
      );
    },
  });

const anyManifest = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** A body that is not answered stays unread: the tags of its repository are seen all the same. */
async function withBodies(
  contents: RepositoryContents,
  digests: readonly string[],
  ask: (manifest: Manifest) => Promise<RegistryPage>,
): Promise<RepositoryContents> {
  const wanted = new Set(digests);
  const manifests = contents.manifests.map(async (manifest) => {
    if (!wanted.has(manifest.digest)) return manifest;
    try {
      return { ...manifest, ...parseBody((await ask(manifest)).body) };
    } catch (error) {
      if (error instanceof ShapeError) return manifest;
      if (!(error instanceof AzureError) || error.kind === 'credential' || error.kind === 'aborted') throw error;
      return manifest;
    }
  });
  return { ...contents, manifests: await Promise.all(manifests) };
}

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
