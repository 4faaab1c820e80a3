import { setTimeout as sleep } from 'node:timers/promises';
import { createHttpHeaders, type HttpClient } from '@azure/core-rest-pipeline';
import { describe, expect, test, vi } from 'vitest';
import { allowance } from '../../src/azure/limits.ts';
import type { Azure } from '../../src/collect/azure.ts';
import { arm, azureWith, errorOf, group, ownNetwork, registries, registry } from './support.ts';

ownNetwork();

const version = '2025-11-01';
const empty = { value: [] };
const zone = `${group}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io/A`;

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

  test('an allowance lets so many start at once and spaces the rest', () => {
    let now = 1_000;
    const wait = allowance(2, 500, () => now);
    expect([wait(), wait(), wait(), wait(), wait()]).toEqual([0, 0, 500, 500, 1_000]);
    now = 10_000;
    expect([wait(), wait(), wait()]).toEqual([0, 0, 500]);
  });

  const paced: readonly [string, number, number, (azure: Azure) => Promise<unknown>][] = [
    ['Resource Graph', 15, 5_000, (azure) => azure.graph('resources', ['s'])],
    ['private DNS', 500, 300_000, (azure) => azure.list(zone, '2024-06-01')],
    ['all the rest', 500, 0, (azure) => azure.list(registries, version)],
  ];
  test.each(paced)('%s is asked no faster than it answers', async (_, count, perMs, ask) => {
    vi.useFakeTimers();
    try {
      let sent = 0;
      const azure = azureWith({
        httpClient: {
          sendRequest: async (request) => {
            sent += 1;
            return { request, status: 200, headers: createHttpHeaders(), bodyAsText: '{"value":[],"data":[]}' };
          },
        },
      });
      const all = Promise.all(Array.from({ length: count + 1 }, () => ask(azure)));
      await vi.dynamicImportSettled();
      await vi.advanceTimersByTimeAsync(perMs > 0 ? perMs - 1_000 : 0);
      expect(sent).toBe(perMs > 0 ? count : count + 1);
      await vi.advanceTimersByTimeAsync(2_000);
      await all;
      expect(sent).toBe(count + 1);
    } finally {
      vi.useRealTimers();
    }
  });
});
