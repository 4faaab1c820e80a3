import * as v from 'valibot';
import type { QuickRun, TaskRun, TaskRuns } from '../model/facets/task-runs.ts';
import { byText, lastPart } from '../model/ids.ts';
import type { RegistryCollector } from './collector.ts';
import { instant, listOf, maybe, member, read, ShapeError, text, told } from './read.ts';

/** How many runs one request asks for. The service answers the newest ones. */
const top = 200;
/** How many quick runs are kept: enough to see whether they work. */
const mostQuick = 5;

/** Azure mixes offsets (`-08:00` and `Z`): one spelling, so that text order is time order. */
const inUtc = v.pipe(
  instant,
  v.transform((raw) => new Date(raw).toISOString()),
);

const wire = v.object({
  id: text,
  properties: v.object({
    task: maybe(text),
    runType: told(text),
    status: told(member('runStatus')),
    createTime: inUtc,
    agentPoolName: maybe(text),
  }),
});

const page = v.object({ value: listOf(v.unknown()), nextLink: maybe(text) });

/** A run of a task, or a quick one (`az acr build`, `az acr run`), which belongs to no task. */
export interface Run extends QuickRun {
  readonly task: string | null;
  readonly createdAt: string;
}

export function parseRun(body: unknown): Run {
  const { id, properties } = read('a run', wire, body);
  const { task, runType, status, createTime, agentPoolName: agentPool } = properties;
  if (task === null && !/^quick/i.test(runType ?? ''))
    throw new ShapeError(`Azure does not say which task run ${lastPart(id)} is of`);
  return { id, task, status, createdAt: createTime, agentPool };
}

/** Of each task the newest run and the newest that ended. Task names are compared as ARM does, whatever the case. */
export function newestRuns(all: readonly Run[], cut: boolean): TaskRuns {
  const newestFirst = [...all].sort((a, b) => byText(b.createdAt, a.createdAt));
  const kept = new Map<string, { newest: TaskRun; ended: TaskRun | null }>();
  for (const { id, task, status, createdAt } of newestFirst) {
    if (task === null) continue;
    const run: TaskRun = { id, task, status, createdAt };
    const key = task.toLowerCase();
    const known = kept.get(key);
    if (!known) kept.set(key, { newest: run, ended: hasEnded(run) ? run : null });
    else if (!known.ended && hasEnded(run)) known.ended = run;
  }
  return {
    runs: [...kept.values()].flatMap(({ newest, ended }) => (ended && ended !== newest ? [newest, ended] : [newest])),
    quick: newestFirst
      .filter((run) => run.task === null && hasEnded(run))
      .slice(0, mostQuick)
      .map(({ id, status, agentPool }) => ({ id, status, agentPool })),
    since: !cut ? null : (newestFirst.at(-1)?.createdAt ?? null),
  };
}

const hasEnded = ({ status }: Pick<QuickRun, 'status'>): boolean =>
  status !== 'Queued' && status !== 'Started' && status !== 'Running';

export const taskRuns: RegistryCollector<'taskRuns'> = {
  facet: 'taskRuns',
  scope: 'registry',
  permissions: ['Microsoft.ContainerRegistry/registries/runs/read'],
  async collect(azure, registry, { each }) {
    // One page, however many there are: a busy registry has more runs than anybody wants to read.
    const body = await azure.get(`${registry.id}/runs?$top=${top}`, '2025-03-01-preview');
    const { value, nextLink } = read('task runs', page, body);
    return newestRuns(await each(value, parseRun), nextLink !== null || value.length >= top);
  },
};
