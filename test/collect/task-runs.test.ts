import { expect, test } from 'vitest';
import { newestRuns, parseRun, taskRuns } from '../../src/collect/task-runs.ts';
import { parseUsage } from '../../src/collect/usages.ts';
import { acr, registryId } from '../support.ts';
import { askingNothing, fakeAzure } from './azure.ts';
import { bodiesOf } from './corpus.ts';

const body = (id: string, task: string | null, status: string, createTime: string) => ({
  id,
  properties: {
    ...(task === null ? {} : { task }),
    runType: task === null ? 'QuickRun' : 'AutoRun',
    status,
    createTime,
  },
});
const run = (...said: Parameters<typeof body>) => parseRun(body(...said));

const runs = bodiesOf('runs');
test.skipIf(runs === null)('every recorded run is read; quick runs belong to no task', () => {
  expect(runs).toHaveLength(36);
  const read = (runs ?? []).map(parseRun);
  expect(read.filter(({ task }) => task === null).length).toBeGreaterThan(0);
  expect(read.every(({ status }) => status !== null)).toBe(true);
});

const usages = bodiesOf('usages');
test.skipIf(usages === null)('every recorded usage is read', () => {
  const read = (usages ?? []).map(parseUsage);
  expect(read.filter(({ name }) => name === 'Size').map(({ limit }) => limit)).toEqual([107374182400, 536870912000]);
});

test('of each task the newest run, and the newest that ended, whatever the offset', () => {
  const { runs: kept, since } = newestRuns(
    [
      run('a', 'Nightly', 'Running', '2026-11-22T23:00:00-04:00'),
      run('b', 'nightly', 'Timeout', '2026-11-22T03:00:00Z'),
      run('c', 'nightly', 'Succeeded', '2026-11-21T03:00:00Z'),
      run('d', null, 'Failed', '2026-11-23T04:00:00Z'),
    ],
    false,
  );
  expect(kept.map(({ id, status }) => [id, status])).toEqual([
    ['a', 'Running'],
    ['b', 'Timeout'],
  ]);
  expect(since).toBeNull();
});

test('the newest quick runs that ended are kept, newest first, and where each ran', () => {
  const quick = ['Failed', 'Running', 'Succeeded', 'Canceled', 'Failed', 'Timeout', 'Error'].map((status, index) =>
    run(`q${index}`, null, status, `2026-11-2${index}T03:00:00Z`),
  );
  expect(newestRuns(quick, false)).toMatchObject({
    runs: [],
    quick: ['q6', 'q5', 'q4', 'q3', 'q2'].map((id) => ({ id, agentPool: null })),
  });
});

test('of an answer that was cut it is said since when it is complete', () => {
  const bodies = [run('a', 't', 'Succeeded', '2026-11-23T03:00:00Z'), run('b', null, 'Failed', '2026-11-20T03:00:00Z')];
  expect(newestRuns(bodies, true).since).toBe('2026-11-20T03:00:00.000Z');
});

test.each(['Queued', 'Started', 'Running'])('a run that is %s has not ended, however new it is', (status) => {
  const bodies = [
    run('b', 't', 'Succeeded', '2026-11-22T03:00:00Z'),
    run('c', 'T', status, '2026-11-23T03:00:00Z'),
    run('a', 't', 'Failed', '2026-11-21T03:00:00Z'),
  ];
  expect(newestRuns(bodies, false).runs.map(({ id }) => id)).toEqual(['c', 'b']);
});

test('a newest run that has ended is told once', () => {
  expect(newestRuns([run('a', 't', 'Succeeded', '2026-11-23T03:00:00Z')], false).runs).toHaveLength(1);
});

test.each([
  ['of what it is, where no task is named', { runType: undefined }, /which task/],
  ['of what it is, where its sort has a task', { runType: 'AutoBuild' }, /which task/],
  ['when it began', { createTime: undefined }, /createTime/],
  ['a time that is none', { createTime: 'soon' }, /no instant/],
])('a run that does not tell %s is unread', (_, said, reason) => {
  const { id, properties } = body('r', null, 'Failed', '2026-11-23T03:00:00Z');
  expect(() => parseRun({ id, properties: { ...properties, ...said } })).toThrow(reason);
});

test.each([
  ['a page that is not full is all there is', 199, null, null],
  ['a full page may leave older runs out', 200, null, '2026-11-23T03:00:00.000Z'],
  ['a page with another after it does', 1, 'https://management.azure.com/more', '2026-11-23T03:00:00.000Z'],
])('%s', async (_, length, nextLink, since) => {
  const value = Array.from({ length }, (_, n) => body(`r${n}`, 't', 'Succeeded', '2026-11-23T03:00:00Z'));
  const asked: string[] = [];
  const azure = {
    ...fakeAzure({}).azure,
    get: async (path: string) => {
      asked.push(path);
      return { value, nextLink };
    },
  };
  expect((await taskRuns.collect(azure, acr(), askingNothing)).since).toBe(since);
  expect(asked).toEqual([`${registryId}/runs?$top=200`]);
});
