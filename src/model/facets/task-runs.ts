import type { OpenEnum } from '../enums.ts';

/** The newest runs of a registry's tasks, from one bounded request. */
export interface TaskRuns {
  /** Of each task the newest run, and beside it the newest one that ended if that is another. */
  readonly runs: readonly TaskRun[];
  /**
   * `null`: every run that the service keeps was seen. Otherwise the answer was cut, and runs created before this
   * instant (ISO 8601) were not seen.
   */
  readonly since: string | null;
}

export interface TaskRun {
  readonly id: string;
  /** The name of the task. Quick runs have none and are left out. */
  readonly task: string;
  readonly status: OpenEnum<'runStatus'> | null;
  readonly createdAt: string | null;
  readonly finishedAt: string | null;
}
