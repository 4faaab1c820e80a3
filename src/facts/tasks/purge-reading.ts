import { type Ago, ageInWords, betterAgo, readAgo } from './ago.ts';
import type { Danger } from './danger.ts';
import { corrected, type Fate, fails, idle, pinnedImage } from './danger.ts';
import { type Bounds, bounds } from './pattern-match.ts';
import { type Pattern, repositoryPattern, splitFilter, tagPattern } from './patterns.ts';
import type { PurgeCommand, Said } from './purge-command.ts';
import { type Group, repositoryDangers, tagDangers } from './tag-dangers.ts';

const dayMs = 86_400_000;

/** Where a purge runs, as far as that changes what it does. */
export interface Where {
  /** Something runs it again and again: then a dry run is a mistake. */
  readonly scheduled: boolean;
  /** Whether the registry has permissions by repository; `null`: not told. Asked only where it matters. */
  readonly abac: () => boolean | null;
}

export interface PurgeReading {
  readonly fate: Fate;
  readonly dangers: readonly Danger[];
  /** What could not be judged, each with the reason. */
  readonly unreadable: readonly string[];
}

/** Whether a purge ever deletes, how it destroys where it does, and what can't be told of it. */
export function readPurge(command: PurgeCommand, { scheduled, abac }: Where, limits: Bounds = bounds): PurgeReading {
  const groups = groupsOf(command, limits);
  const old = command.pinned !== null && command.pinned < 19;
  const refusedThere = old ? abac() : false;
  const unreadable = [
    ...command.open,
    ...(refusedThere === null
      ? [
          'whether the registry has permissions by repository (ABAC), where acr-cli before 0.19 cannot purge, is not told',
        ]
      : []),
    ...[...command.filters, ...(command.ago ? [command.ago] : [])]
      .filter(({ open }) => open)
      .map(({ text }) => `'${text}' is filled in when it runs, and with what is not known here`),
    ...groups.flatMap(({ repository, sources, pattern }) => unreadableOf(command, repository, sources, pattern)),
  ];
  const fate = fateOf(command, groups, refusedThere === true, unreadable);
  if (fate.deletes === 'never') {
    const meant = fate.danger.kind === 'dry-run' && !scheduled;
    return { fate, dangers: meant ? [] : [fate.danger], unreadable: [] };
  }
  const dangers = command.loose ? [] : dangersOf(command, groups);
  const spent = groups.filter(isSpent).map(({ sources }) => `'${sources.join('|')}' costs more than this tool spends`);
  return { fate, dangers, unreadable: [...new Set([...unreadable, ...spent])] };
}

/** What was asked of the pattern cost more than its bound: what it did not match it may match. */
const isSpent = ({ pattern }: Group): boolean => 'matches' in pattern && pattern.matches('latest') === null;

/** Filters of the same repository part, joined with `|` before they are compiled, as acr-cli does it. */
export function groupsOf({ filters, minor, untaggedOnly }: PurgeCommand, limits: Bounds = bounds): readonly Group[] {
  const parts = filters.flatMap(({ text, open }) => {
    const filter = open ? null : splitFilter(text, minor);
    return filter && 'repository' in filter ? [filter] : [];
  });
  return [...new Set(parts.map(({ repository }) => repository))].map((repository) => {
    const sources = parts.filter((one) => one.repository === repository).map(({ tags }) => tags);
    // Beside --untagged-only the part for tags is not read at all.
    const pattern = untaggedOnly ? { matches: () => false } : tagPattern(sources.join('|'), minor, limits);
    return { repository, sources, pattern };
  });
}

function unreadableOf(
  { minor }: PurgeCommand,
  repository: string,
  sources: readonly string[],
  pattern: Pattern,
): readonly string[] {
  const whole = repositoryPattern(repository, minor);
  const both = 'it may delete what it matches, or stop with an error';
  return [
    ...('unreadable' in whole ? [`the repository part '${repository}': ${whole.unreadable}; ${both}`] : []),
    ...('unreadable' in pattern ? [`'${sources.join('|')}': ${pattern.unreadable}; ${both}`] : []),
  ];
}

/** The one answer to whether a purge ever deletes. */
function fateOf(command: PurgeCommand, groups: readonly Group[], tooOld: boolean, unreadable: readonly string[]): Fate {
  const { ago, dryRun, refused, minor, pinned, filters } = command;
  if (refused !== null) return fails(refused, mended(command, refused));
  if (tooOld)
    return {
      deletes: 'never',
      danger: {
        kind: 'old-cli',
        happens: `acr-cli 0.${pinned} ends in 401 on a registry with permissions by repository (ABAC), whatever its identity may do: only 0.19 and later can purge it.`,
        instead: `Pin acr-cli 0.19: ${corrected(command, { image: pinnedImage })}`,
      },
    };
  if (dryRun && command.open.length === 0) return { deletes: 'never', danger: dryRunDanger };
  const sureAgo = command.open.length === 0 && ago !== null && !ago.open && !(ago.text === '' && command.untaggedOnly);
  if (sureAgo) {
    const never = agoNever(command, ago.text, readAgo(ago.text, minor));
    if (never) return never;
  }
  if (command.open.length === 0) {
    for (const filter of filters.filter(({ open }) => !open)) {
      const never = filterNever(command, filter);
      if (never) return never;
    }
    const never = filters.every(({ open }) => !open) ? groupsNever(command, groups) : null;
    if (never) return never;
  }
  return unreadable.length > 0 ? { deletes: 'unknown', why: unreadable } : { deletes: 'yes' };
}

/** One filter that is none, or whose repository is no pattern, stops the whole command before anything is deleted. */
function filterNever(command: PurgeCommand, { text }: Said): Fate | null {
  const filter = splitFilter(text, command.minor);
  if ('refused' in filter) {
    const better = text.includes(':') ? 'app:^dev-' : `${text === '' ? 'app' : text}:^dev-`;
    return fails(`--filter '${text}': ${filter.refused}`, `Write both: ${swapped(command, text, better)}`);
  }
  const whole = repositoryPattern(filter.repository, command.minor);
  if (!('refused' in whole)) return null;
  const plain = filter.repository.replace(/[()[\]{}*+?\\]/g, '');
  return fails(
    `the repository part '${filter.repository}' is no regular expression (${whole.refused})`,
    `Mend it: ${swapped(command, text, `${plain}:${filter.tags}`)}`,
  );
}

/** Nothing is deleted where no filter can match a repository, or every pattern for tags is refused. */
function groupsNever(command: PurgeCommand, groups: readonly Group[]): Fate | null {
  if (groups.length === 0) return null;
  const hosts = groups.filter(({ repository }) => /^\^?[\w-]+(?:\.[\w-]+)*\\?\.azurecr\\?\./.test(repository));
  const [host] = hosts;
  if (host && hosts.length === groups.length)
    return idle(
      `'${host.repository}' names the registry; acr-cli matches the repository alone, so nothing is ever deleted.`,
      `Leave the host name out: ${corrected(command, { filters: groups.map(({ repository, sources }) => `${repository.replace(/^[^/]*\//, '')}:${sources[0]}`) })}`,
    );
  const [first] = groups;
  if (command.untaggedOnly || !first || !joins(groups).every((pattern) => 'refused' in pattern)) return null;
  const why = 'refused' in first.pattern ? first.pattern.refused : 'it is no regular expression';
  const mend = first.sources.map((source) => source.replace(/[()[\]{}*+?\\|]/g, '')).join('|') || '^dev-';
  return fails(
    `--filter '${first.repository}:${first.sources.join('|')}' is no regular expression (${why})`,
    `Mend it: ${corrected(command, { filters: [`${first.repository}:${mend}`] })}`,
  );

  /** A repository may fit several groups, whose patterns are joined then as well. */
  function joins(all: readonly Group[]): readonly Pattern[] {
    if (all.length > 6) return [{ unreadable: 'too many' }];
    const subsets = Array.from({ length: 2 ** all.length - 1 }, (_, bits) =>
      all.filter((_, place) => (bits + 1) & (1 << place)),
    );
    return subsets.map((some) => tagPattern(some.flatMap(({ sources }) => sources).join('|'), command.minor));
  }
}

const swapped = (command: PurgeCommand, old: string, better: string): string =>
  corrected(command, { filters: command.filters.map(({ text }) => (text === old ? better : text)) });

/** What to write in place of a command that acr-cli refuses: what is wrong in it comes out, what is missing comes in. */
const mended = (command: PurgeCommand, why: string): string => {
  const filters = command.filters.length > 0 || command.untaggedOnly ? {} : { filters: ['app:^dev-'] };
  const ago = command.ago || command.untaggedOnly ? {} : { ago: '30d' };
  const image = /does not know/.test(why) && command.pinned !== null ? { image: pinnedImage } : {};
  return `Write: ${corrected(command, { ...filters, ...ago, ...image })}`;
};

function agoNever(command: PurgeCommand, raw: string, ago: Ago): Fate | null {
  const better = corrected(command, { ago: betterAgo(raw) });
  if ('refused' in ago) return fails(`--ago ${raw || "''"}: ${ago.refused}`, `Write whole days: ${better}`);
  if (ago.capped)
    return idle(
      `--ago ${raw} is read as 150 years: nothing is ever that old, so nothing is ever deleted.`,
      `Write the age you mean in whole days: ${better}; or, if no tag should ever go, --untagged-only.`,
    );
  return null;
}

function dangersOf(command: PurgeCommand, groups: readonly Group[]): readonly Danger[] {
  const { ago, untaggedOnly, untagged, filters, pinned, minor } = command;
  const dangers: Danger[] = [];
  if (ago !== null && !ago.open) {
    const age = readAgo(ago.text, minor);
    if (!('refused' in age)) dangers.push(...ofAge(command, ago.text, age));
  }
  for (const group of groups) {
    dangers.push(...repositoryDangers(command, group.repository));
    if (untaggedOnly === false) dangers.push(...tagDangers(command, group));
  }
  if (untaggedOnly && filters.length === 0)
    dangers.push({
      kind: 'every-dangling-manifest',
      happens:
        'It has no --filter: it deletes the untagged manifests of every repository, those that something pulls by digest among them.',
      instead: `Name the repositories, and give an age: ${corrected(command, { filters: ['dev/.*:.*'], ago: ago?.text || '7d' })}`,
    });
  else if (untaggedOnly && (ago === null || ago.text === ''))
    dangers.push({
      kind: 'dangling-manifests-at-once',
      happens:
        'It has no --ago: a manifest is deleted as soon as it has lost its tag, also while a cluster still pulls it by digest.',
      instead: `Give an age: ${corrected(command, { ago: '7d' })}`,
    });
  if (command.includeLocked)
    dangers.push({
      kind: 'locked',
      happens: 'It unlocks what somebody locked, then deletes it.',
      instead: 'Drop --include-locked; unlock by hand what really may go.',
    });
  if (pinned !== null && pinned < 17)
    dangers.push({
      kind: 'old-cli',
      happens: oldCli(pinned, untagged === true),
      instead: `Pin acr-cli 0.19: ${corrected(command, { image: pinnedImage })}`,
    });
  return dangers;
}

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
        instead: `Write the age without a sign, in whole days: ${better}`,
      },
    ];
  const minutes = /^[\d.]+m$/.test(raw);
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
    ...(ago.age < dayMs
      ? [
          {
            kind: 'age',
            happens: `--ago ${raw} is ${ageInWords(ago.age)}: what was pushed today is deleted today.`,
            instead: `Give at least a day: ${corrected(command, { ago: '30d' })}`,
          } as const,
        ]
      : []),
  ];
}

const dryRunDanger: Danger & { readonly kind: 'dry-run' } = {
  kind: 'dry-run',
  happens: '--dry-run was left in: the task runs on schedule and never deletes anything.',
  instead: 'Read the log of a dry run once, then take --dry-run out.',
};

/** What each release brought: Azure/acr-cli, tags v0.3 to v0.18. */
function oldCli(minor: number, untagged: boolean): string {
  const lacks = [
    minor < 7 && 'deletes the images inside an OCI index that is still tagged (the platforms of a multi-arch image)',
    minor < 8 && 'deletes signatures and SBOMs that refer to an image',
    'ignores --ago and --keep when it deletes untagged manifests: all of them go at once',
  ].filter(Boolean);
  return `acr-cli 0.${minor} is pinned, which is old; with --untagged${untagged ? ', which stands here,' : ''} it ${lacks.join(', and ')}.`;
}
