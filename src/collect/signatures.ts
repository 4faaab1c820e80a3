import * as v from 'valibot';
import type { Registry } from '../model/facets/registry.ts';
import type { Signature, SignedRepository, TaggedImage } from '../model/facets/signatures.ts';
import { type Azure, AzureError, type RegistryPage } from './azure.ts';
import type { RegistryCollector } from './collector.ts';
import type { Observe, Permission } from './observe.ts';
import { listOf, listOrNull, maybe, read, text } from './read.ts';
import { digestPath, repositoryPath } from './repository-path.ts';

/** How far we look; a registry of 50,000 tags must cost neither an afternoon nor its referrers allowance. */
const most = { repositories: 500, images: 3, signatures: 3, manifestPages: 3, pageSize: 100 };

const notation = 'application/vnd.cncf.notary.signature';
const index = 'application/vnd.oci.image.index.v1+json';
const manifest = 'application/vnd.oci.image.manifest.v1+json';
const envelopes: Readonly<Record<string, Signature['format']>> = {
  'application/cose': 'cose',
  'application/jose+json': 'jws',
};

/** By this tag a signature is found where there is no referrers API, as on registries with a customer-managed key. */
const signatureTag = /^sha256-[0-9a-f]{64}(\.[a-z]+)?$/;

const catalogPage = v.object({ repositories: listOrNull(text) });
const manifestsPage = v.object({ manifests: listOrNull(v.object({ digest: text, tags: listOf(text) })) });
const referrersIndex = v.object({ manifests: listOf(v.object({ digest: text, artifactType: text })) });
const signatureManifest = v.object({ layers: listOf(v.object({ mediaType: maybe(text) })) });

const permissions: readonly Permission[] = [
  'Microsoft.ContainerRegistry/registries/catalog/read',
  'Microsoft.ContainerRegistry/registries/repositories/content/read',
  'Microsoft.ContainerRegistry/registries/repositories/metadata/read',
];

/** The newest tagged images of each repository, and the Notation signatures that refer to them. */
export const signatures: RegistryCollector<'signatures'> = {
  facet: 'signatures',
  scope: 'registry',
  permissions,
  async collect(azure, registry, { observe }) {
    const get = contentsOf(azure, registry);
    const { repositories, more } = await catalog(get);
    const found = await Promise.all(repositories.map((name) => repository(observe, registry, name)));
    return { more, repositories: found };
  },
};

/** Pages of one registry, by path. */
type Ask = (path: string, accept?: string) => Promise<RegistryPage>;

function contentsOf(azure: Azure, { loginServer }: Registry): Ask {
  if (loginServer === null) throw new AzureError('failed', "Azure's answer has no loginServer to ask");
  return (path, accept) => azure.registry(loginServer, path, accept);
}

async function catalog(get: Ask): Promise<{ repositories: readonly string[]; more: boolean }> {
  const names: string[] = [];
  let next: string | null = `/acr/v1/_catalog?n=${most.pageSize}`;
  while (next !== null && names.length < most.repositories) {
    const answer: RegistryPage = await get(next);
    names.push(...read('the catalog', catalogPage, answer.body).repositories);
    next = answer.next;
  }
  return { repositories: names.slice(0, most.repositories), more: next !== null || names.length > most.repositories };
}

async function repository(observe: Observe, registry: Registry, name: string): Promise<SignedRepository> {
  const asking = { permissions, scope: registry.id };
  const images = await observe({
    ...asking,
    async ask(azure) {
      const images: TaggedImage[] = [];
      for (const { digest, tags } of await newestTagged(contentsOf(azure, registry), name)) {
        const ask = (azure: Azure) => signaturesOf(contentsOf(azure, registry), name, digest);
        images.push({ digest, tags, signatures: await observe({ ...asking, ask }) });
      }
      return images;
    },
  });
  return { name, images };
}

async function newestTagged(get: Ask, name: string) {
  const images: { digest: string; tags: string[] }[] = [];
  let next: string | null = `/acr/v1/${repositoryPath(name)}/_manifests?n=${most.pageSize}&orderby=timedesc`;
  for (let page = 0; next !== null && page < most.manifestPages && images.length < most.images; page += 1) {
    const answer: RegistryPage = await get(next);
    const { manifests } = read('a list of manifests', manifestsPage, answer.body);
    images.push(...manifests.filter(({ tags }) => tags.some((tag) => !signatureTag.test(tag))));
    next = answer.next;
  }
  // Further back there may be one: not the same as a repository without any.
  if (images.length === 0 && next !== null)
    throw new AzureError(
      'failed',
      `none of the newest ${most.manifestPages * most.pageSize} manifests of ${name} is a tagged image`,
    );
  return images.slice(0, most.images);
}

async function signaturesOf(get: Ask, name: string, digest: string): Promise<readonly Signature[]> {
  const path = repositoryPath(name);
  const query = `artifactType=${encodeURIComponent(notation)}`;
  const referrers = (await absentAsNull(get(`/v2/${path}/referrers/${digestPath(digest)}?${query}`, index))) ??
    (await absentAsNull(get(`/v2/${path}/manifests/${encodeURIComponent(digest.replace(':', '-'))}`, index))) ?? {
      body: { manifests: [] },
    };
  // The filter is only a hint to a registry, and the tag holds every kind of referrer.
  const { manifests } = read('a list of referrers', referrersIndex, referrers.body);
  const signed = manifests.filter(({ artifactType }) => artifactType === notation);
  const found: Signature[] = [];
  for (const { digest } of signed.slice(0, most.signatures))
    found.push({ digest, format: await envelope(get, name, digest) });
  return found;
}

async function envelope(get: Ask, name: string, digest: string): Promise<Signature['format']> {
  const answer = await get(`/v2/${repositoryPath(name)}/manifests/${digestPath(digest)}`, manifest);
  const [layer] = read('a signature', signatureManifest, answer.body).layers;
  return envelopes[layer?.mediaType ?? ''] ?? null;
}

async function absentAsNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AzureError && error.kind === 'absent') return null;
    throw error;
  }
}
