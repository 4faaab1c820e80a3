import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { AzureError } from '../../src/collect/azure.ts';
import { observer } from '../../src/collect/observe.ts';
import { read, ShapeError } from '../../src/collect/read.ts';
import { fakeAzure } from './azure.ts';

const now = '2026-11-23T02:00:00Z';
const scope = '/subscriptions/1';
const action = 'Microsoft.Network/virtualNetworks/read';

const observedBy = (error: unknown) =>
  observer(fakeAzure({}).azure, () => now)({ permissions: [action], scope, ask: () => Promise.reject(error) });

test('an answer is evidence, with every request that led to it', async () => {
  const { azure } = fakeAzure({ '/a': [1], '/b': [2] });
  const observe = observer(azure, () => now);
  const ask = async (of: typeof azure) => [...(await of.list('/a', 'v1')), ...(await of.list('/b', 'v2'))];
  expect(await observe({ permissions: [action], scope, ask })).toMatchObject({
    state: 'observed',
    value: [1, 2],
    sources: [
      { kind: 'arm', request: '/a', apiVersion: 'v1', at: now },
      { kind: 'arm', request: '/b', apiVersion: 'v2', at: now },
    ],
  });
});

describe('what goes wrong is evidence', () => {
  const said =
    "does not have authorization to perform action 'Microsoft.X/read' over scope '/x' or the scope is invalid";
  test.each<[string, Error, object]>([
    ['an answer of another shape', new ShapeError('odd'), { state: 'unreadable', reason: 'odd' }],
    [
      'a mistake of ours, or an address that cannot be asked',
      new TypeError('Invalid URL'),
      { state: 'unreadable', reason: 'it could not be asked: Invalid URL' },
    ],
    [
      'a resource of another tenant, which is no gap in what could be seen',
      new AzureError('other-tenant', 'the wrong issuer'),
      { state: 'not-collected', reason: 'the wrong issuer' },
    ],
    ['nothing there', new AzureError('absent', 'no such thing'), { state: 'unreadable', reason: 'no such thing' }],
    ['no connection', new AzureError('unreachable', 'no route'), { state: 'unreadable', reason: 'no route' }],
    [
      'a refusal that names the action: its word beats ours',
      new AzureError('denied', said),
      { state: 'denied', missing: [{ action: 'Microsoft.X/read', scope: '/x' }] },
    ],
    [
      'a refusal that names none',
      new AzureError('denied', 'forbidden by a policy'),
      { state: 'denied', reason: 'forbidden by a policy', missing: [{ action, scope }] },
    ],
  ])('%s', async (_, error, evidence) => {
    expect(await observedBy(error)).toMatchObject(evidence);
  });
});

test('an element that cannot be read is an unread entry of the list, and the others stay', async () => {
  const { azure } = fakeAzure({ '/a': [{ id: '/x', n: 1 }, { id: '/y', n: 'one' }, { n: 2 }, 7] });
  const observe = observer(azure, () => now);
  const evidence = await observe({
    permissions: [action],
    scope,
    ask: async (of, each) =>
      each(await of.list('/a', 'v1'), (body) => read('a thing', v.object({ n: v.number() }), body).n),
  });
  expect(evidence).toMatchObject({
    state: 'observed',
    value: [1, 2],
    unread: [
      {
        entry: '/y',
        reason: "Azure's answer for a thing is not in a known form at n: expected number but received a text",
      },
      { entry: 'element 4 of the list', reason: expect.stringContaining('a thing is not in a known form') },
    ],
  });
});

test.each([
  ['a missing login', new AzureError('credential', 'az login')],
  ['an interrupt', new AzureError('aborted', 'stopped')],
])('%s ends the collection', async (_, error) => {
  await expect(observedBy(error)).rejects.toBe(error);
});
