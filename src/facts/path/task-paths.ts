import type { Task } from '../../model/facets/tasks.ts';
import type { Observation } from '../../model/outcome.ts';

/** How a task comes to the registry over the network, and what says so. */
export interface TaskPath {
  readonly name: string;
  readonly by: TaskPathKind;
  readonly because: Observation;
}

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
  | 'off'
  /** ARM does not say whether the task is enabled. */
  | 'unclear';

/** The names that a registry is pulled by. */
export const namesOf = (paths: readonly TaskPath[]): string => paths.map(({ name }) => name).join(', ');

/**
 * The network path of every task.
 * Source: MicrosoftDocs manage-network-bypass-policy-for-tasks.md, tasks-agent-pools.md.
 */
export const taskPaths = (tasks: readonly Task[]): readonly TaskPath[] =>
  tasks.map(({ name, status, agentPool, identity }, index): TaskPath => {
    const type = identity?.type ?? null;
    const path = (by: TaskPathKind, what: string, field: string, saw: unknown): TaskPath => ({
      name,
      by,
      because: { at: `tasks/${index}/${field}`, saw, about: `${what} of task ${name}` },
    });
    if (status !== 'Enabled') return path(status === 'Disabled' ? 'off' : 'unclear', 'status', 'status', status);
    if (agentPool !== null) return path('agent pool', 'agent pool', 'agentPool', agentPool);
    return /userAssigned/i.test(type ?? '') && !/systemAssigned/i.test(type ?? '')
      ? path('user identity', 'identity', 'identity/type', type)
      : path('system token', 'agent pool', 'agentPool', agentPool);
  });
