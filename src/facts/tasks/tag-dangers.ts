import { corrected, type Danger, type Way, way } from './danger.ts';
import { type Group, groupsOf } from './filter-groups.ts';
import { parsePattern } from './pattern-syntax.ts';
import { repositoryPattern } from './patterns.ts';
import type { PurgeCommand } from './purge-command.ts';

/** A tag of a signature or of what else hangs on an image: notation and OCI referrers, then cosign's. */
export const signatureName = /^sha256-[0-9a-f]{64}(?:\.(?:sig|att|sbom))?$/;

/** Digests of every kind of beginning, so that a pattern that takes only some of them shows. */
const digests: readonly string[] = Array.from({ length: 256 }, (_, seed) => {
  let state = seed * 2_654_435_761 + 12_345;
  return Array.from({ length: 64 }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return ((state >>> 16) % 16).toString(16);
  }).join('');
});

/** Tags of signatures, as many as a pattern is tried on. */
export const signatureTags: readonly string[] = digests.flatMap((digest, place) => {
  const tag = `sha256-${digest}`;
  return place % 4 === 0 ? [tag, `${tag}.sig`, `${tag}.att`, `${tag}.sbom`] : [tag];
});

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
  ...signatureTags.slice(0, 4),
];

/** What filters endanger that match the tags of some repositories alike. */
export function tagDangers(command: PurgeCommand, groups: readonly [Group, ...Group[]]): readonly Danger[] {
  const [{ sources, pattern }] = groups;
  if (!('matches' in pattern)) return [];
  const takes = (tag: string): boolean => pattern.matches(tag) === true;
  const where = whereWords(groups);
  const what = sources.map((source) => `'${source}'`).join(' and ');
  const matches = sources.length === 1 ? 'matches' : 'match';
  const keeps = command.keep !== null && command.keep > 0;
  const every = !keeps && command.keep !== null && everyKind.every(takes);
  const spared = swapped(command, groups, withoutThose);
  const few = corrected(command, { filters: filtersWith(command, groups, () => ['^dev-.*']), keep: 5 });
  return [
    ...(every
      ? [
          {
            kind: 'every-tag',
            happens: `${what} ${matches} every tag of ${where} and nothing is kept: the tag that production runs and latest are deleted with the rest.`,
            instead: [...onlyUntagged(command, groups), way('Match only the tags that may go, and keep some', few)],
          } as const,
        ]
      : takes('latest')
        ? [
            {
              kind: 'latest',
              happens: `${what} also ${matches} latest${takes('main') ? ' and main' : ''} in ${where}, which what runs is pulled by${keeps ? `: they stay only while they are among the newest ${command.keep} of what it takes` : ''}.`,
              instead: [way('Leave it out', spared)],
            } as const,
          ]
        : []),
    ...(signatureTags.some(takes)
      ? [
          {
            kind: 'signature-tags',
            happens: `${what} also ${matches} the tags of signatures in ${where} (sha256-…, .sig, .att, .sbom): they are deleted${keeps ? ', and --keep counts them among the tags it keeps' : ''}. cosign no longer finds its signatures then, and on a registry with a customer-managed key neither does notation.`,
            instead: sources.every((source) => /sha256|\bsig\b|\batt\b|\bsbom\b/.test(source))
              ? [way('Drop this filter: a signature must stay as long as the image it signs.')]
              : [way('Anchor the pattern to the tags you mean, or leave them out', spared)],
          } as const,
        ]
      : []),
  ];
}

/** The commonest misunderstanding: whoever writes `--untagged` beside a pattern for everything wants only those gone. */
const onlyUntagged = (command: PurgeCommand, groups: readonly Group[]): readonly Way[] =>
  command.untagged
    ? [
        way(
          'If only manifests without a tag should go',
          corrected(command, {
            filters: filtersWith(command, groups, () => ['.*']),
            ago: '7d',
            keep: 0,
            untaggedOnly: true,
          }),
        ),
      ]
    : [];

/** All filters of the command, those of some repositories with other parts for tags. */
const filtersWith = (
  command: PurgeCommand,
  groups: readonly Group[],
  tags: (sources: readonly string[]) => readonly string[],
): readonly string[] =>
  groupsOf(command).flatMap(({ repository, sources }) =>
    (groups.some((one) => one.repository === repository) ? tags(sources) : sources).map(
      (source) => `${repository}:${source}`,
    ),
  );

/** It takes latest, or tags of signatures. */
export const takesMore = ({ pattern }: Group): boolean =>
  'matches' in pattern && ['latest', ...signatureTags].some((tag) => pattern.matches(tag) === true);

/** Its repository part is `a|b`, which is not what it looks like. */
export const needsGroup = (command: PurgeCommand, repository: string): boolean =>
  alternativesOf(repository, command.minor) !== null;

const swapped = (command: PurgeCommand, groups: readonly Group[], better: (source: string) => string): string =>
  corrected(command, { filters: filtersWith(command, groups, (sources) => sources.map(better)) });

/** `^(?!latest$|sha256-)` in front; what is looked for anywhere goes on being looked for anywhere. */
export const withoutThose = (source: string): string =>
  source.startsWith('^') && !hasAlternatives(source)
    ? `^(?!latest$|sha256-)${source.slice(1)}`
    : `^(?!latest$|sha256-)${source === '.*' ? source : `.*(${source})`}`;

const hasAlternatives = (source: string): boolean => {
  try {
    return parsePattern(source, true).is === 'any';
  } catch {
    return true;
  }
};

const isEvery = (repository: string): boolean => /^\^?\.[*+]\$?$/.test(repository);

const whereWords = (groups: readonly Group[]): string => {
  if (groups.some(({ repository }) => isEvery(repository))) return 'every repository';
  const names = groups.map(({ repository }) => `'${repository}'`);
  const [shown, rest] = names.length > 4 ? [names.slice(0, 3), names.length - 3] : [names.slice(0, -1), 0];
  const last = rest > 0 ? `${rest} more` : (names.at(-1) ?? '');
  return shown.length > 0 ? `${shown.join(', ')} and ${last}` : last;
};

const sampleRepositories = ['app', 'web', 'team/app', 'samples/hello-world', 'my_app', 'a/b/c'];

/** What the part of a filter before the colon does that it does not look like. */
export function repositoryDangers(command: PurgeCommand, { repository, whole: pattern }: Group): readonly Danger[] {
  if (!('matches' in pattern)) return [];
  const takes = (name: string): boolean => pattern.matches(name) === true;
  const written = `'${repository}'`;
  const alternatives = alternativesOf(repository, command.minor);
  if (alternatives) {
    const grouped = `(${repository})`;
    const meant = repositoryPattern(grouped, command.minor);
    const also = alternatives
      .filter((one) => /^[a-z0-9._/-]+$/.test(one))
      .flatMap((one) => [`${one}-api`, `${one}2`, `samples/${one}`, `my-${one}`])
      .filter((name) => takes(name) && 'matches' in meant && !meant.matches(name));
    if (also.length > 0)
      return [
        {
          kind: 'alternation',
          happens: `${written} means: begins with '${alternatives[0]}'${alternatives
            .slice(1, -1)
            .map((one) => `, or holds '${one}'`)
            .join('')}, or ends with '${alternatives.at(-1)}'. So it also takes ${also.slice(0, 3).join(', ')}.`,
          instead: [way('Group the names', renamed(command, repository, grouped))],
        },
      ];
  }
  const glob = /^[*?+]|\/\*$|(?<!\\)\w\*/.exec(repository);
  if (glob === null) return [];
  const meant = repository.replace(/(?<![.\])\\])[*]/g, '.*').replace(/^[?+]/, '.');
  const taken = sampleRepositories.filter(takes);
  const stem = repository.replace(/[*?.]+$/, '');
  const below = /\w\/$/.test(stem) ? `${stem}app` : `${stem}-api`;
  const really =
    taken.length === sampleRepositories.length
      ? 'every repository'
      : takes(below)
        ? ['every name that ends like it', ...taken].slice(0, 3).join(', ')
        : taken.length > 0
          ? `${taken.join(', ')} and the like`
          : `nothing like ${below}`;
  return [
    {
      kind: 'glob',
      happens: `${written} is no glob but a regular expression, in which * repeats the sign before it: it takes ${really}.`,
      instead: [way('Write .* for anything', renamed(command, repository, meant))],
    },
  ];
}

/** The same filters, one repository part written otherwise. */
const renamed = (command: PurgeCommand, old: string, better: string): string =>
  corrected(command, {
    filters: groupsOf(command).flatMap(({ repository, sources }) =>
      sources.map((source) => `${repository === old ? better : repository}:${source}`),
    ),
  });

/** The alternatives of `a|b` outside of any group; `null` where there is one only. */
function alternativesOf(repository: string, minor: number): readonly string[] | null {
  try {
    const tree = parsePattern(repository, minor >= 5);
    if (tree.is !== 'any') return null;
  } catch {
    return null;
  }
  const parts = [''];
  let depth = 0;
  for (const [char] of repository.matchAll(/\\.|\[[^\]]*\]|./g)) {
    if (char === '(') depth++;
    else if (char === ')') depth--;
    if (char === '|' && depth === 0) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => part.replace(/^\^|\$$/g, ''));
}
