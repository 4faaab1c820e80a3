import { Cron } from 'croner';

/**
 * The instants (milliseconds) at which a timer trigger should last have fired before `now`, newest first. ACR reads the
 * five fields in UTC. `null` for a schedule that is none.
 */
export function lastDue(schedule: string, now: string, count: number): readonly number[] | null {
  try {
    const cron = new Cron(schedule, { timezone: 'UTC', mode: '5-part', paused: true });
    return cron.previousRuns(count, new Date(now)).map((at) => at.getTime());
  } catch {
    return null;
  }
}
