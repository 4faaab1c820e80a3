import type { Danger, Fate } from './danger.ts';
import { type Group, groupsOf, mostFilters } from './filter-groups.ts';
import { type Budget, budgetOf } from './pattern-match.ts';
import type { PurgeCommand } from './purge-command.ts';
import { dangersOf } from './purge-dangers.ts';
import { fateOf } from './purge-fate.ts';

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
export function readPurge(
  command: PurgeCommand,
  { scheduled, abac }: Where,
  budget: Budget = budgetOf(),
): PurgeReading {
  const groups = groupsOf(command, budget);
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
    ...(command.filters.length > mostFilters ? [`it has more than ${mostFilters} filters`] : []),
    ...groups.flatMap(unreadableOf),
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

function unreadableOf({ repository, whole, sources, pattern }: Group): readonly string[] {
  const both = 'it may delete what it matches, or stop with an error';
  return [
    ...('unreadable' in whole ? [`the repository part '${repository}': ${whole.unreadable}; ${both}`] : []),
    ...('unreadable' in pattern ? [`'${sources.join('|')}': ${pattern.unreadable}; ${both}`] : []),
  ];
}
