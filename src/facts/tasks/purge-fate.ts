import { shellWord } from '../../model/shell.ts';
import { type Ago, betterAgo, readAgo } from './ago.ts';
import { corrected, type Danger, type Fate, fails, idle, pinnedImage, type Way, way } from './danger.ts';
import type { Group } from './filter-groups.ts';
import { filtersMeant, type Pattern, repositoryPattern, splitFilter, tagPattern } from './patterns.ts';
import type { PurgeCommand, Said } from './purge-command.ts';

/** The one answer to whether a purge ever deletes. */
export function fateOf(
  command: PurgeCommand,
  groups: readonly Group[],
  tooOld: boolean,
  unreadable: readonly string[],
): Fate {
  const { ago, dryRun, refused, minor, pinned, filters } = command;
  if (refused !== null) return fails(refused, mended(command, refused));
  if (tooOld)
    return {
      deletes: 'never',
      danger: {
        kind: 'old-cli',
        happens: `acr-cli 0.${pinned} ends in 401 on a registry with permissions by repository (ABAC), whatever its identity may do: only 0.19 and later can purge it.`,
        instead: [way('Pin acr-cli 0.19', corrected(command, { image: pinnedImage }))],
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
      const never = filterNever(command, filter, groups);
      if (never) return never;
    }
    const never = filters.every(({ open }) => !open) ? groupsNever(command, groups) : null;
    if (never) return never;
  }
  return unreadable.length > 0 ? { deletes: 'unknown', why: unreadable } : { deletes: 'yes' };
}

/** One filter that is none, or whose repository is no pattern, stops the whole command before anything is deleted. */
function filterNever(command: PurgeCommand, { text }: Said, groups: readonly Group[]): Fate | null {
  const filter = splitFilter(text, command.minor);
  if ('refused' in filter) {
    const filters = command.filters.flatMap((one) => (one.text === text ? filtersMeant(text) : [one.text]));
    return fails(
      `--filter '${text}': ${filter.refused}`,
      way(filters.length > command.filters.length ? 'Write both' : 'Write', corrected(command, { filters })),
    );
  }
  const whole = groups.find(({ repository }) => repository === filter.repository)?.whole;
  if (whole === undefined || !('refused' in whole)) return null;
  const plain = filter.repository.replace(/[()[\]{}*+?\\]/g, '');
  return fails(
    `the repository part '${filter.repository}' is no regular expression (${whole.refused})`,
    way('Mend it', swapped(command, text, `${plain}:${filter.tags}`)),
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
      way(
        'Leave the host name out',
        corrected(command, {
          filters: groups.map(({ repository, sources }) => `${repository.replace(/^[^/]*\//, '')}:${sources[0]}`),
        }),
      ),
    );
  const dead = deadOf(command, groups);
  if (dead) return dead;
  const [first] = groups;
  const isRefused = (pattern: Pattern): boolean => 'refused' in pattern;
  if (command.untaggedOnly || !first || !groups.every(({ pattern }) => isRefused(pattern))) return null;
  if (!joins(groups).every(isRefused)) return null;
  const why = 'refused' in first.pattern ? first.pattern.refused : 'it is no regular expression';
  const mend = first.sources.map((source) => source.replace(/[()[\]{}*+?\\|]/g, '')).join('|') || '^dev-';
  return fails(
    `--filter '${first.repository}:${first.sources.join('|')}' is no regular expression (${why})`,
    way('Mend it', corrected(command, { filters: [`${first.repository}:${mend}`] })),
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

/** No name of a repository, or none of a tag, can ever match. */
function deadOf(command: PurgeCommand, groups: readonly Group[]): Fate | null {
  const repositories = groups.filter(({ whole }) => neverFits(whole));
  const tags = groups.filter(({ pattern }) => !command.untagged && !command.untaggedOnly && neverFits(pattern));
  if (!groups.every((group) => repositories.includes(group) || tags.includes(group))) return null;
  const [repository] = repositories.map((one) => one.repository);
  if (repository !== undefined) {
    const small = repository.toLowerCase();
    const lowers = !neverFits(repositoryPattern(small, command.minor));
    const why = lowers
      ? 'names of repositories are in small letters'
      : /\$\{?\w/.test(repository)
        ? 'a variable in single quotes is not filled in, and $ ends a name'
        : 'it is a regular expression from ^ to $ over the whole name';
    const better = lowers ? small : repository.replace(/\$\{?\w+\}?/g, 'app').replace(/[^a-z0-9._/-]/g, '') || 'app';
    const filters = groups.map((one) => `${one.repository === repository ? better : one.repository}:${one.sources[0]}`);
    return idle(
      `No repository can have a name that '${repository}' matches (${why}), so nothing is ever deleted.`,
      way('Write the name', corrected(command, { filters })),
    );
  }
  const [first] = tags;
  if (!first) return null;
  const source = first.sources.join('|');
  const plain = source.replace(/[^\w.-]/g, '');
  return idle(
    `No tag can match '${source}', so nothing is ever deleted.`,
    plain === ''
      ? way('If only manifests without a tag should go', corrected(command, { ago: '7d', untaggedOnly: true }))
      : way('Match the tags you mean', corrected(command, { filters: [`${first.repository}:^${plain}`] })),
  );
}

const neverFits = (pattern: Pattern): boolean => 'fits' in pattern && !pattern.fits;

const swapped = (command: PurgeCommand, old: string, better: string): string =>
  corrected(command, { filters: command.filters.map(({ text }) => (text === old ? better : text)) });

/** What to write in place of a command that acr-cli refuses: what is wrong in it comes out, what is missing comes in. */
const mended = (command: PurgeCommand, why: string): Way => {
  const filters = command.filters.length > 0 || command.untaggedOnly ? {} : { filters: ['app:^dev-'] };
  const ago = command.ago || command.untaggedOnly ? {} : { ago: '30d' };
  const image = /does not know/.test(why) && command.pinned !== null ? { image: pinnedImage } : {};
  return way('Write', corrected(command, { ...filters, ...ago, ...image }));
};

function agoNever(command: PurgeCommand, raw: string, ago: Ago): Fate | null {
  const better = corrected(command, { ago: betterAgo(raw) });
  if ('refused' in ago) return fails(`--ago ${shellWord(raw)}: ${ago.refused}`, way('Write whole days', better));
  if (ago.capped)
    return idle(
      `--ago ${raw} is read as 150 years: nothing is ever that old, so nothing is ever deleted.`,
      way('Write the age you mean, in whole days', better),
      way('If no tag should ever go', corrected(command, { ago: '7d', untaggedOnly: true })),
    );
  return null;
}

const dryRunDanger: Danger & { readonly kind: 'dry-run' } = {
  kind: 'dry-run',
  happens: '--dry-run was left in: the task runs on schedule and never deletes anything.',
  instead: [way('Read the log of a dry run once, then take --dry-run out.')],
};
