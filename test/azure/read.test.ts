import { describe, expect, test } from 'vitest';
import { registryApiVersions } from '../../src/collect/registry.ts';
import { arm, azureWith, errorOf, group, host, ownNetwork, registries, registry, subscription } from './support.ts';

ownNetwork();

const [preview] = registryApiVersions;

describe('an answer is what Azure sent, not what the model of the SDK knows', () => {
  const network = `${group}/providers/Microsoft.Network`;
  const zone = `${network}/privateDnsZones/privatelink.azurecr.io`;

  const one: readonly [string, string, string, unknown][] = [
    [
      'a registry in preview',
      registry,
      preview,
      { properties: { policies: { softDeletePolicy: { status: 'enabled' } } } },
    ],
    ['an endpoint', `${network}/privateEndpoints/pe`, '2025-05-01', { properties: { invented: 1 } }],
    ['a network interface', `${network}/networkInterfaces/nic`, '2025-05-01', { properties: { invented: 1 } }],
    ['a network', `${network}/virtualNetworks/vnet`, '2025-05-01', { properties: { invented: 1 } }],
    [
      'a group with letters that the SDK refuses',
      `${subscription}/resourceGroups/größe/providers/Microsoft.Network/virtualNetworks/v`,
      '2025-05-01',
      { id: 1 },
    ],
    [
      'what the SDK has no operation for',
      `${registry}/tasks/build`,
      '2025-03-01-preview',
      { properties: { step: {} } },
    ],
  ];
  test.each(one)('%s', async (_, path, version, body) => {
    arm().get(encodeURI(path)).query({ 'api-version': version }).reply(200, JSON.stringify(body));
    expect(await azureWith().get(path, version)).toEqual(body);
  });

  const many: readonly [string, string, string, unknown][] = [
    ['registries', registries, preview, { sku: { name: 'Premium' }, properties: { endpointProtocol: 'IPv4AndIPv6' } }],
    ['replications', `${registry}/replications`, preview, { name: 'westeurope', invented: 1 }],
    ['tokens', `${registry}/tokens`, preview, { name: 't', invented: 1 }],
    [
      'zone groups',
      `${network}/privateEndpoints/pe/privateDnsZoneGroups`,
      '2025-05-01',
      { properties: { invented: 1 } },
    ],
    ['A records', `${zone}/A`, '2024-06-01', { name: 'contoso', properties: { aRecords: [], invented: 1 } }],
    [
      'links of a zone',
      `${zone}/virtualNetworkLinks`,
      '2024-06-01',
      { properties: { resolutionPolicy: 'NxDomainRedirect' } },
    ],
    [
      'Defender plans',
      `${subscription}/providers/Microsoft.Security/pricings`,
      '2024-01-01',
      { name: 'Containers', properties: { extensions: [{ name: 'x', isEnabled: 'True' }] } },
    ],
    ['what the SDK has no operation for', `${registry}/agentPools`, '2025-03-01-preview', { name: 'pool' }],
    ['a path with a query', `${subscription}/resources?$filter=x`, '2021-04-01', { id: 'x' }],
  ];
  test.each(many)('%s', async (_, path, version, item) => {
    const [pathname = '', query = ''] = path.split('?');
    const asked = { ...Object.fromEntries(new URLSearchParams(query)), 'api-version': version };
    arm()
      .get(pathname)
      .query(asked)
      .reply(200, { value: [item] });
    expect(await azureWith().list(path, version)).toEqual([item]);
  });
});

describe('pages', () => {
  const link = (page: number) => `${host}${registries}?api-version=${preview}&$skiptoken=a%2Fb%3D${page}`;
  const paged = (page: number) => (uri: string) => uri.endsWith(`&$skiptoken=a%2Fb%3D${page}`);
  const premium = (name: string) => ({ name, sku: { name: 'Premium' }, properties: {} });

  test('a registry without sku, which the SDK cannot read, costs no registry', async () => {
    const unreadable = { name: 'old', properties: { status: {} } };
    arm()
      .get(registries)
      .query({ 'api-version': preview })
      .reply(200, { value: [unreadable], nextLink: link(2) });
    arm()
      .get(paged(2))
      .reply(200, { value: [premium('b')], nextLink: link(3) });
    arm()
      .get(paged(3))
      .reply(200, { value: [premium('c')] });
    expect(await azureWith().list(registries, preview)).toEqual([unreadable, premium('b'), premium('c')]);
  });

  test('a link without an api-version is asked with the one that the list was asked with', async () => {
    const path = `${registry}/replications`;
    arm()
      .get(path)
      .query({ 'api-version': preview })
      .reply(200, { value: [], nextLink: `${host}${path}?p=2` });
    arm()
      .get(path)
      .query({ 'api-version': preview, p: '2' })
      .reply(200, { value: [{ name: 'x' }], nextLink: '' });
    expect(await azureWith().list(path, preview)).toEqual([{ name: 'x' }]);
  });

  const away = ['https://attacker.example/page', `http://management.azure.com${registries}?p=2`];
  test.each([7, {}, true, []])('a link that is %j is no end of the list', async (nextLink) => {
    for (const path of [registries, `${registry}/tasks`]) {
      arm()
        .get(path)
        .query(true)
        .reply(200, { value: [premium('a')], nextLink });
      const error = await errorOf(azureWith().list(path, preview));
      expect(error).toMatchObject({ kind: 'garbled', message: expect.stringContaining('nextLink is no text') });
    }
  });

  test.each(away)('a link to %s is refused', async (nextLink) => {
    for (const path of [registries, `${registry}/tasks`]) {
      arm()
        .get(path)
        .query(true)
        .reply(200, { value: [premium('a')], nextLink });
      const error = await errorOf(azureWith().list(path, preview));
      expect(error.kind).toBe('garbled');
    }
  });

  test('pages that go in a circle end', async () => {
    for (const path of [registries, `${registry}/tasks`]) {
      const nextLink = `${host}${path}?api-version=${preview}&p=2`;
      arm()
        .get(path)
        .query({ 'api-version': preview })
        .reply(200, { value: [premium('a')], nextLink });
      arm()
        .get(path)
        .query({ 'api-version': preview, p: '2' })
        .reply(200, { value: [premium('b')], nextLink });
      const error = await errorOf(azureWith().list(path, preview));
      expect(error.message).toMatch(/circle/);
    }
  });

  test('a refusal on the second page is the answer: never half a list', async () => {
    arm()
      .get(registries)
      .query({ 'api-version': preview })
      .reply(200, { value: [premium('a')], nextLink: link(2) });
    arm()
      .get(paged(2))
      .reply(403, { error: { code: 'AuthorizationFailed', message: 'No.' } });
    expect((await errorOf(azureWith().list(registries, preview))).kind).toBe('denied');
  });
});

describe('an answer that is none', () => {
  const bodies: readonly [string, string][] = [
    ['a page of a proxy', '<html><title>Sign in</title></html>'],
    ['cut short', '{"value": [{"name": "a"'],
    ['empty', ''],
  ];
  test.each(bodies)('%s is garbled', async (_, body) => {
    for (const path of [registries, `${registry}/tasks`]) {
      arm().get(path).query(true).reply(200, body);
      expect((await errorOf(azureWith().list(path, preview))).kind).toBe('garbled');
    }
    arm().get(registry).query(true).reply(200, body);
    expect((await errorOf(azureWith().get(registry, preview))).kind).toBe('garbled');
  });

  test('an object where a list was asked for is garbled', async () => {
    arm().get(`${registry}/tasks`).query(true).reply(200, { name: 'x' });
    expect((await errorOf(azureWith().list(`${registry}/tasks`, preview))).kind).toBe('garbled');
  });
});
