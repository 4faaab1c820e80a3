import { ageInWords, readAgo } from '../facts/tasks/ago.ts';
import { betterCommand, trialWord } from '../facts/tasks/better.ts';
import { type Danger, inOneLine } from '../facts/tasks/danger.ts';
import { type Filter, splitFilter, tagPattern } from '../facts/tasks/patterns.ts';
import { newest, newestSince, type PurgeCommand } from '../facts/tasks/purge-command.ts';
import { type PurgeReading, readPurge } from '../facts/tasks/purge-reading.ts';
import { doomedTags, type Rehearsal, rehearse } from '../facts/tasks/rehearsal.ts';
import type { TagInventory } from '../model/facets/tag-inventory.ts';
import type { FilterPage, PurgePage, PurgePlace, RehearsalPage } from '../pages/purge.ts';
import { inUseOf, type Running } from './purge-in-use.ts';

export const pasted: PurgePlace = { file: null, line: null, task: null, schedule: null, next: null };

/** What was seen of the registry that a command is rehearsed on. */
export interface Stage {
  readonly registry: string;
  readonly loginServer: string | null;
  /** `null`: it could not be read. */
  readonly inventory: TagInventory | null;
  /** ISO 8601. */
  readonly now: string;
  readonly abac: boolean | null;
  readonly running: readonly Running[];
  readonly list: boolean;
}

/** The page of one command. Pure. `given`: how it is read where it stands, if that is known. */
export function purgePage(
  command: PurgeCommand,
  where: PurgePlace = pasted,
  stage: Stage | null = null,
  given: PurgeReading | null = null,
): PurgePage {
  const scheduled = where.schedule !== null;
  const reading = given ?? readPurge(command, { scheduled, abac: () => stage?.abac ?? false });
  const inventory = reading.fate.deletes === 'never' ? null : (stage?.inventory ?? null);
  const would = stage && inventory ? rehearse(command, inventory, stage.now) : null;
  const { dangers, remarks } = againstEvidence(reading.dangers, would);
  const rehearsal = stage && would ? rehearsalPage(would, stage) : null;
  const lost =
    rehearsal !== null &&
    rehearsal.latest.length + rehearsal.newest.length + rehearsal.signatures.length + rehearsal.inUse.length > 0;
  // What can't be told of a command that deletes is not safe, whatever its reading found.
  const unreadable =
    inventory && would === null && reading.unreadable.length === 0
      ? ['what it takes of the tags that are there costs more to tell than this tool spends']
      : reading.unreadable;
  const better = dangers.length > 0 || lost ? betterCommand(command) : null;
  const open = unreadable.length > 0 || (rehearsal?.unseen.length ?? 0) > 0;
  return {
    command: inOneLine(command),
    where,
    verdict: dangers.length > 0 || lost ? 'dangerous' : open ? 'unclear' : 'safe',
    version: command.pinned === null ? null : `0.${command.pinned}`,
    judgedAs:
      command.pinned === null
        ? `acr-cli 0.${newest}, which a plain acr runs since ${newestSince}; a region may be one release behind`
        : `acr-cli 0.${command.pinned}, which is pinned`,
    does: doings(command, reading),
    filters:
      command.untaggedOnly || reading.fate.deletes === 'never'
        ? []
        : command.filters.map(({ text }) => filterPage(text, command.minor)),
    dangers,
    remarks,
    unreadable,
    better,
    trial: better && `az acr run --registry ${stage?.registry ?? '<registry>'} --cmd ${trialWord(better)} /dev/null`,
    rehearsal,
  };
}

/** Guesses about what a pattern might take give way to a complete look at what is there. */
function againstEvidence(
  dangers: readonly Danger[],
  would: Rehearsal | null,
): { readonly dangers: readonly Danger[]; readonly remarks: readonly string[] } {
  // A look at no tag at all says nothing about the pattern.
  if (would === null || would.unseen.length > 0 || would.items.length === 0) return { dangers, remarks: [] };
  const absent = dangers.filter(
    ({ kind }) =>
      (kind === 'signature-tags' && would.signatures.length === 0) ||
      (kind === 'latest' && would.latest.length === 0) ||
      (kind === 'every-tag' && would.latest.length + would.signatures.length + would.newest.length === 0),
  );
  return {
    dangers: dangers.filter((danger) => !absent.includes(danger)),
    remarks: absent.map(({ happens }) => `${happens} None of that is there today.`),
  };
}

const someItems = 10;

function rehearsalPage(would: Rehearsal, stage: Stage): RehearsalPage {
  const doomed = doomedTags(would);
  const { least, most } = would.manifests;
  const unsure = least === most ? [] : ['not every manifest could be read, so their exact number is not known'];
  return {
    registry: stage.registry,
    tags: doomed.length,
    manifests: would.manifests,
    frees: freed(would),
    latest: would.latest,
    signatures: would.signatures,
    newest: would.newest,
    inUse: inUseOf(would.items, stage.running, stage.loginServer),
    items: stage.list ? would.items : doomed.slice(0, someItems),
    unseen: [...would.unseen, ...unsure],
  };
}

/** The bytes of the manifests that go; `null` where Azure does not say one of them, or none go. */
function freed({ items }: Rehearsal): number | null {
  const sizes = items.filter(({ kind, goes }) => kind === 'manifest' && goes === true).map(({ size }) => size);
  return sizes.length === 0 || sizes.includes(null) ? null : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}

const digest = `sha256-2f9a99b47fc460d422812b6a5adff7dfee951d8fa2e4a98caa0382f9cfa1a7d4`;
const samples = ['latest', '1.4.2', 'v12', 'main', 'dev-42', '20261123.1', digest, `${digest}.sig`];

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

function doings(command: PurgeCommand, { fate }: PurgeReading): readonly string[] {
  if (fate.deletes === 'never')
    return [
      fate.danger.kind === 'dry-run'
        ? 'It prints what it would delete (--dry-run), and deletes nothing.'
        : 'It deletes nothing.',
    ];
  const { keep, filters, untagged, untaggedOnly, includeLocked } = command;
  const old = olderThan(command);
  const split = filters.map(({ text }) => ({ text, ...splitFilter(text, command.minor) }));
  const repositories = split.flatMap((filter) => ('repository' in filter ? [repositoryWords(filter.repository)] : []));
  const keeps = keep === null ? 'a number that is filled in when it runs' : `the newest ${keep}`;
  const deletes: readonly string[] = untaggedOnly
    ? [
        `It deletes the manifests without a tag ${old} in ${repositories.length > 0 ? repositories.join(' and ') : 'every repository'}${keep !== 0 ? `, except ${keeps} of each` : ''}; tags stay.`,
      ]
    : [
        ...takings(split, old),
        ...(filters.length > 1
          ? ['Where several filters name one repository, a tag is taken if any of them matches.']
          : []),
        keep !== null && keep <= 0
          ? 'It deletes all of these: there is no --keep.'
          : `Of these it keeps ${keeps} in each repository and deletes the rest. Tags that do not match, and younger ones, stay and do not count.`,
      ];
  return [
    ...deletes,
    ...(untagged
      ? [
          `Then it deletes, in the same repositories, the manifests that have no tag (any more)${command.minor < 17 ? ', however new' : ` and were ${old}`}.`,
        ]
      : []),
    untagged || untaggedOnly
      ? 'It spares the images inside a multi-arch index that stays, and signatures and SBOMs that refer to an image.'
      : 'It deletes tags only: the manifests stay, can be pulled by digest, and take storage.',
    includeLocked ? 'What is locked it unlocks and deletes as well.' : 'What is locked stays.',
    'Age counts from the last push of a tag, not from the last pull: an image that runs in production may be old.',
  ];
}

type SplitFilter = Filter & { readonly text: string };

/** What each filter takes, once for all repositories of which the same is taken. */
function takings(filters: readonly SplitFilter[], old: string): readonly string[] {
  const sentences = filters.map((filter) => {
    if (!('repository' in filter)) return `What '${filter.text}' takes is only known when it runs.`;
    const same = filters.flatMap((one) =>
      'repository' in one && one.tags === filter.tags ? [repositoryWords(one.repository)] : [],
    );
    return `In ${inOneBreath([...new Set(same)])} it takes ${tagWords(filter.tags)} ${old}.`;
  });
  return [...new Set(sentences)];
}

const inOneBreath = (names: readonly string[]): string =>
  [names.slice(0, -1).join(', '), ...names.slice(-1)].filter((part) => part !== '').join(' and ');

const repositoryWords = (repository: string): string =>
  /^[\w/-]+$/.test(repository)
    ? `repository ${repository}`
    : /^\^?\.[*+]\$?$/.test(repository)
      ? 'every repository'
      : `each repository whose name fits '${repository}'`;

const tagWords = (tags: string): string =>
  /^\^?\.[*+]\$?$/.test(tags) ? 'every tag that was' : `the tags in which '${tags}' is found, if they were`;

function olderThan(command: PurgeCommand): string {
  const { ago, minor } = command;
  if (ago === null || ago.text === '') return 'of any age';
  if (ago.open) return `last pushed longer ago than ${ago.text}`;
  const read = readAgo(ago.text, minor);
  if ('refused' in read) return `last pushed longer ago than ${ago.text}`;
  return read.age <= 0 ? 'pushed at any time' : `last pushed more than ${ageInWords(read.age)} ago`;
}
