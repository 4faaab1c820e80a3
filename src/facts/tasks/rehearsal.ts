import type { Manifest, RepositoryContents, Tag, TagInventory } from '../../model/facets/tag-inventory.ts';
import { byText } from '../../model/ids.ts';
import type { Fated } from '../../model/pages/purge.ts';
import { readAgo } from './ago.ts';
import { repositoryPattern, splitFilter, tagPattern } from './patterns.ts';
import type { PurgeCommand } from './purge-command.ts';
import { signatureName } from './tag-dangers.ts';

/** What a purge would delete now, by the tags and manifests that are there. */
export interface Rehearsal {
  readonly items: readonly Fated[];
  /** How many manifests go: between these two, which are one where the bodies of indexes were read. */
  readonly manifests: { readonly least: number; readonly most: number };
  readonly latest: readonly string[];
  readonly signatures: readonly string[];
  /** Repositories whose newest tag would go. */
  readonly newest: readonly string[];
  /** What was not seen, so that there may be more; each in words. */
  readonly unseen: readonly string[];
}

export const doomedTags = ({ items }: Rehearsal): readonly Fated[] =>
  items.filter(({ kind, goes }) => kind === 'tag' && goes === true);

/** `2 tags now and at most 3 manifests`. */
export function countWords(would: Rehearsal): string {
  const { least, most } = would.manifests;
  const tags = doomedTags(would).length;
  const words = `${tags} ${tags === 1 ? 'tag' : 'tags'} now`;
  if (most === 0) return words;
  return `${words} and ${least === most ? '' : 'at most '}${most} ${most === 1 ? 'manifest' : 'manifests'}`;
}

/** latest, signatures and newest tags that would go. */
export const lostBy = ({ latest, newest, signatures }: Rehearsal): readonly string[] => [
  ...new Set([...latest, ...newest, ...signatures]),
];

/** Deletes nothing, asks nothing. `null` where the command says something that is only known when it runs. */
export function rehearse(command: PurgeCommand, inventory: TagInventory, now: string): Rehearsal | null {
  const { ago, keep, minor, untagged, untaggedOnly, includeLocked } = command;
  const age = ago === null || ago.text === '' ? { age: 0 } : ago.open ? null : readAgo(ago.text, minor);
  if (age === null || 'refused' in age || keep === null || command.refused !== null) return null;
  if (untagged === null || untaggedOnly === null || includeLocked === null) return null;
  const rules = { minor, includeLocked, keep: Math.max(keep, 0), cutOff: Date.parse(now) - age.age };
  const items: Fated[] = [];
  const unseen: string[] = inventory.cut ? ['there are more repositories than were looked at'] : [];
  const newest: string[] = [];
  let [least, most] = [0, 0];
  for (const { name, contents } of inventory.repositories) {
    const pattern = patternFor(command, name);
    if (pattern === 'unreadable') return null;
    if (pattern === 'untouched') continue;
    if (contents.state !== 'observed') {
      unseen.push(`${name} could not be read: ${contents.reason}`);
      continue;
    }
    const { value } = contents;
    if (value.tagsCut || value.manifestsCut) unseen.push(`${name} has more tags or manifests than were looked at`);
    const tags = untaggedOnly ? [] : fatedTags(value.tags, pattern, rules);
    if (tags === null) return null;
    const unknown = tags.filter(({ goes }) => goes === null);
    if (unknown.length > 0)
      unseen.push(`${name}: Azure does not say how old ${unknown.map((tag) => tag.name).join(', ')} is`);
    const gone = new Set(tags.filter(({ goes }) => goes === true).map((tag) => tag.name));
    const first = value.tags.find((tag) => !signatureName.test(tag.name));
    if (first && gone.has(first.name)) newest.push(`${name}:${first.name}`);
    const manifests = untagged || untaggedOnly ? fatedManifests(value, gone, rules) : none;
    least += manifests.least;
    most += manifests.most;
    items.push(...[...tags, ...manifests.items].map((item) => ({ ...item, repository: name })));
  }
  const doomed = items.filter(({ kind, goes }) => kind === 'tag' && goes === true);
  const named = (some: readonly Fated[]): readonly string[] => some.map((one) => `${one.repository}:${one.name}`);
  return {
    items,
    manifests: { least, most },
    latest: named(doomed.filter((tag) => tag.name === 'latest')),
    signatures: named(doomed.filter((tag) => signatureName.test(tag.name))),
    newest,
    unseen,
  };
}

/** Whether the filters of a command name a repository, so that it has to be looked at; `null`: that can't be told. */
export function namesRepository(command: PurgeCommand, repository: string): boolean | null {
  const pattern = patternFor(command, repository);
  return pattern === 'unreadable' ? null : pattern !== 'untouched';
}

type Matches = (tag: string) => boolean | null;

/** All filters of a repository are joined into one pattern, as acr-cli joins them. */
function patternFor(command: PurgeCommand, repository: string): Matches | 'untouched' | 'unreadable' {
  const { filters, minor, untaggedOnly } = command;
  if (untaggedOnly && filters.length === 0) return () => false;
  const sources: string[] = [];
  for (const { text, open } of filters) {
    if (open) return 'unreadable';
    const filter = splitFilter(text, minor);
    if ('refused' in filter) return 'unreadable';
    const whole = repositoryPattern(filter.repository, minor);
    const found = 'matches' in whole ? whole.matches(repository) : null;
    if (found === null) return 'unreadable';
    if (found) sources.push(filter.tags);
  }
  if (sources.length === 0) return 'untouched';
  if (untaggedOnly) return () => false;
  const pattern = tagPattern(sources.join('|'), minor);
  return 'matches' in pattern ? pattern.matches : 'unreadable';
}

interface Rules {
  readonly minor: number;
  readonly includeLocked: boolean;
  readonly keep: number;
  readonly cutOff: number;
}

type Found = Omit<Fated, 'repository'>;

/** The newest first; `null` where the pattern costs more than this tool spends. */
function fatedTags(tags: readonly Tag[], matches: Matches, { keep, cutOff, includeLocked }: Rules): Found[] | null {
  const fated: Found[] = [];
  let [kept, unsure] = [0, 0];
  for (const { name, digest, updatedAt, locked } of tags) {
    const tag = { kind: 'tag', name, digest, updatedAt } as const;
    const found = matches(name);
    const older = isOlder(updatedAt, cutOff);
    if (found === null) return null;
    if (!found) fated.push({ ...tag, goes: false, why: 'no filter matches' });
    else if (locked && !includeLocked) fated.push({ ...tag, goes: false, why: 'locked' });
    else if (older === null) {
      unsure++;
      fated.push({ ...tag, goes: null, why: 'Azure does not say how old it is' });
    } else if (!older) fated.push({ ...tag, goes: false, why: 'too young' });
    else if (kept < keep) {
      kept++;
      // What may be newer and of unknown age may take its place.
      fated.push({
        ...tag,
        goes: kept > keep - unsure ? null : false,
        why: `among the newest ${keep} of what matches`,
      });
    } else fated.push({ ...tag, goes: true, why: 'it matches, and is old enough' });
  }
  return fated;
}

const indexes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];
const referring = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.artifact.manifest.v1+json',
];

interface FatedManifests {
  readonly items: readonly Found[];
  readonly least: number;
  readonly most: number;
}

const none: FatedManifests = { items: [], least: 0, most: 0 };

/**
 * Manifests that no tag holds any more: they go unless they are young, locked, refer to another (a signature), or belong
 * to an index that stays. For manifests `--ago` counts from acr-cli 0.17 on, and `--keep` from 0.18 on. Facts:
 * Azure/acr-cli, cmd/repository/image_functions.go.
 */
function fatedManifests(
  { manifests }: RepositoryContents,
  gone: ReadonlySet<string>,
  { minor, cutOff, keep, includeLocked }: Rules,
): FatedManifests {
  const byDigest = new Map(manifests.map((manifest) => [manifest.digest, manifest]));
  const free = (manifest: Manifest): boolean => manifest.tags.every((tag) => gone.has(tag));
  const young = ({ updatedAt }: Manifest): boolean =>
    minor >= 17 && (updatedAt === null || Date.parse(updatedAt) > cutOff);
  const held = new Set<string>();
  let unread = false;
  const hold = (digests: readonly string[] | null, seen: ReadonlySet<string>): void => {
    unread ||= digests === null;
    for (const digest of digests ?? []) {
      const child = byDigest.get(digest);
      if (!child || !isIndex(child)) held.add(digest);
      else if (!seen.has(digest)) {
        held.add(digest);
        hold(child.children, new Set([...seen, digest]));
      }
    }
  };
  for (const manifest of manifests) {
    if (manifest.locked && !includeLocked) continue;
    const stays = !free(manifest) || young(manifest);
    if (isIndex(manifest) && (stays || manifest.refers === true)) hold(manifest.children, new Set([manifest.digest]));
  }
  const fated = manifests.filter(free).map((manifest): Found => {
    const { digest, updatedAt, locked, mediaType, refers } = manifest;
    const one = { kind: 'manifest', name: digest, digest, updatedAt } as const;
    if (locked && !includeLocked) return { ...one, goes: false, why: 'locked' };
    if (young(manifest))
      return { ...one, goes: false, why: updatedAt === null ? 'Azure does not say how old it is' : 'too young' };
    if (held.has(digest)) return { ...one, goes: false, why: 'belongs to an index that stays' };
    if (mediaType === null) return { ...one, goes: false, why: 'Azure does not say what it is, and acr-cli leaves it' };
    if (refers === true) return { ...one, goes: false, why: 'refers to another image, as a signature does' };
    if ((refers === null && referring.includes(mediaType)) || unread)
      return { ...one, goes: null, why: 'it may belong to an index, or refer to another image: that was not read' };
    return { ...one, goes: true, why: 'no tag holds it, and it is old enough' };
  });
  const spared = minor < 18 ? 0 : keep;
  const certain = fated.filter(({ goes }) => goes === true).length;
  const possible = fated.filter(({ goes }) => goes !== false).length;
  const counts = { least: Math.max(0, certain - spared), most: Math.max(0, possible - spared) };
  if (spared === 0) return { items: fated, ...counts };
  const order = fated
    .filter(({ goes }) => goes !== false)
    .sort((a, b) => byText(b.updatedAt ?? '', a.updatedAt ?? '') || byText(a.digest, b.digest));
  const kept = new Set(order.slice(0, spared).map(({ digest }) => digest));
  const unsure = order.some(({ goes }) => goes === null);
  const items = fated.map((one) =>
    kept.has(one.digest)
      ? { ...one, goes: unsure ? null : false, why: `among the newest ${spared} of what would go` }
      : one,
  );
  return { items, ...counts };
}

const isIndex = ({ mediaType }: Manifest): boolean => mediaType === null || indexes.includes(mediaType);

/** `null`: Azure does not say when it was pushed. */
const isOlder = (updatedAt: string | null, cutOff: number): boolean | null =>
  updatedAt === null ? null : Date.parse(updatedAt) < cutOff;
