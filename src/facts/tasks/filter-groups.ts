import { type Budget, budgetOf } from './pattern-match.ts';
import { type Pattern, repositoryPattern, splitFilter, tagPattern } from './patterns.ts';
import type { PurgeCommand } from './purge-command.ts';

/** The filters of one repository, joined as acr-cli joins them. */
export interface Group {
  readonly repository: string;
  /** What of the names of repositories it matches. */
  readonly whole: Pattern;
  readonly sources: readonly string[];
  readonly pattern: Pattern;
}

/** A purge of more is not read: nobody wrote it to clean. */
export const mostFilters = 200;

/** Filters of the same repository part, joined with `|` before they are compiled, as acr-cli does it. */
export function groupsOf(
  { filters, minor, untaggedOnly }: PurgeCommand,
  budget: Budget = budgetOf(),
): readonly Group[] {
  const parts = (filters.length > mostFilters ? [] : filters).flatMap(({ text, open }) => {
    const filter = open ? null : splitFilter(text, minor);
    return filter && 'repository' in filter ? [filter] : [];
  });
  return [...new Set(parts.map(({ repository }) => repository))].map((repository) => {
    const sources = parts.filter((one) => one.repository === repository).map(({ tags }) => tags);
    // Beside --untagged-only the part for tags is not read at all.
    const pattern = untaggedOnly ? { matches: () => false, fits: true } : tagPattern(sources.join('|'), minor, budget);
    return { repository, whole: repositoryPattern(repository, minor, budget), sources, pattern };
  });
}
