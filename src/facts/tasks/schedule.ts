import { Cron } from 'croner';

/** ACR reads five fields in UTC as NCronTab does: day of month and weekday must both match, unlike in cron. */
const readAs = { timezone: 'UTC', mode: '5-part', domAndDow: true, paused: true } as const;

/**
 * The instants (milliseconds) at which a timer trigger should last have fired before `now`, newest first. `null` for a
 * schedule that cannot be read.
 */
export function lastDue(schedule: string, now: string, count: number): readonly number[] | null {
  try {
    return new Cron(schedule, readAs).previousRuns(count, new Date(now)).map((at) => at.getTime());
  } catch {
    return null;
  }
}

/** When it fires next, ISO 8601; `null` where that can't be read. */
export function nextDue(schedule: string, now: string): string | null {
  try {
    return new Cron(schedule, readAs).nextRun(new Date(now))?.toISOString() ?? null;
  } catch {
    return null;
  }
}
