import type { TaskRun, TaskRuns } from '../../model/facets/task-runs.ts';
import type { Task } from '../../model/facets/tasks.ts';
import type { Observation } from '../../model/outcome.ts';
import { type Unknown, untold } from '../../model/outcome.ts';
import { lastDue, nextDue } from './schedule.ts';

/** One thing that says how a task has been doing: its last run, a run that waits, a timer. */
export type Sign =
  | { readonly well: true; readonly seen: Observation }
  | { readonly well: false; readonly seen: Observation; readonly says: string }
  | { readonly well: null; readonly why: Unknown };

/** Runs may be forgotten by the service after this long: the age of the logs it keeps. */
const kept = 30 * 86_400_000;
/** No task may run longer: MicrosoftDocs container-registry-tasks-reference-yaml.md. */
const longest = 8 * 3_600;

/** How the task at that place has been doing. `now` is ISO 8601. */
export function signsOf(task: Task, index: number, taskRuns: TaskRuns, now: string): readonly Sign[] {
  const own = [...taskRuns.runs.entries()].filter(([, { task: of }]) => of.toLowerCase() === task.name.toLowerCase());
  const [newest] = own;
  return [
    ...(newest && isUnderWay(newest[1]) ? underWay(task, newest, now, own.length > 1) : []),
    ...lastEnded(task.name, newest && isUnderWay(newest[1]) ? own.at(-1) : newest),
    ...task.timers.flatMap((_, place) => timer(task, index, place, newest?.[1] ?? null, taskRuns.since, now)),
  ];
}

const isUnderWay = ({ status }: TaskRun): boolean =>
  status === 'Queued' || status === 'Started' || status === 'Running';

/** A run that waits or runs past the timeout of its task is stuck: nothing will end it. */
function underWay(
  { name, timeoutSeconds }: Task,
  [at, { status, createdAt }]: readonly [number, TaskRun],
  now: string,
  hasEnded: boolean,
): readonly Sign[] {
  const seen = { at: `taskRuns/runs/${at}/status`, saw: status, about: `task ${name}` } as const;
  if (createdAt === null) return [{ well: null, why: untold(`Azure does not say since when a run of ${name} waits`) }];
  const age = (Date.parse(now) - Date.parse(createdAt)) / 1_000;
  const hours = Math.floor(age / 3_600);
  if (age > Math.min(timeoutSeconds ?? longest, longest))
    return [
      {
        well: false,
        seen: { ...seen, wanted: 'Succeeded' },
        says: `a run of ${name} is ${status} for ${hours > 0 ? `${hours} hours` : `${Math.floor(age / 60)} minutes`}, longer than the task may take: it is stuck`,
      },
    ];
  return hasEnded ? [] : [{ well: null, why: untold(`the first run of ${name} that is known is still ${status}`) }];
}

/** By the newest run that ended; one that is under way says nothing yet. */
function lastEnded(name: string, ended: readonly [number, TaskRun] | undefined): readonly Sign[] {
  if (!ended || isUnderWay(ended[1])) return [];
  const [at, { status }] = ended;
  const seen = { at: `taskRuns/runs/${at}/status`, saw: status, about: `task ${name}` } as const;
  switch (status) {
    case 'Succeeded':
      return [{ well: true, seen }];
    case 'Failed':
    case 'Error':
    case 'Timeout':
      return [{ well: false, seen: { ...seen, wanted: 'Succeeded' }, says: `${name} ended its last run as ${status}` }];
    // What cancels a run, a person or a newer commit, is not documented: neither a failure nor a proof.
    case 'Canceled':
      return [
        { well: null, why: untold(`the last run of ${name} was cancelled, which says nothing about the next one`) },
      ];
    default:
      return [{ well: null, why: untold(`the status of the last run of ${name} is ${status ?? 'not given'}`) }];
  }
}

/** Two firings missed: the older of the last two that were due has no run after it. */
function timer(
  { name, timers, createdAt, changedAt }: Task,
  index: number,
  place: number,
  newest: TaskRun | null,
  since: string | null,
  now: string,
): readonly Sign[] {
  const { schedule = null, status } = timers[place] ?? {};
  if (schedule === null || status === 'Disabled') return [];
  const dues = lastDue(schedule, now, 2);
  if (dues === null)
    return [
      { well: null, why: untold(`the schedule '${schedule}' of ${name} cannot be read, so neither when it was due`) },
    ];
  const at = `tasks/${index}/timers/${place}/schedule` as const;
  const seen = { at, saw: schedule, about: `task ${name}` } as const;
  if (dues.length === 0 && nextDue(schedule, now) === null)
    return [{ well: false, seen, says: `${name} never runs by its timer: no day is ever '${schedule}'` }];
  const due = dues[1];
  const after = (at: string | null | undefined): boolean => at != null && Date.parse(at) >= (due ?? 0);
  // Judged from its last change on: what was switched on again yesterday missed nothing before.
  if (due === undefined || after(createdAt) || after(changedAt) || after(newest?.createdAt)) return [];
  const instant = new Date(due).toISOString();
  if (!newest && ((since !== null && Date.parse(since) > due) || Date.parse(now) - due > kept))
    return [{ well: null, why: untold(`whether ${name} ran since ${instant}: older runs were not seen`) }];
  const missed = `${name} has not run since ${newest?.createdAt ?? 'it was created'}, though it was due twice`;
  if (changedAt === null)
    return [
      { well: null, why: untold(`${missed}; whether it was changed or switched off in between Azure does not say`) },
    ];
  return [{ well: false, seen, says: missed }];
}
