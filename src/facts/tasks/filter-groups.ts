import { type Bounds, bounds } from './pattern-match.ts';
import { type Pattern, splitFilter, tagPattern } from './patterns.ts';
import type { PurgeCommand } from './purge-command.ts';

/** The filters of one repository, joined as acr-cli joins them. */
export interface Group {
  readonly repository: string;
  readonly sources: readonly string[];
  readonly pattern: Pattern;
}

/** Filters of the same repository part, joined with `|` before they are compiled, as acr-cli does it. */
export function groupsOf({ filters, minor, untaggedOnly }: PurgeCommand, limits: Bounds = bounds): readonly Group[] {
  const parts = filters.flatMap(({ text, open }) => {
    const filter = open ? null : splitFilter(text, minor);
    return filter && 'repository' in filter ? [filter] : [];
  });
  return [...new Set(parts.map(({ repository }) => repository))].map((repository) => {
    const sources = parts.filter((one) => one.repository === repository).map(({ tags }) => tags);
    // Beside --untagged-only the part for tags is not read at all.
    const pattern = untaggedOnly ? { matches: () => false, fits: true } : tagPattern(sources.join('|'), minor, limits);
    return { repository, sources, pattern };
  });
}
