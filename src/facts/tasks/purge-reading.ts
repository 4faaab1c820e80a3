import { type Ago, readAgo } from './ago.ts';
import { type Danger, fails, type PurgeReading } from './danger.ts';
import { isOpen, isTemplate, isVariable } from './open-words.ts';
import { type PurgeCommand, versionsOf } from './purge-command.ts';
import { tagDangers } from './tag-dangers.ts';

const dayMs = 86_400_000;

/** Whether a command never deletes anything: a dry run, one that acr-cli refuses, or an age that nothing reaches. */
export function deletesNothing(command: PurgeCommand): boolean {
  const { ago, dryRun, refused } = command;
  if (dryRun || refused !== null) return true;
  if (ago === null || isOpen(ago)) return false;
  return versionsOf(command).every((minor) => {
    const age = readAgo(ago, minor);
    return 'refused' in age || age.capped;
  });
}

/** What is dangerous in a command. `scheduled` where something runs it again and again: then a dry run is a mistake. */
export function readPurge(command: PurgeCommand, scheduled: boolean): PurgeReading {
  const open = [...command.words.filter(isTemplate), ...[...command.filters, command.ago ?? ''].filter(isVariable)];
  const unreadable = open.map((word) => `'${word}' is filled in when the task runs, and with what is not known here`);
  if (command.refused) return { dangers: open.length > 0 ? [] : [fails(command.refused)], unreadable };
  if (command.dryRun) return { dangers: scheduled ? [dryRun] : [], unreadable };
  const byVersion = versionsOf(command).map((minor) => ({ minor, ...forVersion(command, minor) }));
  const dangers = new Map(byVersion.flatMap((reading) => reading.dangers).map((danger) => [danger.happens, danger]));
  const ofOne = (danger: Danger): Danger => {
    const having = byVersion.filter((reading) => reading.dangers.some(({ happens }) => happens === danger.happens));
    const [only] = having;
    if (!only || having.length === byVersion.length || danger.kind === 'dangling-manifests-at-once') return danger;
    return { ...danger, happens: `With acr-cli 0.${only.minor}: ${danger.happens}` };
  };
  return {
    dangers: [...dangers.values()].map(ofOne),
    unreadable: [...new Set([...unreadable, ...byVersion.flatMap((reading) => reading.unreadable)])],
  };
}

function forVersion(command: PurgeCommand, minor: number): PurgeReading {
  const { ago, minor: pinned } = command;
  const dangers: Danger[] = [];
  const unreadable: string[] = [];
  const age = ago === null || isOpen(ago) ? null : readAgo(ago, minor);
  if (ago !== null && age) dangers.push(...ofAge(ago, age));
  if (!command.untaggedOnly) {
    const tags = tagDangers(command, minor);
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
