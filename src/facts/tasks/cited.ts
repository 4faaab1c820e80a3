import type { Task } from '../../model/facets/tasks.ts';
import type { Observation } from '../../model/outcome.ts';
import { inOneLine } from './danger.ts';
import { type Definition, ownHost } from './definition.ts';
import type { PurgeCommand } from './purge-command.ts';

/**
 * Evidence of a task holds what was read out of its definition, never the text: that may say anything, a password that
 * nobody recognised among it.
 */
const read = (task: Task, index: number, saw: unknown, says: string): Observation => ({
  at: `tasks/${index}/step/content`,
  saw,
  about: `task ${task.name}`,
  says,
});

/** The purge that a task runs, parsed. */
export const purgeCited = (task: Task, index: number, command: PurgeCommand): Observation =>
  read(task, index, parsedPurge(command), `runs ${withOwnHost(inOneLine(command))}`);

/** Another command of a task that deletes. */
export const deleteCited = (task: Task, index: number, what: string): Observation =>
  read(task, index, { deletes: what }, `deletes by ${what}`);

/** The steps of a task: what each is, and the images it names. */
export function stepsCited(task: Task, index: number, { steps }: Definition): Observation {
  const shown = steps.map(({ kind, images }) => [kind, ...images.map(withOwnHost)].join(' '));
  return read(task, index, shown, `runs ${shown.join(', then ')}`);
}

/** The host of the registry's own images as a task writes it: in each cloud it is another. */
const withOwnHost = (text: string): string => text.replaceAll(ownHost, '$Registry');

/** Something that was found in the definition of a task. */
export const foundIn = (task: Task, index: number, what: string): Observation => read(task, index, what, what);

/** That none of the tasks is what was looked for. */
export const allTasks = (tasks: readonly Task[]): Observation => ({
  at: 'tasks',
  saw: tasks.map(({ name }) => name),
  says: `${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'}`,
});

/** What is evidence of a purge: no user, no password, and nothing else that stood beside it. */
const parsedPurge = (command: PurgeCommand) => ({
  image: command.image,
  version: command.pinned === null ? null : `0.${command.pinned}`,
  filters: command.filters.map(({ text }) => withOwnHost(text)),
  ago: command.ago?.text ?? null,
  keep: command.keep,
  switches: {
    untagged: command.untagged,
    untaggedOnly: command.untaggedOnly,
    includeLocked: command.includeLocked,
    dryRun: command.dryRun,
  },
});
