import { type Ago, ageInWords, betterAgo, readAgo } from './ago.ts';
import { corrected, type Danger, pinnedImage, way } from './danger.ts';
import type { Group } from './filter-groups.ts';
import type { PurgeCommand } from './purge-command.ts';
import { repositoryDangers, tagDangers } from './tag-dangers.ts';

const dayMs = 86_400_000;

/** How a purge that deletes destroys, or does something else than it looks like. */
export function dangersOf(command: PurgeCommand, groups: readonly Group[]): readonly Danger[] {
  const { ago, untaggedOnly, untagged, filters, pinned, minor } = command;
  const dangers: Danger[] = [];
  if (ago !== null && !ago.open) {
    const age = readAgo(ago.text, minor);
    if (!('refused' in age)) dangers.push(...ofAge(command, ago.text, age));
  }
  dangers.push(...groups.flatMap((group) => repositoryDangers(command, group)));
  if (untaggedOnly === false) dangers.push(...alike(groups).flatMap((some) => tagDangers(command, some)));
  if (untaggedOnly && filters.length === 0)
    dangers.push({
      kind: 'every-dangling-manifest',
      happens:
        'It has no --filter: it deletes the untagged manifests of every repository, those that something pulls by digest among them.',
      instead: [
        way(
          'Name the repositories, and give an age',
          corrected(command, { filters: ['dev/.*:.*'], ago: ago?.text || '7d' }),
        ),
      ],
    });
  else if (untaggedOnly && (ago === null || ago.text === ''))
    dangers.push({
      kind: 'dangling-manifests-at-once',
      happens:
        'It has no --ago: a manifest is deleted as soon as it has lost its tag, also while a cluster still pulls it by digest.',
      instead: [way('Give an age', corrected(command, { ago: '7d' }))],
    });
  if (command.includeLocked)
    dangers.push({
      kind: 'locked',
      happens: 'It unlocks what somebody locked, then deletes it.',
      instead: [way('Drop --include-locked; unlock by hand what really may go', corrected(command, {}))],
    });
  if (pinned !== null && pinned < 17)
    dangers.push({
      kind: 'old-cli',
      happens: oldCli(pinned, untagged === true),
      instead: [way('Pin acr-cli 0.19', corrected(command, { image: pinnedImage }))],
    });
  return dangers;
}

/** Groups whose tags are matched by the same pattern: what is said of one is said of all of them at once. */
const alike = (groups: readonly Group[]): readonly (readonly [Group, ...Group[]])[] => {
  const same = new Map<string, [Group, ...Group[]]>();
  for (const group of groups) {
    const key = JSON.stringify(group.sources);
    const others = same.get(key);
    if (others) others.push(group);
    else same.set(key, [group]);
  }
  return [...same.values()];
};

/** Days, with a Go duration behind them, or one alone; a sign or a space changes nothing. */
const readsAsItLooks =
  /^\s*\+?\d+\.? *(?:d|days?)\s*$|^\s*\+?\d+d *(?:[\d.]+(?:h|m|s|ms|us|µs|ns))+\s*$|^\+?(?:[\d.]+(?:h|m|s|ms|us|µs|ns))+$/;

function ofAge(command: PurgeCommand, raw: string, ago: Exclude<Ago, { refused: string }>): readonly Danger[] {
  const better = corrected(command, { ago: betterAgo(raw) });
  if (ago.age <= 0)
    return [
      {
        kind: 'age',
        happens:
          ago.age < 0
            ? `--ago ${raw} puts the limit into the future: everything that matches is deleted, however new.`
            : `--ago ${raw} is no age at all: everything that matches is deleted, however new.`,
        instead: [way('Write the age without a sign, in whole days', better)],
      },
    ];
  const misread = ago.age < dayMs ? /^[\d.]+m$/.test(raw) : !readsAsItLooks.test(raw);
  return [
    ...(misread
      ? [
          {
            kind: 'misread-age',
            happens: `--ago ${raw} is read as ${ageInWords(ago.age)}.`,
            instead: [
              way(
                'Write whole days (30d), or days and a Go duration (1d12h); m is minutes, and there are no weeks',
                better,
              ),
            ],
          } as const,
        ]
      : []),
    ...(ago.age < dayMs
      ? [
          {
            kind: 'age',
            happens: `--ago ${raw} is ${ageInWords(ago.age)}: what was pushed today is deleted today.`,
            instead: [way('Give at least a day', corrected(command, { ago: '30d' }))],
          } as const,
        ]
      : []),
  ];
}

/** What each release brought: Azure/acr-cli, tags v0.3 to v0.18. */
function oldCli(minor: number, untagged: boolean): string {
  const lacks = [
    minor < 7 && 'deletes the images inside an OCI index that is still tagged (the platforms of a multi-arch image)',
    minor < 8 && 'deletes signatures and SBOMs that refer to an image',
    'ignores --ago and --keep when it deletes untagged manifests: all of them go at once',
  ].filter(Boolean);
  return `acr-cli 0.${minor} is pinned, which is old; with --untagged${untagged ? ', which stands here,' : ''} it ${lacks.join(', and ')}.`;
}
