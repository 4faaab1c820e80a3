import { type Ago, readAgo } from './ago.ts';
import { type PurgeCommand, versionsOf } from './purge-command.ts';
import { splitFilter, tagPattern } from './tag-pattern.ts';

/** A way in which a purge command destroys, or does not do what it looks like. */
export interface Danger {
  readonly kind:
    | 'every-tag'
    | 'signature-tags'
    | 'age'
    | 'misread-age'
    | 'never-deletes'
    | 'every-dangling-manifest'
    | 'dangling-manifests-at-once'
    | 'locked'
    | 'old-cli'
    | 'fails'
    | 'dry-run';
  /** What happens, in plain words. */
  readonly happens: string;
  /** What to write in its place. */
  readonly instead: string;
}

export interface PurgeReading {
  readonly dangers: readonly Danger[];
  /** What could not be judged, each with the reason. */
  readonly unreadable: readonly string[];
}

const digest = 'sha256-2f9a99b47fc460d422812b6a5adff7dfee951d8fa2e4a98caa0382f9cfa1a7d4';

/** Tags of signatures and what else hangs on an image: notation and OCI referrers, then cosign's. */
export const signatureTags = [digest, `${digest}.sig`, `${digest}.att`, `${digest}.sbom`] as const;

/** A tag of that kind. */
export const signatureName = /^sha256-[0-9a-f]{64}(?:\.(?:sig|att|sbom))?$/;

/** Tags of every kind; a pattern that matches all of them is taken to match any. */
const everyKind = [
  'latest',
  'v1.2.3',
  '1',
  '20261123.1',
  'main',
  'a',
  'Q',
  '_x',
  'z-9',
  'release.candidate',
  ...signatureTags,
];

const dayMs = 86_400_000;

/** What is dangerous in a command. `scheduled` where something runs it again and again: then a dry run is a mistake. */
export function readPurge(command: PurgeCommand, scheduled: boolean): PurgeReading {
  const open = [...command.words.filter(isTemplate), ...[...command.filters, command.ago ?? ''].filter(isVariable)];
  const unreadable = open.map((word) => `'${word}' is filled in when the task runs, and with what is not known here`);
  if (command.refused) return { dangers: open.length > 0 ? [] : [fails(command.refused)], unreadable };
  if (command.dryRun) return { dangers: scheduled ? [dryRun] : [], unreadable };
  const byVersion = versionsOf(command).map((minor) => forVersion(command, minor));
  const dangers = new Map(byVersion.flatMap((reading) => reading.dangers).map((danger) => [danger.happens, danger]));
  return {
    dangers: [...dangers.values()],
    unreadable: [...new Set([...unreadable, ...byVersion.flatMap((reading) => reading.unreadable)])],
  };
}

const isTemplate = (word: string): boolean => /<Values\.[\w?]+>/.test(word);
/** A `$` that ends a pattern is followed by no letter. */
const isVariable = (word: string): boolean => /\$\{?[A-Za-z]/.test(word);
const isOpen = (word: string): boolean => isTemplate(word) || isVariable(word);

function forVersion(command: PurgeCommand, minor: number): PurgeReading {
  const { ago, minor: pinned } = command;
  const dangers: Danger[] = [];
  const unreadable: string[] = [];
  const age = ago === null || isOpen(ago) ? null : readAgo(ago, minor);
  if (ago !== null && age) dangers.push(...ofAge(ago, age));
  if (!command.untaggedOnly) {
    const tags = ofTags(command, minor);
    dangers.push(...tags.dangers);
    unreadable.push(...tags.unreadable);
  }
  if (command.untaggedOnly && command.filters.length === 0)
    dangers.push({
      kind: 'every-dangling-manifest',
      happens:
        'It has no --filter: it deletes the untagged manifests of every repository, those that something pulls by digest among them.',
      instead: `Name the repositories, for example --filter 'dev/.*:.*', and add --ago 7d.`,
    });
  else if (command.untaggedOnly && ago === null)
    dangers.push({
      kind: 'dangling-manifests-at-once',
      happens:
        'It has no --ago: a manifest is deleted as soon as it has lost its tag, also while a cluster still pulls it by digest.',
      instead: 'Add --ago 7d or longer.',
    });
  if (command.untagged && minor < 17)
    dangers.push({
      kind: 'dangling-manifests-at-once',
      happens:
        pinned === null
          ? 'Which acr-cli runs is not pinned, and before 0.17 --untagged ignores --ago and --keep: every untagged manifest of the matched repositories may go at once.'
          : `acr-cli 0.${minor} ignores --ago and --keep for --untagged: every untagged manifest of the matched repositories goes at once.`,
      instead: 'Run a pinned image: mcr.microsoft.com/acr/acr-cli:0.19 purge …',
    });
  if (command.includeLocked)
    dangers.push({
      kind: 'locked',
      happens: 'It unlocks what somebody locked, then deletes it.',
      instead: 'Drop --include-locked; unlock by hand what really may go.',
    });
  if (pinned !== null && pinned < 17)
    dangers.push({ kind: 'old-cli', happens: oldCli(pinned), instead: 'Pin mcr.microsoft.com/acr/acr-cli:0.19.' });
  return { dangers, unreadable };
}

function ofAge(raw: string, ago: Ago): readonly Danger[] {
  if ('refused' in ago) return [fails(`--ago ${raw}: ${ago.refused}`)];
  if (ago.capped)
    return [
      {
        kind: 'never-deletes',
        happens: `--ago ${raw} is read as 150 years: nothing is ever that old, so nothing is ever deleted.`,
        instead: `Write whole days: ${/^\d+/.exec(raw)?.[0] ?? '30'}d.`,
      },
    ];
  if (ago.age <= 0)
    return [
      {
        kind: 'age',
        happens:
          ago.age < 0
            ? `--ago ${raw} puts the limit into the future: everything that matches is deleted, however new.`
            : `--ago ${raw} is no age at all: everything that matches is deleted, however new.`,
        instead: 'Write the age without a sign, in whole days: 30d.',
      },
    ];
  const minutes = /^[\d.]+m$/.test(raw);
  const short = ago.age < dayMs;
  const misread =
    minutes ||
    (!/^\d+ days?$/.test(raw) &&
      !/^\d+d(?:[\d.]+(?:h|m|s|ms|us|µs|ns))*$|^(?:[\d.]+(?:h|m|s|ms|us|µs|ns))+$/.test(raw));
  return [
    ...(misread
      ? [
          {
            kind: 'misread-age',
            happens: `--ago ${raw} is read as ${ageInWords(ago.age)}.`,
            instead: 'Write whole days (30d), or days and a Go duration (1d12h); m is minutes, and there are no weeks.',
          } as const,
        ]
      : []),
    ...(short
      ? [
          {
            kind: 'age',
            happens: `--ago ${raw} is ${ageInWords(ago.age)}: what was pushed today is deleted today.`,
            instead: 'Give at least a day: 30d.',
          } as const,
        ]
      : []),
  ];
}

function ofTags(command: PurgeCommand, minor: number): PurgeReading {
  const dangers: Danger[] = [];
  const unreadable: string[] = [];
  for (const text of command.filters.filter((filter) => !isOpen(filter))) {
    const filter = splitFilter(text, minor);
    if ('refused' in filter) {
      dangers.push(fails(filter.refused));
      continue;
    }
    const pattern = tagPattern(filter.tags, minor);
    if ('refused' in pattern) dangers.push(fails(`--filter '${text}' is no regular expression: ${pattern.refused}`));
    else if ('unreadable' in pattern) unreadable.push(pattern.unreadable);
    else {
      const { matches } = pattern;
      const where = /^\^?\.[*+]\$?$/.test(filter.repository) ? 'every repository' : `'${filter.repository}'`;
      if (/^[\w-]+\.azurecr\.|^\$?Registry\//.test(filter.repository))
        dangers.push({
          kind: 'never-deletes',
          happens: `'${filter.repository}' names the registry; acr-cli matches the repository alone, so nothing is ever deleted.`,
          instead: 'Leave the host name out: the repository only.',
        });
      if (everyKind.every(matches) && command.keep <= 0)
        dangers.push({
          kind: 'every-tag',
          happens: `'${filter.tags}' matches every tag of ${where} and nothing is kept: the tag that production runs and latest are deleted once they are old enough.`,
          instead: `Match only the tags that may go, and keep some: --filter '${filter.repository}:^dev-.*' --keep 5.`,
        });
      if (signatureTags.some(matches))
        dangers.push({
          kind: 'signature-tags',
          happens: `'${filter.tags}' also matches the tags of signatures in ${where} (sha256-…, .sig, .att, .sbom): they are deleted${command.keep > 0 ? ', and --keep counts them among the tags it keeps' : ''}. cosign no longer finds its signatures then, and on a registry with a customer-managed key neither does notation.`,
          instead: `Anchor the pattern to the tags you mean: --filter '${filter.repository}:^v[0-9]+$'.`,
        });
    }
  }
  return { dangers, unreadable };
}

const fails = (why: string): Danger => ({
  kind: 'fails',
  happens: `acr-cli stops with an error each time, and nothing is cleaned: ${why}.`,
  instead: `Write acr purge --filter 'repository:^tags$' --ago 30d --keep 5.`,
});

const dryRun: Danger = {
  kind: 'dry-run',
  happens: '--dry-run was left in: the task runs on schedule and never deletes anything.',
  instead: 'Read the log of a dry run once, then take --dry-run out.',
};

/** What each release brought: Azure/acr-cli, tags v0.3 to v0.18. */
function oldCli(minor: number): string {
  const lacks = [
    minor < 7 && 'deletes the images inside an OCI index that is still tagged',
    minor < 8 && 'deletes signatures and SBOMs that refer to an image',
    'ignores --ago and --keep when it deletes untagged manifests',
  ].filter(Boolean);
  return `acr-cli 0.${minor} is pinned; with --untagged it ${lacks.join(', and ')}.`;
}

/** 180000 is `3 minutes`. */
export function ageInWords(milliseconds: number): string {
  for (const [unit, size] of [
    ['day', dayMs],
    ['hour', 3_600_000],
    ['minute', 60_000],
    ['second', 1_000],
  ] as const) {
    const count = milliseconds / size;
    if (Math.abs(count) >= 1) {
      const rounded = Math.round(count * 100) / 100;
      return `${rounded} ${unit}${rounded === 1 ? '' : 's'}`;
    }
  }
  return `${milliseconds} milliseconds`;
}
