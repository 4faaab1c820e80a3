import type { Tag, TagInventory } from '../../model/facets/tag-inventory.ts';
import { ageInWords, readAgo } from './ago.ts';
import type { Fated } from './fated.ts';
import { mostFilters } from './filter-groups.ts';
import type { InventoryLook } from './inventory-look.ts';
import { type Budget, budgetOf } from './pattern-match.ts';
import { repositoryPattern, splitFilter, tagPattern } from './patterns.ts';
import type { PurgeCommand } from './purge-command.ts';
import { signatureName } from './tag-dangers.ts';
import { decidingBodies, type Found, fatedManifests, type Rules } from './untagged.ts';

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
export function rehearse(
  command: PurgeCommand,
  inventory: TagInventory,
  now: string,
  budget: Budget = budgetOf(),
): Rehearsal | null {
  const rules = rulesOf(command, now);
  if (rules === null) return null;
  const tagsTaken = selecting(command, budget);
  const items: Fated[] = [];
  const unseen: string[] = inventory.cut ? ['there are more repositories than were looked at'] : [];
  const newest: string[] = [];
  let [least, most] = [0, 0];
  for (const { name, contents } of inventory.repositories) {
    const matches = tagsTaken(name);
    if (matches === 'unreadable') return null;
    if (matches === 'untouched') continue;
    if (contents.state !== 'observed') {
      unseen.push(`${name} could not be read: ${contents.reason}`);
      continue;
    }
    const { value } = contents;
    const manifestsCut = value.manifestsCut && deletesManifests(command);
    if (value.tagsCut || manifestsCut)
      unseen.push(`${name} has more ${value.tagsCut ? 'tags' : 'manifests'} than were looked at`);
    const tags = command.untaggedOnly ? [] : fatedTags(value.tags, matches, rules);
    if (tags === null) return null;
    const unknown = tags.filter(({ goes }) => goes === null);
    if (unknown.length > 0)
      unseen.push(`${name}: Azure does not say how old ${unknown.map((tag) => tag.name).join(', ')} is`);
    const gone = goneOf(tags);
    const first = value.tags.find((tag) => !signatureName.test(tag.name));
    if (first && gone.has(first.name)) newest.push(`${name}:${first.name}`);
    const manifests = deletesManifests(command) ? fatedManifests(value, gone, rules) : none;
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

/** How far an inventory must be looked at to rehearse these commands: what acr-cli itself would ask for. */
export function lookFor(commands: readonly PurgeCommand[], now: string): InventoryLook {
  const budget = budgetOf();
  const all = commands.map((command) => ({ command, takes: selecting(command, budget), rules: rulesOf(command, now) }));
  return {
    // What can't be told is looked at.
    repository: (name) => all.some(({ takes }) => takes(name) !== 'untouched'),
    manifests: commands.some(deletesManifests),
    bodies: (name, contents) => [
      ...new Set(
        all.flatMap(({ command, takes, rules }) => {
          const matches = takes(name);
          if (rules === null || typeof matches === 'string' || !deletesManifests(command)) return [];
          const tags = command.untaggedOnly ? [] : fatedTags(contents.tags, matches, rules);
          return decidingBodies(contents, goneOf(tags ?? []), rules);
        }),
      ),
    ],
  };
}

const none = { items: [], least: 0, most: 0 } as const;

const deletesManifests = ({ untagged, untaggedOnly }: PurgeCommand): boolean =>
  untagged !== false || untaggedOnly !== false;

const goneOf = (tags: readonly Found[]): ReadonlySet<string> =>
  new Set(tags.filter(({ goes }) => goes === true).map((tag) => tag.name));

function rulesOf(command: PurgeCommand, now: string): Rules | null {
  const { ago, keep, minor, untagged, untaggedOnly, includeLocked } = command;
  const age = ago === null || ago.text === '' ? { age: 0 } : ago.open ? null : readAgo(ago.text, minor);
  if (age === null || 'refused' in age || keep === null || command.refused !== null) return null;
  if (untagged === null || untaggedOnly === null || includeLocked === null) return null;
  return { minor, includeLocked, keep: Math.max(keep, 0), cutOff: Date.parse(now) - age.age, age: ageInWords(age.age) };
}

type Matches = (tag: string) => boolean | null;

/**
 * Which tags the filters of a command take in a repository. All filters of a repository are joined into one pattern, as
 * acr-cli joins them. Each pattern is compiled once.
 */
function selecting(
  command: PurgeCommand,
  budget: Budget,
): (repository: string) => Matches | 'untouched' | 'unreadable' {
  const { filters, minor, untaggedOnly } = command;
  if (untaggedOnly && filters.length === 0) return () => takesNone;
  if (filters.length > mostFilters) return () => 'unreadable';
  const parts = filters.map(({ text, open }) => {
    const filter = open ? null : splitFilter(text, minor);
    return filter === null || 'refused' in filter
      ? null
      : { whole: repositoryPattern(filter.repository, minor, budget), tags: filter.tags };
  });
  const compiled = new Map<string, Matches | 'unreadable'>();
  return (repository) => {
    const sources: string[] = [];
    for (const part of parts) {
      const found = part && 'matches' in part.whole ? part.whole.matches(repository) : null;
      if (part === null || found === null) return 'unreadable';
      if (found) sources.push(part.tags);
    }
    if (sources.length === 0) return 'untouched';
    if (untaggedOnly) return takesNone;
    const source = sources.join('|');
    const known = compiled.get(source);
    if (known !== undefined) return known;
    const pattern = tagPattern(source, minor, budget);
    const matches = 'matches' in pattern ? pattern.matches : 'unreadable';
    compiled.set(source, matches);
    return matches;
  };
}

const takesNone: Matches = () => false;

/** The newest first; `null` where the pattern costs more than this tool spends. */
function fatedTags(
  tags: readonly Tag[],
  matches: Matches,
  { keep, cutOff, includeLocked, age }: Rules,
): Found[] | null {
  const fated: Found[] = [];
  let [kept, unsure] = [0, 0];
  for (const { name, digest, updatedAt, locked } of tags) {
    const tag = { kind: 'tag', name, digest, updatedAt, size: null } as const;
    const found = matches(name);
    if (found === null) return null;
    if (!found) fated.push({ ...tag, goes: false, why: 'no filter matches' });
    else if (locked && !includeLocked) fated.push({ ...tag, goes: false, why: 'locked' });
    else if (updatedAt === null) {
      unsure++;
      fated.push({ ...tag, goes: null, why: 'Azure does not say how old it is' });
    } else if (Date.parse(updatedAt) >= cutOff) fated.push({ ...tag, goes: false, why: `younger than ${age}` });
    else if (kept < keep) {
      kept++;
      // What may be newer and of unknown age may take its place.
      fated.push({ ...tag, goes: kept > keep - unsure ? null : false, why: `kept: among the newest ${keep}` });
    } else fated.push({ ...tag, goes: true, why: 'matches, old enough' });
  }
  return fated;
}
