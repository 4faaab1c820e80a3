import type { Evidence } from '../../model/evidence.ts';
import type { AgentPool } from '../../model/facets/agent-pools.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { TaskRuns } from '../../model/facets/task-runs.ts';
import type { Task } from '../../model/facets/tasks.ts';
import { lastPart, parentId, sameId } from '../../model/ids.ts';
import { cannotSee, notSaid, type Observation, type Observations, type Unknown, untold } from '../../model/outcome.ts';
import { abilityOf } from '../tasks/place.ts';
import { networkWith } from './consumer-networks.ts';
import { evidenceOf, type PathFacts, type PathGiven, pathFacts } from './facts.ts';
import { mayListTasks } from './public-access.ts';
import type { Stop } from './stops.ts';
import { isForPulls, pullsAtAll, seenOn, stopOf, type Trip, tripsFrom, unknownTrips } from './trips.ts';
import { problemOf } from './words.ts';

/** How a task, or what `az acr build` runs, comes to the registry over the network; whether it is let in is another question. */
export type TaskWay = { readonly name: string } & (
  | { readonly by: 'off'; readonly seen: Observations }
  /** From the subnet of its agent pool, as any client there. */
  | { readonly by: 'network'; readonly seen: Observations }
  /** From the subnet of its agent pool, where the way to the registry is broken. */
  | { readonly by: 'nowhere'; readonly seen: Observations; readonly words: string; readonly stopped: readonly Trip[] }
  /**
   * From an address that no rule is known to list, with a token of a system identity or the login that every task has:
   * refused since 1 June 2025 unless `networkRuleBypassAllowedForTasks`. `unless`: why it may be let in all the same.
   */
  | { readonly by: 'token'; readonly seen: Observations; readonly from: string; readonly unless: Unknown | null }
  /**
   * From shared agents with a login of which nobody says whether it is refused: user-assigned identities only, which
   * Microsoft calls not impacted and says no more, or a kind that Azure left out.
   */
  | { readonly by: 'another login'; readonly seen: Observations; readonly why: Unknown }
  | { readonly by: 'unclear'; readonly why: Unknown }
);

/** The evidence that ways rest on, as values or as evidence; what is left out was not collected. */
export interface TaskWaysGiven extends PathGiven {
  readonly tasks: readonly Task[];
  readonly agentPools?: Evidence<readonly AgentPool[]> | readonly AgentPool[];
  readonly taskRuns?: Evidence<TaskRuns> | TaskRuns;
}

/** The names of tasks. */
export const namesOf = (ways: readonly TaskWay[]): string => ways.map(({ name }) => name).join(', ');

/** What a quick run is called, which belongs to no task. */
export const quickRun = 'az acr build';

/**
 * The network path of every task that can start; which cannot is said by tasks-have-a-place-to-run.
 * Source: MicrosoftDocs manage-network-bypass-policy-for-tasks.md, tasks-agent-pools.md.
 */
export function taskWays(given: TaskWaysGiven, suffix: string): readonly TaskWay[] {
  const { registry } = given;
  const pools = evidenceOf(given.agentPools);
  const runs = evidenceOf(given.taskRuns);
  return given.tasks.flatMap((task, index): readonly TaskWay[] => {
    const { name, status } = task;
    const seen: Observation = { at: `tasks/${index}/status`, saw: status, about: `status of task ${name}` };
    if (status === 'Disabled') return [{ name, by: 'off', seen: [seen] }];
    const ability = abilityOf(task, index, evidenceOf(registry), pools);
    if (ability.runs === false) return [];
    if (status !== 'Enabled') return [{ name, by: 'unclear', why: notSaid(seen.at, status) }];
    if (ability.runs === null) return [{ name, by: 'unclear', why: ability.why }];
    if (task.agentPool === null) return [onSharedAgents(task, index, registry, runs)];
    return [inPool(task, index, pathFacts(given, suffix), pools)];
  });
}

/** The newest quick run on shared agents, where that failed: whoever ran it came by the same way as tasks do there. */
export function failedQuickRun({ registry, taskRuns }: Omit<TaskWaysGiven, 'tasks'>): TaskWay | null {
  const runs = evidenceOf(taskRuns);
  if (runs.state !== 'observed' || registry.endpointProtocol === 'IPv4AndIPv6') return null;
  const index = runs.value.quick.findIndex(({ agentPool }) => agentPool === null);
  const newest = runs.value.quick[index];
  if (newest?.status !== 'Failed') return null;
  const seen = [
    { at: `taskRuns/quick/${index}/status`, saw: 'Failed', about: `quick run ${lastPart(newest.id)}` },
  ] as const;
  return { name: quickRun, by: 'token', seen, from: 'on shared agents', unless: mayListTasks(registry) };
}

function onSharedAgents(task: Task, index: number, registry: Registry, runs: Evidence<TaskRuns>): TaskWay {
  const { name, identity } = task;
  const pool: Observation = { at: `tasks/${index}/agentPool`, saw: null, about: `agent pool of task ${name}` };
  const byToken = byTokenFrom(name, 'on shared agents', pool, registry, runs);
  // A task without an identity comes with the login that every task has.
  if (identity === null) return byToken;
  const login: Observation = {
    at: `tasks/${index}/identity/type`,
    saw: identity.type,
    about: `identity of task ${name}`,
  };
  switch (identity.type?.toLowerCase().replaceAll(' ', '')) {
    case 'none':
    case 'systemassigned':
    case 'systemassigned,userassigned':
    case 'userassigned,systemassigned':
      return byToken;
    case 'userassigned':
      return { name, by: 'another login', seen: [login], why: untold(notDocumented) };
    default:
      return { name, by: 'another login', seen: [login], why: notSaid(login.at, identity.type) };
  }
}

const notDocumented = 'whether tasks with an identity of yours pass the network rules is not documented';

/** Runs that fail beside rules tell that none of them lets tasks in. */
function byTokenFrom(
  name: string,
  from: string,
  pool: Observation,
  registry: Registry,
  runs: Evidence<TaskRuns>,
): TaskWay {
  const own = runs.state === 'observed' ? runs.value.runs : [];
  const index = own.findIndex(({ task, status }) => sameId(task, name) && status === 'Failed');
  if (index < 0) return { name, by: 'token', seen: [pool], from, unless: mayListTasks(registry) };
  const failed: Observation = { at: `taskRuns/runs/${index}/status`, saw: 'Failed', about: `last run of task ${name}` };
  return { name, by: 'token', seen: [pool, failed], from, unless: null };
}

/** The pool is there and has machines. Without a subnet of its own they come from public addresses. */
function inPool(
  { name, agentPool }: Task,
  index: number,
  facts: PathFacts,
  pools: Evidence<readonly AgentPool[]>,
): TaskWay {
  const listed = pools.state === 'observed' ? pools.value : [];
  const place = listed.findIndex((pool) => sameId(pool.name, agentPool ?? ''));
  const pool = listed[place];
  if (!pool) return { name, by: 'unclear', why: untold(`agent pool ${agentPool} was not found`) };
  const named: Observation = { at: `tasks/${index}/agentPool`, saw: agentPool, about: `agent pool of task ${name}` };
  const subnet: Observation = { at: `agentPools/${place}/subnet`, saw: pool.subnet, about: `agent pool ${pool.name}` };
  const unless = mayListTasks(facts.registry);
  const where = `in agent pool ${pool.name}`;
  if (pool.subnet === null)
    return { name, by: 'token', seen: [named, subnet], from: `${where}, which has no subnet,`, unless };
  const trips = tripsFrom(networkWith(parentId(pool.subnet), `agent pool ${pool.name}`), facts).filter(isForPulls);
  const works = pullsAtAll(trips);
  const good = trips.filter(({ arrival }) => arrival.works === 'yes');
  if (works === 'yes')
    return { name, by: 'network', seen: [named, subnet, ...good.flatMap((trip) => seenOn(trip, subnet))] };
  const stopped = trips.filter(({ arrival }) => arrival.works === works);
  const [first] = stopped;
  const stop = first ? stopOf(first) : null;
  if (!first || !stop) return { name, by: 'unclear', why: cannotSee(where, unknownTrips(trips, facts.connections)) };
  const problem = problemOf(stop, first.name);
  const seen: Observations = [named, subnet, ...seenOn(first, subnet)];
  if (refusesPublic(stop)) return { name, by: 'token', seen, from: `${where}, where ${problem},`, unless: null };
  if (stop.kind === 'egress') return { name, by: 'token', seen, from: `${where},`, unless: untold(problem) };
  return works === 'unknown'
    ? { name, by: 'unclear', why: cannotSee(where, unknownTrips(trips, facts.connections)) }
    : { name, by: 'nowhere', seen, words: `${name} ${where} does not get to the registry: ${problem}`, stopped };
}

/** Names lead to the public endpoint, which refuses all but those with an exception. */
const refusesPublic = ({ kind }: Stop): boolean =>
  kind === 'no-endpoint' || kind === 'not-linked' || kind === 'falls-back';
