import type { Task } from '../../model/facets/tasks.ts';
import { notSaid, type Observation, type Unknown } from '../../model/outcome.ts';

/** How a task comes to the registry over the network, and what says so. */
export type TaskPath =
  | { [By in TaskPathKind]: { readonly name: string; readonly by: By; readonly because: Observation } }[TaskPathKind]
  /** ARM does not say whether the task is enabled, or what kind of identity it has. */
  | { readonly name: string; readonly by: 'unclear'; readonly why: Unknown };

export type TaskPathKind =
  /** Runs on dedicated agents, which have the network the user gave them. */
  | 'agent pool'
  /**
   * Runs on shared agents and comes with a token of its system identity, or with the login every task has by default.
   * The network refuses these since 1 June 2025 unless `networkRuleBypassAllowedForTasks`.
   */
  | 'system token'
  /** Runs on shared agents with user-assigned identities only: Microsoft calls them not impacted, and says no more. */
  | 'user identity'
  /** Switched off. */
  | 'off';

/** The names of the tasks. */
export const namesOf = (paths: readonly TaskPath[]): string => paths.map(({ name }) => name).join(', ');

/**
 * The network path of every task.
 * Source: MicrosoftDocs manage-network-bypass-policy-for-tasks.md, tasks-agent-pools.md.
 */
export const taskPaths = (tasks: readonly Task[]): readonly TaskPath[] => tasks.map(pathOf);

function pathOf(task: Task, index: number): TaskPath {
  const { name, status } = task;
  const at = `tasks/${index}` as const;
  const unclear = (field: string, saw: string | null): TaskPath => ({
    name,
    by: 'unclear',
    why: notSaid(`${at}/${field}`, saw),
  });
  if (status === 'Disabled')
    return { name, by: 'off', because: { at: `${at}/status`, saw: status, about: `status of task ${name}` } };
  if (status !== 'Enabled') return unclear('status', status);
  const { agentPool } = task;
  const pool: Observation = { at: `${at}/agentPool`, saw: agentPool, about: `agent pool of task ${name}` };
  if (agentPool !== null) return { name, by: 'agent pool', because: pool };
  const { identity } = task;
  // A task without an identity comes with the login that every task has.
  if (identity === null) return { name, by: 'system token', because: pool };
  switch (identity.type?.toLowerCase().replaceAll(' ', '')) {
    case 'none':
    case 'systemassigned':
    case 'systemassigned,userassigned':
    case 'userassigned,systemassigned':
      return { name, by: 'system token', because: pool };
    case 'userassigned': {
      const because = { at: `${at}/identity/type`, saw: identity.type, about: `identity of task ${name}` } as const;
      return { name, by: 'user identity', because };
    }
    default:
      return unclear('identity/type', identity.type);
  }
}
