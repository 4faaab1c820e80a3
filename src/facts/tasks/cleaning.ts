import type { Evidence } from '../../model/evidence.ts';
import type { AgentPool } from '../../model/facets/agent-pools.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { Task } from '../../model/facets/tasks.ts';
import { type Observation, type Unknown, untold } from '../../model/outcome.ts';
import { abilityOf } from './place.ts';
import { type PurgeAccess, purgesOf, type TaskPurge } from './purges.ts';

/** What cleans a registry by itself. */
export interface Cleaning {
  /** The purges that are scheduled, run and delete. */
  readonly works: readonly Observation[];
  /** Why it cannot be told whether something cleans. */
  readonly unsure: readonly Unknown[];
  /** The purges that are scheduled. */
  readonly scheduled: readonly TaskPurge[];
}

/** Whether a scheduled purge of a registry runs and deletes. */
export function cleaningOf(
  tasks: readonly Task[],
  registry: Registry,
  agentPools: Evidence<readonly AgentPool[]>,
  access: PurgeAccess,
): Cleaning {
  const { purges, deletes, hidden } = purgesOf(tasks, registry, access);
  const scheduled = purges.filter((one) => one.scheduled);
  const placed = scheduled
    .map((one) => ({
      ...one,
      place: abilityOf(
        one.task,
        tasks.indexOf(one.task),
        { state: 'observed', value: registry, sources: [] },
        agentPools,
      ),
    }))
    .filter(({ place }) => place.runs !== false);
  return {
    scheduled,
    works: placed
      .filter(
        ({ task, reading, unsure, place }) =>
          reading.fate.deletes === 'yes' && !unsure && isOn(task) && place.runs === true,
      )
      .map(({ seen }) => seen),
    unsure: [
      ...hidden.filter((one) => one.scheduled).map(({ why }) => why),
      ...placed.flatMap(({ task, unsure, reading: { fate }, place }) => {
        if (unsure) return [unsure];
        if (fate.deletes === 'unknown') return [untold(`whether ${task.name} deletes: ${fate.why.join('; ')}`)];
        if (fate.deletes === 'never') return [];
        return [place.runs === null ? place.why : untold(`Azure does not say whether ${task.name} is on`)];
      }),
      ...deletes
        .filter((one) => one.scheduled)
        .map(({ task, what }) => untold(`${task.name} deletes by ${what}: whether that keeps up is not told`)),
    ],
  };
}

/** It is told that the task is on, and a timer of it. */
const isOn = ({ status, timers }: Task): boolean =>
  status === 'Enabled' && timers.some((timer) => timer.status === 'Enabled' && timer.schedule !== null);
