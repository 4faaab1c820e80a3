import type { TaskRun, TaskRuns } from '../../model/facets/task-runs.ts';
import type { Task } from '../../model/facets/tasks.ts';
import type { Observation } from '../../model/outcome.ts';
import { lastDue } from './schedule.ts';

/** How one task has been doing. */
export interface TaskHealth {
  readonly good: readonly Observation[];
  readonly bad: readonly { readonly seen: Observation; readonly says: string }[];
  /** What could not be told, each with the reason. */
  readonly untold: readonly string[];
}

/** Runs may be forgotten by the service after this long: the age of the logs it keeps. */
const kept = 30 * 86_400_000;

/** Whether the last run of the task at that place succeeded, and its timers fired. `now` is ISO 8601. */
export function taskHealth(task: Task, index: number, taskRuns: TaskRuns, now: string): TaskHealth {
  const own = [...taskRuns.runs.entries()].filter(([, { task: of }]) => of.toLowerCase() === task.name.toLowerCase());
  const parts = [
    lastRun(task.name, own.at(-1)),
    ...task.timers.map((_, place) => timer(task, index, place, own[0]?.[1] ?? null, taskRuns.since, now)),
  ];
  return {
    good: parts.flatMap(({ good = [] }) => good),
    bad: parts.flatMap(({ bad = [] }) => bad),
    untold: parts.flatMap(({ untold = [] }) => untold),
  };
}

/** By the newest run that ended; one that is under way says nothing yet. */
function lastRun(name: string, ended: readonly [number, TaskRun] | undefined): Partial<TaskHealth> {
  if (!ended) return {};
  const [at, { status }] = ended;
  const seen = { at: `taskRuns/runs/${at}/status`, saw: status, about: name } as const;
  switch (status) {
    case 'Succeeded':
      return { good: [seen] };
    case 'Failed':
    case 'Error':
    case 'Timeout':
      return {
        bad: [{ seen: { ...seen, wanted: 'Succeeded' }, says: `${name} ended its last run as ${status}` }],
      };
    // What cancels a run, a person or a newer commit, is not documented: neither a failure nor a proof.
    case 'Canceled':
      return { untold: [`the last run of ${name} was cancelled, which says nothing about the next one`] };
    case 'Queued':
    case 'Started':
    case 'Running':
      return {};
    default:
      return { untold: [`the status of the last run of ${name} is ${status ?? 'not given'}`] };
  }
}

/** Two firings missed: the older of the last two that were due has no run after it. */
function timer(
  { name, timers, createdAt }: Task,
  index: number,
  place: number,
  newest: TaskRun | null,
  since: string | null,
  now: string,
): Partial<TaskHealth> {
  const { schedule = null, status } = timers[place] ?? {};
  if (schedule === null || status === 'Disabled') return {};
  const due = lastDue(schedule, now, 2)?.[1];
  if (due === undefined || (createdAt !== null && Date.parse(createdAt) > due)) return {};
  const ranAt = newest?.createdAt;
  if (ranAt && Date.parse(ranAt) >= due) return {};
  if (!newest && ((since !== null && Date.parse(since) > due) || Date.parse(now) - due > kept))
    return { untold: [`whether ${name} ran since ${new Date(due).toISOString()}: older runs were not seen`] };
  const seen = { at: `tasks/${index}/timers/${place}/schedule`, saw: schedule, about: name } as const;
  return {
    bad: [{ seen, says: `${name} has not run since ${ranAt ?? 'it was created'}, though it was due twice` }],
  };
}
