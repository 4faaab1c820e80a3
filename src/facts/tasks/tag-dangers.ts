import { type Danger, fails, type PurgeReading } from './danger.ts';
import { isOpen } from './open-words.ts';
import type { PurgeCommand } from './purge-command.ts';
import { splitFilter, tagPattern } from './tag-pattern.ts';

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

interface Pattern {
  readonly repository: string;
  readonly source: string;
  readonly matches: (tag: string) => boolean;
}

/** What the filters of a command endanger, all those of one repository taken together, as acr-cli joins them. */
export function tagDangers(command: PurgeCommand, minor: number): PurgeReading {
  const dangers: Danger[] = [];
  const unreadable: string[] = [];
  const patterns: Pattern[] = [];
  for (const text of command.filters.filter((filter) => !isOpen(filter))) {
    const filter = splitFilter(text, minor);
    const pattern = 'refused' in filter ? filter : tagPattern(filter.tags, minor);
    if ('refused' in filter) dangers.push(fails(filter.refused));
    else if ('refused' in pattern)
      dangers.push(fails(`--filter '${text}' is no regular expression: ${pattern.refused}`));
    else if ('unreadable' in pattern) unreadable.push(pattern.unreadable);
    else patterns.push({ repository: filter.repository, source: filter.tags, matches: pattern.matches });
  }
  for (const repository of new Set(patterns.map((one) => one.repository)))
    dangers.push(
      ...inRepository(
        repository,
        patterns.filter((one) => one.repository === repository),
        command.keep,
      ),
    );
  return { dangers, unreadable };
}

function inRepository(repository: string, patterns: readonly Pattern[], keep: number): readonly Danger[] {
  const where = /^\^?\.[*+]\$?$/.test(repository) ? 'every repository' : `'${repository}'`;
  const takes = (tag: string): boolean => patterns.some(({ matches }) => matches(tag));
  const every = keep <= 0 && everyKind.every(takes);
  const whole = patterns.find(({ matches }) => everyKind.every(matches));
  const signing = patterns.filter(({ matches }) => signatureTags.some(matches));
  return [
    ...(/^[\w-]+\.azurecr\.|^\$?Registry\//.test(repository) ? [withHost(repository)] : []),
    ...(every ? [everyTag(repository, where, whole ? [whole] : patterns)] : []),
    ...(signing.length > 0 ? [signatures(repository, where, signing, keep)] : []),
  ];
}

const withHost = (repository: string): Danger => ({
  kind: 'never-deletes',
  happens: `'${repository}' names the registry; acr-cli matches the repository alone, so nothing is ever deleted.`,
  instead: 'Leave the host name out: the repository only.',
});

const everyTag = (repository: string, where: string, patterns: readonly Pattern[]): Danger => ({
  kind: 'every-tag',
  happens: `${sources(patterns)} every tag of ${where} and nothing is kept: the tag that production runs and latest are deleted with the rest.`,
  instead: `Match only the tags that may go, and keep some: --filter '${repository}:^dev-.*' --keep 5.`,
});

const signatures = (repository: string, where: string, patterns: readonly Pattern[], keep: number): Danger => ({
  kind: 'signature-tags',
  happens: `${sources(patterns, 'also ')} the tags of signatures in ${where} (sha256-…, .sig, .att, .sbom): they are deleted${keep > 0 ? ', and --keep counts them among the tags it keeps' : ''}. cosign no longer finds its signatures then, and on a registry with a customer-managed key neither does notation.`,
  instead: `Anchor the pattern to the tags you mean: --filter '${repository}:^v[0-9]+$'.`,
});

/** `'.*' matches`, `'^a' and '^b' match`. */
const sources = (patterns: readonly Pattern[], how = ''): string =>
  `${patterns.map(({ source }) => `'${source}'`).join(' and ')} ${how}${patterns.length === 1 ? 'matches' : 'match'}`;
