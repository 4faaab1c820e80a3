import type { Manifest, RepositoryContents } from '../../model/facets/tag-inventory.ts';
import { byText } from '../../model/ids.ts';
import type { Fated } from './fated.ts';

/** What a purge says, as far as it decides over manifests without a tag. */
export interface Rules {
  readonly minor: number;
  readonly includeLocked: boolean;
  readonly keep: number;
  /** What was pushed after it is too young, in milliseconds. */
  readonly cutOff: number;
  /** The same for people: `30 days`. */
  readonly age: string;
}

export type Found = Omit<Fated, 'repository'>;

export interface FatedManifests {
  readonly items: readonly Found[];
  readonly least: number;
  readonly most: number;
}

const ociIndex = 'application/vnd.oci.image.index.v1+json';
const dockerList = 'application/vnd.docker.distribution.manifest.list.v2+json';
const ociManifest = 'application/vnd.oci.image.manifest.v1+json';
const ociArtifact = 'application/vnd.oci.artifact.manifest.v1+json';

/**
 * What each release of acr-cli spares: Azure/acr-cli, getManifestsToDelete in cmd/acr/purge.go up to 0.11, and
 * GetUntaggedManifests in image_functions.go after, by tags.
 */
const release = (minor: number) => ({
  isIndex: ({ mediaType }: Manifest): boolean =>
    (mediaType === null && minor >= 16) || mediaType === dockerList || (mediaType === ociIndex && minor >= 7),
  mayRefer: ({ mediaType }: Manifest): boolean =>
    minor >= 8 && (mediaType === ociIndex || mediaType === ociManifest || mediaType === ociArtifact),
  /** Indexes inside of indexes count; a locked index spares nothing; what refers spares its children, not itself. */
  deep: minor >= 16,
  asksAge: minor >= 17,
  keeps: minor >= 18,
});

const young = ({ updatedAt }: Manifest, { minor, cutOff }: Rules): boolean =>
  release(minor).asksAge && (updatedAt === null || Date.parse(updatedAt) > cutOff);

const locked = (manifest: Manifest, { includeLocked }: Rules): boolean => manifest.locked && !includeLocked;

/** No tag holds it once these are gone. */
const free = ({ tags }: Manifest, gone: ReadonlySet<string>): boolean => tags.every((tag) => gone.has(tag));

/**
 * Manifests that no tag holds any more: they go unless they are young, locked, refer to another (a signature), or belong
 * to an index that stays.
 */
export function fatedManifests(
  { manifests }: RepositoryContents,
  gone: ReadonlySet<string>,
  rules: Rules,
): FatedManifests {
  const { mayRefer, isIndex, deep, keeps } = release(rules.minor);
  const { held, unread } = heldByIndexes(manifests, gone, rules);
  const fated = manifests
    .filter((one) => free(one, gone))
    .map((manifest): Found => {
      const { digest, updatedAt, mediaType, refersTo, size } = manifest;
      const one = { kind: 'manifest', name: digest, digest, updatedAt, size } as const;
      const within = held.get(digest);
      if (locked(manifest, rules)) return { ...one, goes: false, why: 'locked' };
      if (young(manifest, rules))
        return {
          ...one,
          goes: false,
          why: updatedAt === null ? 'Azure does not say how old it is' : `younger than ${rules.age}`,
        };
      if (within !== undefined) return { ...one, goes: false, why: `in index ${nameOf(within)}, which stays` };
      if (mediaType === null)
        return { ...one, goes: false, why: 'Azure does not say what it is, and acr-cli leaves it' };
      if (mayRefer(manifest) && refersTo?.length) {
        // acr-cli returns early for these and forgets to spare them (checkManifestDeletabilityAndGetDependencies).
        const forgotten = deep && isIndex(manifest) && (manifest.children?.length ?? 0) > 0;
        return forgotten
          ? { ...one, goes: true, why: `refers to ${refersTo[0]}, but is an index: acr-cli spares only what is in it` }
          : { ...one, goes: false, why: `refers to ${refersTo[0]}, as a signature does` };
      }
      if ((mayRefer(manifest) && refersTo === null) || unread)
        return { ...one, goes: null, why: 'it may belong to an index, or refer to another image: that was not read' };
      return { ...one, goes: true, why: 'no tag holds it' };
    });
  return withKept(fated, keeps ? rules.keep : 0);
}

const nameOf = ({ tags, digest }: Manifest): string => tags[0] ?? digest;

/** What belongs to an index that stays, with that index; `unread`: the body of one was not read. */
function heldByIndexes(
  manifests: readonly Manifest[],
  gone: ReadonlySet<string>,
  rules: Rules,
): { readonly held: ReadonlyMap<string, Manifest>; readonly unread: boolean } {
  const { isIndex, mayRefer, deep } = release(rules.minor);
  const byDigest = new Map(manifests.map((manifest) => [manifest.digest, manifest]));
  const held = new Map<string, Manifest>();
  let unread = false;
  const hold = (index: Manifest, by: Manifest): void => {
    unread ||= index.children === null;
    for (const digest of index.children ?? []) {
      if (held.has(digest)) continue;
      held.set(digest, by);
      const child = byDigest.get(digest);
      if (deep && child && isIndex(child)) hold(child, by);
    }
  };
  for (const manifest of manifests) {
    if (!isIndex(manifest) || (deep && locked(manifest, rules))) continue;
    const stays = !free(manifest, gone) || young(manifest, rules);
    if (stays || (deep && mayRefer(manifest) && manifest.refersTo?.length)) hold(manifest, manifest);
  }
  return { held, unread };
}

/** `--keep` spares the newest of those that would go. */
function withKept(fated: readonly Found[], keep: number): FatedManifests {
  const order = fated
    .filter(({ goes }) => goes !== false)
    .sort((a, b) => byText(b.updatedAt ?? '', a.updatedAt ?? '') || byText(a.digest, b.digest));
  const certain = order.filter(({ goes }) => goes === true).length;
  const kept = new Set(order.slice(0, keep).map(({ digest }) => digest));
  const unsure = certain < order.length;
  return {
    items: fated.map((one) =>
      kept.has(one.digest) ? { ...one, goes: unsure ? null : false, why: `kept: among the newest ${keep}` } : one,
    ),
    least: Math.max(0, certain - keep),
    most: Math.max(0, order.length - keep),
  };
}

/** The manifests whose bodies decide, as acr-cli reads them: indexes, and what may refer and loses its tags. */
export const decidingBodies = (
  { manifests }: RepositoryContents,
  gone: ReadonlySet<string>,
  rules: Rules,
): readonly string[] => {
  const { isIndex, mayRefer } = release(rules.minor);
  return manifests
    .filter((one) => isIndex(one) || (mayRefer(one) && free(one, gone) && !young(one, rules) && !locked(one, rules)))
    .map(({ digest }) => digest);
};
