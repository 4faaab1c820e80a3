import type { AgentPool } from '../../../src/model/facets/agent-pools.ts';
import type { Task } from '../../../src/model/facets/tasks.ts';
import { task as anyTask } from './yaml.ts';

/** An identity of that kind. */
export const identity = (type: string | null) => ({ identity: { type, principalId: null, userAssigned: [] } });

/** An enabled task on shared agents with its system identity; what it does is of no concern. */
export const task = (name: string, said: Partial<Task> = {}): Task =>
  anyTask(name, { kind: 'other', type: null }, { ...identity('SystemAssigned'), ...said });

export const userIdentity = identity('userAssigned');

/** An agent pool with a machine, in no network. */
export const pool = (name: string, said: Partial<AgentPool> = {}): AgentPool => ({
  id: `/subscriptions/s/resourceGroups/rg-acr/providers/Microsoft.ContainerRegistry/registries/contoso/agentPools/${name}`,
  name,
  provisioningState: 'Succeeded',
  subnet: null,
  count: 1,
  ...said,
});
