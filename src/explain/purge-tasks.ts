import { orUntold, purgesOf, type TaskPurges } from '../facts/tasks/purges.ts';
import { nextDue } from '../facts/tasks/schedule.ts';
import { type Evidence, notCollected } from '../model/evidence.ts';
import type { Facets } from '../model/facets.ts';
import { type PurgePages, purgeSchema } from '../pages/purge.ts';
import { pasted, purgePage, type Stage } from './purge.ts';

/** What of a registry decides which purges its tasks run; a facet that is not there was not collected. */
export type OwnPurges = {
  readonly [F in 'tasks' | 'registry' | 'roleAssignments' | 'denyAssignments']?: Evidence<Facets[F]>;
};

/** What the tasks of a registry delete; `null` where its tasks were not read. */
export const ownPurges = ({
  tasks,
  registry,
  roleAssignments,
  denyAssignments = notCollected('deny assignments are not in the snapshot'),
}: OwnPurges): TaskPurges | null =>
  tasks?.state === 'observed'
    ? purgesOf(tasks.value, orUntold(registry), roleAssignments && { roleAssignments, denyAssignments })
    : null;

/** Every purge that a registry's own tasks run, rehearsed on its tags. Pure. */
export function purgesOfTasks(own: OwnPurges, stage: Stage): PurgePages {
  const found = ownPurges(own);
  if (found === null) {
    const why = own.tasks && 'reason' in own.tasks ? own.tasks.reason : 'they are not in the snapshot';
    return { schema: purgeSchema, commands: [], unread: [`the tasks of ${stage.registry}: ${why}`] };
  }
  const { purges, deletes, hidden } = found;
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
