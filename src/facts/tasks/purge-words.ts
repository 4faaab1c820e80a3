import { shellWord } from '../../model/shell.ts';
import { readAgo } from './ago.ts';
import type { Danger } from './danger.ts';
import { isOpen } from './open-words.ts';
import { newerSwitches, type PurgeCommand, versionsOf } from './purge-command.ts';
import { ageInWords, readPurge } from './purge-reading.ts';
import type { Rehearsal } from './rehearsal.ts';
import { signatureTags } from './tag-dangers.ts';
import { splitFilter, tagPattern } from './tag-pattern.ts';

/** What `explain purge` says of one command: also its JSON. */
export interface PurgePage {
  readonly command: string;
  /** `dangerous`: do not schedule it. `unclear`: something in it could not be judged. */
  readonly verdict: 'safe' | 'dangerous' | 'unclear';
  /** The acr-cli that runs it; `null` where the image is not pinned. */
  readonly version: string | null;
  /** One sentence for each thing it does. */
  readonly does: readonly string[];
  readonly filters: readonly FilterPage[];
  readonly dangers: readonly Danger[];
  readonly unreadable: readonly string[];
  /** What it would delete now in the registry that was named; `null` where none was, or where that can't be told. */
  readonly rehearsal: Rehearsal | null;
}

/** A filter, and what it would do to tags of the usual kinds. */
export interface FilterPage {
  readonly filter: string;
  readonly matches: readonly string[];
  readonly spares: readonly string[];
}

const samples = ['latest', '1.4.2', 'v12', 'main', 'dev-42', '20261123.1', ...signatureTags];

export function purgePage(command: PurgeCommand, rehearsal: Rehearsal | null = null): PurgePage {
  const { dangers, unreadable } = readPurge(command, false);
  return {
    command: command.words.map(shellWord).join(' '),
    verdict: dangers.length > 0 ? 'dangerous' : unreadable.length > 0 ? 'unclear' : 'safe',
    version: command.minor === null ? null : `0.${command.minor}`,
    does: doings(command),
    filters: command.untaggedOnly ? [] : command.filters.map((filter) => filterPage(filter, newest(command))),
    dangers,
    unreadable,
    rehearsal,
  };
}

const newest = (command: PurgeCommand): number => versionsOf(command).at(-1) ?? 19;

function doings(command: PurgeCommand): readonly string[] {
  if (command.refused !== null) return [`Nothing: acr-cli refuses it, because ${command.refused}.`];
  const stop = ages(command).find((ago) => 'refused' in ago);
  if (stop && ages(command).every((ago) => 'refused' in ago))
    return [`Nothing: acr-cli stops at --ago ${command.ago}, because ${stop.refused}.`];
  const { keep, filters, untagged, untaggedOnly, includeLocked, dryRun } = command;
  const old = olderThan(command);
  const split = filters.map((filter) => splitFilter(filter, newest(command)));
  const repositories = split.flatMap((filter) => ('repository' in filter ? [`'${filter.repository}'`] : []));
  return [
    ...(dryRun ? ['It only prints what it would delete (--dry-run), and deletes nothing.'] : []),
    ...(untaggedOnly
      ? [
          `It deletes the manifests without a tag ${old} in ${repositories.length > 0 ? `each repository whose whole name matches ${repositories.join(' or ')}` : 'every repository'}${keep > 0 ? `, except the newest ${keep} of each` : ''}; tags stay.`,
        ]
      : [
          ...split.map((filter) =>
            'repository' in filter
              ? `In each repository whose whole name matches '${filter.repository}' it takes the tags ${old} in which '${filter.tags}' is found.`
              : `A filter stops it: ${filter.refused}.`,
          ),
          ...(filters.length > 1
            ? ['Where several filters name one repository, a tag is taken if any of them matches.']
            : []),
          keep > 0
            ? `Of these it keeps the newest ${keep} in each repository and deletes the rest. Tags that do not match, and younger ones, stay and do not count.`
            : 'It deletes all of these: there is no --keep.',
        ]),
    ...(untagged
      ? [
          `Then it deletes, in the same repositories, the manifests that have no tag (any more). From acr-cli 0.17 on only those ${old}; before, all of them.`,
        ]
      : []),
    ...(untagged || untaggedOnly
      ? [
          'It spares images inside a tagged multi-arch index, and signatures and SBOMs that refer to an image (acr-cli 0.8 and later).',
        ]
      : ['It deletes tags only: the manifests stay, can be pulled by digest, and take storage.']),
    includeLocked ? 'What is locked it unlocks and deletes as well.' : 'What is locked stays.',
    ...(command.minor === null ? newerSwitches(command) : []).map(
      ({ flag, since }) => `acr-cli before 0.${since} does not know ${flag} and stops with an error: pin the image.`,
    ),
    'Age counts from the last push of a tag, not from the last pull: an image that runs in production may be old.',
  ];
}

const ages = (command: PurgeCommand) =>
  command.ago === null || isOpen(command.ago)
    ? []
    : versionsOf(command).map((minor) => readAgo(command.ago ?? '', minor));

function olderThan(command: PurgeCommand): string {
  if (command.ago !== null && isOpen(command.ago)) return `older than ${command.ago}`;
  const words = ages(command).flatMap((ago) => {
    if ('refused' in ago) return [];
    if (ago.capped) return ['not pushed for 150 years'];
    return [ago.age <= 0 ? 'of any age' : `not pushed for ${ageInWords(ago.age)}`];
  });
  return words.length === 0 ? 'of any age' : [...new Set(words)].join(', or in another version ');
}

function filterPage(filter: string, minor: number): FilterPage {
  const split = splitFilter(filter, minor);
  const pattern = 'refused' in split ? null : tagPattern(split.tags, minor);
  if (pattern === null || !('matches' in pattern)) return { filter, matches: [], spares: [] };
  return {
    filter,
    matches: samples.filter((tag) => pattern.matches(tag)),
    spares: samples.filter((tag) => !pattern.matches(tag)),
  };
}
