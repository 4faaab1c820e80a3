import type { RepositoryContents, TagInventory } from '../../model/facets/tag-inventory.ts';
import type { Task } from '../../model/facets/tasks.ts';
import type { Observation } from '../../model/outcome.ts';
import { readAgo } from './ago.ts';
import { type PurgeCommand, versionsOf } from './purge-command.ts';
import { deletesNothing, readPurge } from './purge-reading.ts';
import { purgesOf } from './purges.ts';
import { signatureName } from './tag-dangers.ts';
import { repositoryPattern, splitFilter, tagPattern } from './tag-pattern.ts';

/** What a purge would delete now, by the tags and manifests that are there. */
export interface Rehearsal {
  readonly tags: number;
  /** Manifests without a tag that are old enough: some of them are spared for an index or an image that needs them. */
  readonly manifestsAtMost: number;
  readonly latest: readonly string[];
  readonly signatures: readonly string[];
  /** Repositories whose newest tag would go. */
  readonly newest: readonly string[];
  /** What was not seen, so that there may be more; each in words. */
  readonly unseen: readonly string[];
}

/** What the scheduled purges of a registry's tasks would delete now, as observations of their commands. */
export interface Rehearsals {
  /** Those that would delete latest, a signature or the newest tag of a repository. */
  readonly bad: readonly Observation[];
  readonly good: readonly Observation[];
  /** What each would delete, in words. */
  readonly says: readonly string[];
  readonly unseen: readonly string[];
}

export function rehearseScheduled(tasks: readonly Task[], inventory: TagInventory, now: string): Rehearsals {
  const { purges, hidden } = purgesOf(tasks);
  const bad: Observation[] = [];
  const good: Observation[] = [];
  const says: string[] = [];
  const unseen = hidden.flatMap(({ why, scheduled }) => (scheduled ? [why] : []));
  for (const { task, at, line, command } of purges.filter((one) => one.scheduled && !deletesNothing(one.command))) {
    const would = rehearse(command, inventory, now);
    if (!would) {
      unseen.push(`what ${task.name} matches cannot be told before it runs`);
      continue;
    }
    const { tags, manifestsAtMost, latest, signatures, newest } = would;
    const lost = [...new Set([...latest, ...newest, ...signatures])];
    const counts = [
      `${tags} ${tags === 1 ? 'tag' : 'tags'} now`,
      ...(manifestsAtMost > 0
        ? [`at most ${manifestsAtMost} ${manifestsAtMost === 1 ? 'manifest' : 'manifests'}`]
        : []),
    ].join(' and ');
    says.push(`${task.name} would delete ${counts}${lost.length > 0 ? `, among them ${some(lost)}` : ''}`);
    (lost.length > 0 ? bad : good).push({ at, saw: line, about: task.name });
    unseen.push(...would.unseen.map((what) => `${task.name}: ${what}`));
  }
  return { bad, good, says, unseen };
}

const some = (names: readonly string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');

/** Deletes nothing, asks nothing. `null` where the command fails, or says something that is only known when it runs. */
export function rehearse(command: PurgeCommand, inventory: TagInventory, now: string): Rehearsal | null {
  // The newest version it may run: it deletes the least, so that nothing is claimed that would not happen.
  const minor = Math.max(...versionsOf(command));
  const ago = command.ago === null ? { age: 0 } : readAgo(command.ago, minor);
  if (command.refused !== null || 'refused' in ago || readPurge(command, false).unreadable.length > 0) return null;
  const cutOff = Date.parse(now) - ago.age;
  const found = { tags: 0, manifests: 0, latest: [] as string[], signatures: [] as string[], newest: [] as string[] };
  const unseen: string[] = inventory.cut ? ['there are more repositories than were looked at'] : [];
  for (const { name, contents } of inventory.repositories) {
    const pattern = patternFor(command, name, minor);
    if (pattern === 'unreadable') return null;
    if (pattern === 'untouched') continue;
    if (contents.state !== 'observed') {
      unseen.push(`${name} could not be read: ${contents.reason}`);
      continue;
    }
    const { value } = contents;
    if (value.tagsCut || value.manifestsCut) unseen.push(`${name} has more tags or manifests than were looked at`);
    const doomed = command.untaggedOnly ? [] : doomedTags(command, value, cutOff, pattern);
    found.tags += doomed.length;
    found.latest.push(...doomed.filter((tag) => tag === 'latest').map((tag) => `${name}:${tag}`));
    found.signatures.push(...doomed.filter((tag) => signatureName.test(tag)).map((tag) => `${name}:${tag}`));
    const newest = value.tags.find((tag) => !signatureName.test(tag.name));
    if (newest && doomed.includes(newest.name)) found.newest.push(`${name}:${newest.name}`);
    found.manifests += doomedManifests(command, value, minor, cutOff, new Set(doomed));
  }
  const { manifests: manifestsAtMost, ...counted } = found;
  return { ...counted, manifestsAtMost, unseen };
}

/** All filters of a repository are joined into one pattern, as acr-cli joins them. */
function patternFor(
  command: PurgeCommand,
  repository: string,
  minor: number,
): ((tag: string) => boolean) | 'untouched' | 'unreadable' {
  if (command.untaggedOnly && command.filters.length === 0) return () => false;
  const sources: string[] = [];
  for (const text of command.filters) {
    const filter = splitFilter(text, minor);
    if ('refused' in filter) return 'unreadable';
    const whole = repositoryPattern(filter.repository, minor);
    if (!('matches' in whole)) return 'unreadable';
    if (whole.matches(repository)) sources.push(filter.tags);
  }
  if (sources.length === 0) return 'untouched';
  const pattern = tagPattern(sources.join('|'), minor);
  return 'matches' in pattern ? pattern.matches : 'unreadable';
}

function doomedTags(
  { keep, includeLocked }: PurgeCommand,
  { tags }: RepositoryContents,
  cutOff: number,
  matches: (tag: string) => boolean,
): readonly string[] {
  return tags
    .filter(({ name, updatedAt, locked }) => matches(name) && isOlder(updatedAt, cutOff) && (includeLocked || !locked))
    .map(({ name }) => name)
    .slice(Math.max(keep, 0));
}

/** For manifests `--ago` counts from acr-cli 0.17 on, and `--keep` from 0.18 on. */
function doomedManifests(
  { keep, untagged, untaggedOnly, includeLocked }: PurgeCommand,
  { manifests }: RepositoryContents,
  minor: number,
  cutOff: number,
  gone: ReadonlySet<string>,
): number {
  if (!untagged && !untaggedOnly) return 0;
  const bare = manifests.filter(
    ({ tags, updatedAt, locked }) =>
      tags.every((tag) => gone.has(tag)) && (minor < 17 || isOlder(updatedAt, cutOff)) && (includeLocked || !locked),
  );
  return Math.max(0, bare.length - (minor < 18 ? 0 : Math.max(keep, 0)));
}

const isOlder = (updatedAt: string | null, cutOff: number): boolean =>
  updatedAt !== null && Date.parse(updatedAt) < cutOff;
