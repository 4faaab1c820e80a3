import type { ConnectedRegistry } from '../../model/facets/connected-registries.ts';
import { lastDue } from '../tasks/schedule.ts';

/**
 * Whether a connected registry has called since it was due before the last time: the last call may be under way. `null`
 * where Azure does not say when it is due, or when it called.
 */
export function keepsSchedule({ schedule, lastActivity }: ConnectedRegistry, now: string): boolean | null {
  const [, before] = (schedule === null ? null : lastDue(schedule, now, 2)) ?? [];
  const called = Date.parse(lastActivity ?? '');
  return before === undefined || Number.isNaN(called) ? null : called >= before;
}
