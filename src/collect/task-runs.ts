import * as v from 'valibot';
import type { QuickRun, TaskRun, TaskRuns } from '../model/facets/task-runs.ts';
import { byText } from '../model/ids.ts';
import type { RegistryCollector } from './collector.ts';
import { listOrNone, maybe, member, read, text } from './read.ts';

/** How many runs one request asks for. The service answers the newest ones. */
const top = 200;
/** How many quick runs are kept: enough to see whether they work. */
const mostQuick = 5;

const wire = v.object({
  id: text,
  properties: v.object({
    task: maybe(text),
    status: maybe(member('runStatus')),
    createTime: maybe(text),
    agentPoolName: maybe(text),
  }),
});

const page = v.object({ value: listOrNone(v.unknown()), nextLink: maybe(text) });

export function parseTaskRun(body: unknown): TaskRun | null {
  const { id, properties } = read('a task run', wire, body);
  const { task, status, createTime } = properties;
  // A quick run (`az acr build`, `az acr run`) belongs to no task.
  if (task === null) return null;
  return { id, task, status, createdAt: instant(createTime) };
}

export function parseQuickRun(body: unknown): QuickRun | null {
  const { id, properties } = read('a run', wire, body);
  const { task, status, agentPoolName: agentPool } = properties;
  return task === null ? { id, status, agentPool } : null;
}

/** Of each task the newest run and the newest that ended. Task names are compared as ARM does, whatever the case. */
export function newestRuns(bodies: readonly unknown[], cut: boolean): TaskRuns {
  const created = bodies.map((body) => instant(read('a task run', wire, body).properties.createTime));
  const newestFirst = bodies
    .map((body, index) => ({ body, at: created[index] ?? '' }))
    .sort((a, b) => byText(b.at, a.at))
    .map(({ body }) => body);
  const runs = newestFirst.flatMap((body) => parseTaskRun(body) ?? []);
  const quick = newestFirst
    .flatMap((body) => parseQuickRun(body) ?? [])
    .filter(hasEnded)
    .slice(0, mostQuick);
  const kept = new Map<string, { newest: TaskRun; ended: TaskRun | null }>();
  for (const run of runs) {
    const key = run.task.toLowerCase();
    const known = kept.get(key);
    if (!known) kept.set(key, { newest: run, ended: hasEnded(run) ? run : null });
    else if (!known.ended && hasEnded(run)) known.ended = run;
  }
  return {
    runs: [...kept.values()].flatMap(({ newest, ended }) => (ended && ended !== newest ? [newest, ended] : [newest])),
    quick,
    since: !cut ? null : (created.filter((at) => at !== null).sort(byText)[0] ?? null),
  };
}

/** Azure mixes offsets (`-08:00` and `Z`): one spelling, so that text order is time order. */
function instant(raw: string | null): string | null {
  if (raw === null) return null;
  const at = new Date(raw);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

const hasEnded = ({ status }: Pick<QuickRun, 'status'>): boolean =>
  status !== 'Queued' && status !== 'Started' && status !== 'Running';

export const taskRuns: RegistryCollector<'taskRuns'> = {
  facet: 'taskRuns',
  scope: 'registry',
  permissions: ['Microsoft.ContainerRegistry/registries/runs/read'],
  async collect(azure, registry) {
    // One page, however many there are: a busy registry has more runs than anybody wants to read.
    const body = await azure.get(`${registry.id}/runs?$top=${top}`, '2025-03-01-preview');
    const { value, nextLink } = read('task runs', page, body);
    return newestRuns(value, nextLink !== null || value.length >= top);
  },
};
