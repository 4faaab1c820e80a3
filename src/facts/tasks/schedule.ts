import { Cron } from 'croner';

/** ACR reads five fields in UTC as NCronTab does: day of month and weekday must both match, unlike in cron. */
const readAs = { timezone: 'UTC', mode: '5-part', domAndDow: true, paused: true } as const;

/** What NCronTab reads; the library here reads more: `@daily`, `L`, `#`, `?`. */
const fields = /^\s*[\d*,/A-Za-z-]+(?:\s+[\d*,/A-Za-z-]+){4}\s*$/;
const named = /[A-Za-z]+/g;
const names = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat)$/i;

/** Throws where nobody here can read it. */
function cron(schedule: string): Cron {
  if (!fields.test(schedule) || (schedule.match(named) ?? []).some((name) => !names.test(name)))
    throw new TypeError(`'${schedule}' is no schedule of five fields`);
  return new Cron(schedule, readAs);
}

/**
 * The instants (milliseconds) at which a timer trigger should last have fired before `now`, newest first. `null` for a
 * schedule that cannot be read.
 */
export function lastDue(schedule: string, now: string, count: number): readonly number[] | null {
  try {
    return cron(schedule)
      .previousRuns(count, new Date(now))
      .map((at) => at.getTime());
  } catch {
    return null;
  }
}

/** When it fires next, ISO 8601; `null` where that can't be read. */
export function nextDue(schedule: string, now: string): string | null {
  try {
    return cron(schedule).nextRun(new Date(now))?.toISOString() ?? null;
  } catch {
    return null;
  }
}
