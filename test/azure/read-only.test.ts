import { createHttpHeaders, createPipelineRequest, type HttpClient } from '@azure/core-rest-pipeline';
import { describe, expect, test } from 'vitest';
import { type Clients, makeClients } from '../../src/azure/clients.ts';
import { clouds } from '../../src/azure/clouds.ts';
import { guardPolicy, ReadOnlyError } from '../../src/azure/guard.ts';
import { defaultLimits, limitsPolicy, retries } from '../../src/azure/limits.ts';
import { wirePolicy } from '../../src/azure/wire.ts';
import { group, host, registry, subscription, token } from './support.ts';

/** The clients as `connect` makes them, on a wire that keeps what would have left the process. */
function clientsOnWire(): { clients: Clients; left: string[] } {
  const left: string[] = [];
  const httpClient: HttpClient = {
    sendRequest: async (request) => {
      left.push(`${request.method} ${request.url}`);
      return { request, status: 200, headers: createHttpHeaders(), bodyAsText: '{}' };
    },
  };
  const clients = makeClients(clouds.public, token, httpClient, {
    wire: wirePolicy(undefined),
    retries: retries(defaultLimits),
    attempt: [guardPolicy(host), limitsPolicy(defaultLimits, undefined, () => {})],
  });
  return { clients, left };
}

describe('no client can change a thing or fetch a secret', () => {
  const id = subscription.split('/').at(-1) ?? '';
  const attempts: readonly [string, (clients: Clients) => Promise<unknown>][] = [
    [
      'PUT a registry',
      async (c) =>
        (await c.containerRegistry(id)).registries.beginCreate('rg', 'contoso', {
          location: 'x',
          sku: { name: 'Basic' },
        }),
    ],
    [
      'PATCH a registry',
      async (c) => (await c.containerRegistry(id)).registries.beginUpdate('rg', 'contoso', { adminUserEnabled: true }),
    ],
    ['DELETE a registry', async (c) => (await c.containerRegistry(id)).registries.beginDelete('rg', 'contoso')],
    ['POST listCredentials', async (c) => (await c.containerRegistry(id)).registries.listCredentials('rg', 'contoso')],
    [
      'POST generateCredentials',
      async (c) => (await c.containerRegistry(id)).registries.beginGenerateCredentials('rg', 'contoso', {}),
    ],
    [
      'POST a webhook callback',
      async (c) => (await c.containerRegistry(id)).webhooks.getCallbackConfig('rg', 'contoso', 'hook'),
    ],
    ['PUT a private endpoint', async (c) => (await c.network(id)).privateEndpoints.beginCreateOrUpdate('rg', 'pe', {})],
    ['DELETE a network', async (c) => (await c.network(id)).virtualNetworks.beginDelete('rg', 'vnet')],
    ['PUT an A record', async (c) => (await c.privateDns(id)).recordSets.createOrUpdate('rg', 'zone', 'A', 'name', {})],
    ['DELETE a zone', async (c) => (await c.privateDns(id)).privateZones.beginDelete('rg', 'zone')],
    ['PUT a Defender plan', async (c) => (await c.security(id)).pricings.update('Containers', { pricingTier: 'Free' })],
  ];
  test.each(attempts)('%s', async (_, attempt) => {
    const { clients, left } = clientsOnWire();
    await expect(attempt(clients)).rejects.toThrow(ReadOnlyError);
    expect(left).toEqual([]);
  });

  const raw: readonly [string, 'GET' | 'POST' | 'PUT' | 'HEAD', string, boolean][] = [
    ['a read', 'GET', registry, true],
    ['a glance', 'HEAD', registry, true],
    ['a query of Resource Graph', 'POST', '/providers/Microsoft.ResourceGraph/resources', true],
    ['a query in other letters', 'POST', '/providers/microsoft.resourcegraph/resources', true],
    ['another action of Resource Graph', 'POST', '/providers/Microsoft.ResourceGraph/resourcesHistory', false],
    ['an action below a graph path', 'POST', `${group}/providers/Microsoft.ResourceGraph/resources`, false],
    ['a list of credentials, even by GET', 'GET', `${registry}/listCredentials`, false],
    ['details of a task, which hold its secrets', 'GET', `${registry}/tasks/build/listDetails`, false],
    ['a write', 'PUT', registry, false],
  ];
  test.each(raw)('%s', async (_, method, path, may) => {
    const { clients, left } = clientsOnWire();
    const acr = await clients.containerRegistry(id);
    const httpClient: HttpClient = {
      sendRequest: async (request) => {
        left.push(request.url);
        return { request, status: 200, headers: createHttpHeaders() };
      },
    };
    const sent = acr.pipeline.sendRequest(
      httpClient,
      createPipelineRequest({ method, url: `${host}${path}?api-version=1` }),
    );
    if (may) await sent;
    else await expect(sent).rejects.toThrow(ReadOnlyError);
    expect(left).toHaveLength(may ? 1 : 0);
  });
});
