import type { Task } from '../../model/facets/tasks.ts';
import type { Pointer } from '../../model/pointer.ts';
import { type PurgeCommand, readPurges } from './purge-command.ts';

/** A purge that a task runs, and where it is in the evidence. */
export interface TaskPurge {
  readonly task: Task;
  readonly at: Pointer;
  /** The command line as written, exactly what `at` points at. */
  readonly line: string;
  readonly command: PurgeCommand;
  /** An enabled task with an enabled timer runs it. */
  readonly scheduled: boolean;
}

export interface TaskPurges {
  readonly purges: readonly TaskPurge[];
  /** Definitions that could not be read, so that nobody knows whether they purge; each with the reason. */
  readonly hidden: readonly HiddenTask[];
}

export interface HiddenTask {
  readonly why: string;
  /** An enabled task with an enabled timer: what it may purge, it purges by itself. */
  readonly scheduled: boolean;
}

/** Every `acr purge` in the definitions of a registry's tasks. */
export function purgesOf(tasks: readonly Task[]): TaskPurges {
  const purges: TaskPurge[] = [];
  const hidden: HiddenTask[] = [];
  for (const [index, task] of tasks.entries()) {
    const { step } = task;
    const scheduled = isScheduled(task);
    if (step.kind === 'docker' || step.kind === 'other') continue;
    if (step.kind === 'file') {
      hidden.push({
        scheduled,
        why: `the definition of ${task.name} is the file ${step.path ?? ''} beside its sources`,
      });
      continue;
    }
    if (!step.definition) {
      hidden.push({ scheduled, why: `${task.name}: ${step.problem ?? 'its definition is not there'}` });
      continue;
    }
    for (const [place, { kind, command: line }] of step.definition.steps.entries()) {
      if (kind !== 'cmd' || !line) continue;
      const found = readPurges(line);
      if (found === null) hidden.push({ scheduled, why: `${task.name}: a quote is left open in '${line}'` });
      else if (found.length === 0 && /^\s*(?:<Values\.[\w?]+>|\$\w+)(?:\s|$)/.test(line))
        hidden.push({ scheduled, why: `what ${task.name} runs ('${line}') is filled in when it runs` });
      const at: Pointer = `tasks/${index}/step/definition/steps/${place}/command`;
      for (const command of found ?? []) purges.push({ task, at, line, command, scheduled });
    }
  }
  return { purges, hidden };
}

/** Anything but `Disabled` may run: tasks of 2018 have no status. */
export const mayRun = (task: Task): boolean => task.status !== 'Disabled';

const isScheduled = (task: Task): boolean =>
  mayRun(task) && task.timers.some((timer) => timer.schedule !== null && timer.status !== 'Disabled');
