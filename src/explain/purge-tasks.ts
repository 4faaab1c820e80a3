import { purgesOf } from '../facts/tasks/purges.ts';
import { nextDue } from '../facts/tasks/schedule.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Task } from '../model/facets/tasks.ts';
import { type PurgePages, purgeSchema } from '../pages/purge.ts';
import { pasted, purgePage, type Stage } from './purge.ts';

/** Every purge that a registry's own tasks run, rehearsed on its tags. Pure. */
export function purgesOfTasks(tasks: Evidence<readonly Task[]> | null, stage: Stage): PurgePages {
  if (tasks?.state !== 'observed')
    return {
      schema: purgeSchema,
      commands: [],
      unread: [`the tasks of ${stage.registry}: ${tasks?.reason ?? 'they are not in the snapshot'}`],
    };
  const mode = stage.abac === null ? null : stage.abac ? 'AbacRepositoryPermissions' : 'LegacyRegistryPermissions';
  const { purges, deletes, hidden } = purgesOf(tasks.value, { id: '', roleAssignmentMode: mode });
  return {
    schema: purgeSchema,
    commands: purges.map(({ task, command, scheduled, reading }) => {
      const schedule = scheduled ? (task.timers.find(({ status }) => status !== 'Disabled')?.schedule ?? null) : null;
      const next = schedule === null ? null : nextDue(schedule, stage.now);
      return purgePage(command, { ...pasted, task: task.name, schedule, next }, stage, reading);
    }),
    unread: [
      ...hidden.map(({ why }) => why.reason),
      ...deletes.map(({ task, what }) => `${task.name} deletes by ${what}, which is not rehearsed`),
    ],
  };
}
