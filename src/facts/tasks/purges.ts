import type { Evidence } from '../../model/evidence.ts';
import type { DenyAssignment } from '../../model/facets/deny-assignments.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { RoleAssignments } from '../../model/facets/role-assignments.ts';
import type { Task } from '../../model/facets/tasks.ts';
import { type Observation, type Unknown, untold } from '../../model/outcome.ts';
import { type PurgeRights, purgeRights } from '../access/purge-rights.ts';
import { deleteCited, purgeCited } from './cited.ts';
import { type Danger, fails, way, wayInWords } from './danger.ts';
import { definitionOf, neverRuns } from './definition.ts';
import { deletionsOf } from './find-purges.ts';
import { type Budget, budgetOf } from './pattern-match.ts';
import type { PurgeCommand } from './purge-command.ts';
import { type PurgeReading, readPurge } from './purge-reading.ts';

/** A purge that a task runs, and what it does. */
export interface TaskPurge {
  readonly task: Task;
  readonly seen: Observation;
  readonly command: PurgeCommand;
  /** An enabled task with an enabled timer runs it. */
  readonly scheduled: boolean;
  readonly reading: PurgeReading;
  /** Why it cannot be told whether its identity may purge; `null`: it can, or nobody asked. */
  readonly unsure: Unknown | null;
  /** What its identity lacks; `null`: nothing that is known. */
  readonly barred: Barred | null;
}

/** An identity that may not purge, and why. */
type Barred = Extract<PurgeRights, { held: false }>;

/** A task that deletes by another command than a purge. */
export interface TaskDelete {
  readonly task: Task;
  readonly seen: Observation;
  readonly what: string;
  /** What it deletes is only known when it runs. */
  readonly open: boolean;
  readonly scheduled: boolean;
}

/** A task of which nobody can tell whether it deletes. */
export interface HiddenTask {
  readonly task: Task;
  readonly why: Unknown;
  readonly scheduled: boolean;
}

export interface TaskPurges {
  readonly purges: readonly TaskPurge[];
  readonly deletes: readonly TaskDelete[];
  readonly hidden: readonly HiddenTask[];
  /** What more may be asked of their patterns. */
  readonly budget: Budget;
}

/** What decides who may purge. */
export interface PurgeAccess {
  readonly roleAssignments: Evidence<RoleAssignments>;
  readonly denyAssignments: Evidence<readonly DenyAssignment[]>;
}

/** What the tasks of a registry delete; by `access`, whether they may. */
export function purgesOf(
  tasks: readonly Task[],
  registry: Pick<Registry, 'id' | 'roleAssignmentMode'>,
  access?: PurgeAccess,
): TaskPurges {
  const purges: TaskPurge[] = [];
  const deletes: TaskDelete[] = [];
  const hidden: HiddenTask[] = [];
  const budget = budgetOf();
  for (const [index, task] of tasks.entries()) {
    const { step } = task;
    const scheduled = isScheduled(task);
    const hide = (why: string): unknown => hidden.push({ task, scheduled, why: untold(`${task.name}: ${why}`) });
    if (step.kind === 'file') hide(`its definition is the file ${step.path ?? ''} beside its sources`);
    if (step.kind !== 'encoded') continue;
    const read = definitionOf(task, step);
    if ('problem' in read) {
      hide(read.problem);
      continue;
    }
    for (const one of read.definition.steps.flatMap((each) => deletionsOf(each, read.definition))) {
      if (one.is === 'hidden') hide(one.why);
      else if (one.is === 'delete')
        deletes.push({ task, seen: deleteCited(task, index, one.what), scheduled, what: one.what, open: one.open });
      else {
        const { command } = one;
        const version = neverRuns(read.definition, command.image);
        const never = version === null ? one.stuck && stuckBehind(one.stuck) : oldVersion(version);
        const reading = never
          ? { fate: never, dangers: never.deletes === 'never' ? [never.danger] : [], unreadable: [] }
          : readPurge(command, { scheduled, abac: () => isAbac(registry) }, budget);
        const rights: PurgeRights =
          access === undefined || command.ownLogin || reading.fate.deletes === 'never'
            ? { held: true }
            : purgeRights(task, registry, access.roleAssignments, access.denyAssignments);
        const barred = rights.held === false ? rights : null;
        purges.push({
          task,
          seen: purgeCited(task, index, command),
          command,
          scheduled,
          reading: barred ? refused(task, barred) : reading,
          unsure: rights.held === null ? rights.why : null,
          barred,
        });
      }
    }
  }
  return { purges, deletes, hidden, budget };
}

/** Why each run of a task ends in an error, where a purge of it can only fail, and what to do; `null`: nothing is known. */
export function whyItFails(task: Task, registry: Evidence<Registry>, access: PurgeAccess): string | null {
  const { purges } = purgesOf([task], orUntold(registry), access);
  for (const { fate } of purges.map(({ reading }) => reading))
    if (fate.deletes === 'never' && endsInError.has(fate.danger.kind))
      return `${fate.danger.happens} ${fate.danger.instead.map(wayInWords).join('; ')}`;
  return null;
}

/** What only deletes nothing ends well. */
const endsInError: ReadonlySet<string> = new Set(['fails', 'old-cli', 'no-rights'] satisfies Danger['kind'][]);

/** The registry whose tasks are read; of one that was not seen nothing is told. */
export const orUntold = (registry: Evidence<Registry> | undefined): Pick<Registry, 'id' | 'roleAssignmentMode'> =>
  registry?.state === 'observed' ? registry.value : { id: '', roleAssignmentMode: null };

/** It is refused before it sees anything. */
function refused({ name }: Task, { lacks, denial }: Barred): PurgeReading {
  const roles = lacks.map((role) => role.name).join(' and ');
  const why =
    denial === null
      ? {
          because: `on a registry with permissions by repository (ABAC) the identity of ${name} also needs ${roles}`,
          instead: `Give the identity of ${name} the role ${roles} on the registry.`,
        }
      : {
          because: `${denial} takes from the identity of ${name} what a purge needs`,
          instead: `Ask the owner of ${denial} to spare the identity of ${name}.`,
        };
  const danger = {
    kind: 'no-rights',
    happens: `It is refused each time, and nothing is cleaned: ${why.because}.`,
    instead: [way(why.instead)],
  } as const;
  return { fate: { deletes: 'never', danger }, dangers: [danger], unreadable: [] };
}

const isAbac = ({ roleAssignmentMode: mode }: Pick<Registry, 'roleAssignmentMode'>): boolean | null =>
  mode === 'AbacRepositoryPermissions' ? true : mode === 'LegacyRegistryPermissions' ? false : null;

const stuckBehind = (why: string) => fails(why, way('Write one cmd step for each purge.'));
const oldVersion = (why: string) => fails(why, way('Write version: v1.1.0 as the first line of the definition.'));

/** Anything but `Disabled` may run: tasks of 2018 have no status. */
export const mayRun = (task: Task): boolean => task.status !== 'Disabled';

const isScheduled = (task: Task): boolean =>
  mayRun(task) && task.timers.some((timer) => timer.schedule !== null && timer.status !== 'Disabled');
