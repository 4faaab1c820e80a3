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
  /** The newest quick runs that ended (`az acr build`, `az acr run`), which belong to no task; the newest first. */
  readonly quick: readonly QuickRun[];
}

export interface QuickRun {
  readonly id: string;
  readonly status: OpenEnum<'runStatus'> | null;
  /** The pool that it ran in; `null`: on shared agents. */
  readonly agentPool: string | null;
}

export interface TaskRun {
  readonly id: string;
  /** The name of the task. */
  readonly task: string;
  readonly status: OpenEnum<'runStatus'> | null;
  readonly createdAt: string | null;
}
