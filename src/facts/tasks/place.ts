import type { Evidence } from '../../model/evidence.ts';
import type { AgentPool } from '../../model/facets/agent-pools.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { Task } from '../../model/facets/tasks.ts';
import { sameId } from '../../model/ids.ts';
import { type Observation, type Observations, type Unknown, unseen, untold } from '../../model/outcome.ts';
import { definitionOf, refusedVersion } from './definition.ts';

/** Whether there is a machine that runs a task. */
export type Place =
  | { readonly runs: true; readonly seen: Observations }
  | { readonly runs: false; readonly seen: Observations; readonly says: string; readonly pool: string | null }
  | { readonly runs: null; readonly why: Unknown };

/**
 * The same for the task at that place: no task runs on a registry with dual stack, and a run waits for ever for a pool
 * that is not there, Failed or without machines. MicrosoftDocs tasks-agent-pools.md, container-registry-ipv6-dual-stack.md.
 */
export function placeOf(
  { name, agentPool }: Task,
  index: number,
  registry: Registry,
  pools: Evidence<readonly AgentPool[]>,
): Place {
  const protocol: Observation = { at: 'registry/endpointProtocol', saw: registry.endpointProtocol, wanted: 'IPv4' };
  if (registry.endpointProtocol === 'IPv4AndIPv6')
    return {
      runs: false,
      seen: [protocol],
      says: `${name} cannot run: the registry speaks IPv6 as well, and there no task, az acr build or az acr run works`,
      pool: null,
    };
  const named: Observation = { at: `tasks/${index}/agentPool`, saw: agentPool, about: `agent pool of task ${name}` };
  const pool = agentPool === null ? null : poolPlace(name, agentPool, named, pools);
  if (pool !== null && pool.runs !== true) return pool;
  if (registry.endpointProtocol !== 'IPv4')
    return {
      runs: null,
      why: untold(
        registry.endpointProtocol === null
          ? "Azure's answer has no endpointProtocol"
          : `endpointProtocol is '${registry.endpointProtocol}', which this version does not know how to judge`,
      ),
    };
  return { runs: true, seen: [protocol, named, ...(pool?.seen.slice(1) ?? [])] };
}

function poolPlace(task: string, wanted: string, named: Observation, pools: Evidence<readonly AgentPool[]>): Place {
  if (pools.state !== 'observed') return { runs: null, why: unseen(pools) };
  const index = pools.value.findIndex(({ name }) => sameId(name, wanted));
  const pool = pools.value[index];
  if (!pool)
    return {
      runs: false,
      seen: [named, { at: 'agentPools', saw: pools.value, about: 'agent pools' }],
      says: `${task} waits for ever: it names the agent pool ${wanted}, which does not exist`,
      pool: wanted,
    };
  const about = `agent pool ${pool.name}`;
  const state: Observation = { at: `agentPools/${index}/provisioningState`, saw: pool.provisioningState, about };
  const count: Observation = { at: `agentPools/${index}/count`, saw: pool.count, about };
  if (pool.provisioningState === 'Failed')
    return {
      runs: false,
      seen: [named, { ...state, wanted: 'Succeeded' }],
      says: `${task} waits for ever: its agent pool ${pool.name} is Failed`,
      pool: pool.name,
    };
  if (pool.count === 0)
    return {
      runs: false,
      seen: [named, { ...count, wanted: 'at least 1' }],
      says: `${task} waits for ever: its agent pool ${pool.name} has no machine (count 0)`,
      pool: pool.name,
    };
  if (pool.provisioningState !== 'Succeeded' || pool.count === null)
    return {
      runs: null,
      why: untold(
        `the state of agent pool ${pool.name} is ${pool.provisioningState ?? 'not given'}${pool.count === null ? ', and so is its number of machines' : ''}`,
      ),
    };
  return { runs: true, seen: [named, state, count] };
}

/** Whether a task runs, for what asks that beside its own question; `why`: its pool could not be seen. */
export type Ability = { readonly runs: boolean } | { readonly runs: null; readonly why: Unknown };

/** Only what is certain counts: without the registry nobody knows of dual stack. */
export function abilityOf(
  task: Task,
  index: number,
  registry: Evidence<Registry>,
  pools: Evidence<readonly AgentPool[]>,
): Ability {
  const { name, agentPool, step } = task;
  const read = step.kind === 'encoded' ? definitionOf(task, step) : null;
  if (read && 'definition' in read && refusedVersion(read.definition) !== null) return { runs: false };
  if (registry.state === 'observed' && registry.value.endpointProtocol === 'IPv4AndIPv6') return { runs: false };
  if (agentPool === null) return { runs: true };
  const place = poolPlace(name, agentPool, { at: `tasks/${index}/agentPool`, saw: agentPool }, pools);
  return place.runs === null ? place : { runs: place.runs };
}
