import { setTimeout as sleep } from 'node:timers/promises';
import { createHttpHeaders, type HttpClient } from '@azure/core-rest-pipeline';
import { describe, expect, test } from 'vitest';
import { budgets, inBucket, inWindow } from '../../src/azure/budgets.ts';
import { arm, azureWith, errorOf, group, ownNetwork, registries, registry } from './support.ts';

ownNetwork();

const version = '2025-11-01';
const empty = { value: [] };
const zone = `${group}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io/A`;
const url = (path: string): URL => new URL(`https://management.azure.com${path}?api-version=1`);

describe('what passes is tried again', () => {
  const rows: readonly [string, number, Record<string, string>][] = [
    ['a 429 that does not say for how long', 429, {}],
    ['a 429 that says so', 429, { 'Retry-After': '0' }],
    ['a 429 that says so in milliseconds', 429, { 'retry-after-ms': '1' }],
    ['a 429 until a date that is past', 429, { 'Retry-After': 'Wed, 21 Oct 2015 07:28:00 GMT' }],
    ['503', 503, {}],
    ['500', 500, {}],
    ['502', 502, {}],
    ['504', 504, {}],
    ['408', 408, {}],
  ];
  test.each(rows)('%s', async (_, status, headers) => {
    for (const path of [registries, `${registry}/tasks`]) {
      arm().get(path).query(true).reply(status, '', headers);
      arm().get(path).query(true).reply(200, empty);
      expect(await azureWith().list(path, version)).toEqual([]);
    }
  });

  test('a connection that breaks', async () => {
    arm()
      .get(registries)
      .query(true)
      .replyWithError(Object.assign(new Error('gone'), { code: 'ECONNRESET' }));
    arm().get(registries).query(true).reply(200, empty);
    expect(await azureWith().list(registries, version)).toEqual([]);
  });

  test('but not for ever', async () => {
    arm()
      .get(registries)
      .query(true)
      .times(4)
      .reply(429, { error: { code: 'TooManyRequests', message: 'Slow down.' } });
    const error = await errorOf(azureWith().list(registries, version));
    expect(error).toMatchObject({ kind: 'failed', status: 429, message: 'Slow down.' });
  });

  test('nor for an hour: the wait that Azure asks for is said instead', async () => {
    arm()
      .get(registries)
      .query(true)
      .reply(429, { error: { message: 'Slow down.' } }, { 'Retry-After': '3600' });
    const error = await errorOf(azureWith().list(registries, version));
    expect(error.message).toBe('Slow down. Azure asks to try again later (Retry-After: 3600).');
  });
});

describe('time', () => {
  test('a server that does not answer', async () => {
    arm().get(registries).query(true).delay(5_000).reply(200, empty);
    const error = await errorOf(azureWith({ timeoutSeconds: 0.05 }).list(registries, version));
    expect(error.kind).toBe('unreachable');
    expect(error.message).toBe('management.azure.com did not answer within 0.05 s.');
  });

  test('a server that stops in the middle of its answer', async () => {
    arm().get(registries).query(true).delayBody(5_000).reply(200, empty);
    const error = await errorOf(azureWith({ timeoutSeconds: 0.05 }).list(registries, version));
    expect(error.message).toMatch(/did not answer within/);
  });

  test('a user who has had enough, while Azure is silent', async () => {
    arm().get(registries).query(true).delay(5_000).reply(200, empty);
    const error = await errorOf(azureWith({ signal: AbortSignal.timeout(30) }).list(registries, version));
    expect(error.kind).toBe('aborted');
  });

  test('a user who has had enough, while Azure wants us to wait', async () => {
    arm().get(registries).query(true).reply(429, '', { 'Retry-After': '30' });
    const error = await errorOf(azureWith({ signal: AbortSignal.timeout(50) }).list(registries, version));
    expect(error.kind).toBe('aborted');
  });

  test('a user who had enough before', async () => {
    const error = await errorOf(azureWith({ signal: AbortSignal.abort() }).list(registries, version));
    expect(error.kind).toBe('aborted');
  });
});

describe('pressure', () => {
  test('no more requests under way than allowed, over all clients', async () => {
    let underWay = 0;
    let most = 0;
    const httpClient: HttpClient = {
      sendRequest: async (request) => {
        underWay += 1;
        most = Math.max(most, underWay);
        await sleep(5);
        underWay -= 1;
        return { request, status: 200, headers: createHttpHeaders(), bodyAsText: '{"value":[]}' };
      },
    };
    const asked: string[] = [];
    const azure = azureWith({ httpClient, concurrency: 3, onRequest: (method, url) => asked.push(`${method} ${url}`) });
    const paths = [
      registries,
      `${registry}/tasks`,
      `${registry}/tokens`,
      registries.replace(/ContainerRegistry.*/, 'Security/pricings'),
    ];
    await Promise.all([...paths, ...paths, ...paths].map((path) => azure.list(path, version)));
    expect(most).toBe(3);
    expect(asked).toHaveLength(12);
    expect(asked[0]).toMatch(/^GET https:\/\/management\.azure\.com\/subscriptions\/.*api-version=2025-11-01$/);
  });

  test('no more of one subscription than eight, so that the others get their turn', async () => {
    const underWay = new Map<string, number>();
    const most = new Map<string, number>();
    const httpClient: HttpClient = {
      sendRequest: async (request) => {
        const [, subscription = ''] = /subscriptions\/([^/]+)/.exec(request.url) ?? [];
        underWay.set(subscription, (underWay.get(subscription) ?? 0) + 1);
        most.set(subscription, Math.max(most.get(subscription) ?? 0, underWay.get(subscription) ?? 0));
        await sleep(5);
        underWay.set(subscription, (underWay.get(subscription) ?? 0) - 1);
        return { request, status: 200, headers: createHttpHeaders(), bodyAsText: '{"value":[]}' };
      },
    };
    const azure = azureWith({ httpClient });
    const lists = ['one', 'two', 'three'].flatMap((subscription) =>
      Array.from({ length: 20 }, () => azure.list(`/subscriptions/${subscription}/providers/x`, version)),
    );
    await Promise.all(lists);
    expect([...most.values()]).toEqual([8, 8, 8]);
  });
});

describe('allowances', () => {
  test('a window lets so many start at once and spaces the rest', () => {
    const pace = inWindow(2, 500);
    expect([1, 2, 3, 4, 5].map(() => pace.reserve(1_000))).toEqual([1_000, 1_000, 1_500, 1_500, 2_000]);
    expect([1, 2, 3].map(() => pace.reserve(10_000))).toEqual([10_000, 10_000, 10_500]);
  });

  test('a bucket lets what it holds start at once, and then as much as flows in', () => {
    const pace = inBucket(3, 10);
    expect([1, 2, 3, 4, 5].map(() => pace.reserve(1_000))).toEqual([1_000, 1_000, 1_000, 1_100, 1_200]);
    expect([1, 2, 3, 4].map(() => pace.reserve(60_000))).toEqual([60_000, 60_000, 60_000, 60_100]);
  });

  test('a bucket believes Azure when it says that less is left', () => {
    const pace = inBucket(250, 25);
    pace.left(1, 1_000);
    expect([1, 2].map(() => pace.reserve(1_000))).toEqual([1_000, 1_040]);
  });

  const families: readonly [string, string, string, boolean][] = [
    ['two reads of a subscription', registries, `${registry}/tasks`, true],
    ['a subscription in another case', registries, registries.toUpperCase(), true],
    ['two subscriptions', registries, registries.replace(/subscriptions\/[^/]+/, 'subscriptions/other'), false],
    ['private DNS and the rest', registries, zone, false],
    ['the tenant and a subscription', '/subscriptions', registries, false],
    ['Resource Graph and the tenant', '/providers/Microsoft.ResourceGraph/resources', '/subscriptions', false],
  ];
  test.each(families)('%s: one family?', (_, one, other, same) => {
    const of = budgets(() => {});
    expect(of(url(one)) === of(url(other))).toBe(same);
  });

  test('a pause holds up the whole family, tells for how long, and ends', async () => {
    const said: [string, number][] = [];
    let at = 0;
    const of = budgets(
      (family, ms) => said.push([family, ms]),
      () => at,
    );
    const budget = of(url('/subscriptions/s/x'));
    budget.pause(1_500);
    const stop = new AbortController();
    const waiting = budget.turn(stop.signal);
    stop.abort();
    await expect(waiting).rejects.toThrow(/abort/i);
    expect(said).toEqual([['subscription s', 1_540]]);
    at = 10_000;
    await budget.turn(undefined);
    await of(url('/subscriptions/other/x')).turn(undefined);
    expect(said).toHaveLength(1);
  });

  test('refusals without one answer in five minutes stand; one answer renews the patience', () => {
    let at = 0;
    const budget = budgets(
      () => {},
      () => at,
    )(url('/subscriptions/s/x'));
    budget.pause(1_000);
    at = 299_000;
    expect(budget.isHopeless()).toBe(false);
    at = 301_000;
    expect(budget.isHopeless()).toBe(true);
    budget.note({ get: () => undefined });
    expect(budget.isHopeless()).toBe(false);
  });

  test('no read is lost to refusals that say for how long, however many', async () => {
    let refusals = 0;
    const answered: string[] = [];
    const httpClient: HttpClient = {
      sendRequest: async (request) => {
        // Two of three are refused: each read is refused more often than a try would be repeated.
        if (refusals < 80 && (refusals + answered.length) % 3 !== 0) {
          refusals += 1;
          return { request, status: 429, headers: createHttpHeaders({ 'retry-after-ms': '1' }), bodyAsText: '{}' };
        }
        answered.push(request.url);
        return { request, status: 200, headers: createHttpHeaders(), bodyAsText: '{"value":[]}' };
      },
    };
    const azure = azureWith({ httpClient });
    const all = Array.from({ length: 12 }, (_, index) => azure.list(`/subscriptions/s${index % 2}/x${index}`, version));
    expect(await Promise.all(all)).toEqual(all.map(() => []));
    expect(new Set(answered).size).toBe(12);
  });

  test('a quota of Resource Graph that is used up is waited for', async () => {
    const said: number[] = [];
    const at = 0;
    const budget = budgets(
      (_, ms) => said.push(ms),
      () => at,
    )(url('/providers/Microsoft.ResourceGraph/resources'));
    const headers: Record<string, string> = {
      'x-ms-user-quota-remaining': '0',
      'x-ms-user-quota-resets-after': '00:00:03',
    };
    budget.note({ get: (name) => headers[name] });
    const stop = new AbortController();
    const waiting = budget.turn(stop.signal);
    stop.abort();
    await expect(waiting).rejects.toThrow(/abort/i);
    expect(said).toEqual([3_000]);
  });
});
