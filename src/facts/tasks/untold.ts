import type { Task } from '../../model/facets/tasks.ts';
import { type Unknown, untold } from '../../model/outcome.ts';

/** Why it is not known what a task does: it has no step of a sort, and is none of Azure's own. `null`: it has. */
export const workUntold = (task: Task): Unknown | null =>
  task.step.kind === 'other' && task.step.type === null && task.isSystemTask !== true
    ? untold(`Azure does not say what ${task.name} does`)
    : null;
