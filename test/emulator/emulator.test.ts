import { request as httpsRequest } from 'node:https';
import { describe, expect, test } from 'vitest';
import threeRegions from '../../fixtures/tenants/three-regions.json' with { type: 'json' };
import zoneElsewhere from '../../fixtures/tenants/three-regions-zone-elsewhere.json' with { type: 'json' };
import withoutSoftDelete from '../../fixtures/tenants/without-soft-delete.json' with { type: 'json' };
import { registryApiVersions } from '../../src/collect/registry.ts';
import { denying, emulate, serve, type TenantDocument } from '../../src/emulator/index.ts';
import { readTenant } from '../../src/emulator/tenant.ts';

const production = '/subscriptions/00000000-0000-0000-0000-000000000001';
const connectivity = '/subscriptions/00000000-0000-0000-0000-000000000002';
const registries = 'providers/Microsoft.ContainerRegistry/registries';
const registry = `${production}/resourceGroups/rg-registries/${registries}/contosoprod`;
const zone = 'resourceGroups/rg-dns/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io';
const latest = `api-version=${registryApiVersions[0]}`;

interface Body {
  readonly [key: string]: unknown;
  readonly value: readonly { readonly id: string; readonly name: string }[];
  readonly nextLink?: string;
  readonly error: { readonly code: string; readonly message: string };
  readonly properties: { readonly policies: object };
}

/** Asks the tenant inside the process. */
function ask(tenant: TenantDocument, path: string, { method = 'GET', body = null as string | null } = {}) {
  const given = emulate(tenant).answer({ method, url: new URL(`https://management.azure.com${path}`), body });
  return { status: given.status, headers: given.headers, body: JSON.parse(given.body) as Body };
}

const names = (tenant: TenantDocument, path: string) => ask(tenant, path).body.value.map(({ name }) => name);

describe('what is listed', () => {
  const regions = ['westeurope', 'northeurope', 'eastus2'];
  for (const [what, path, expected] of [
    ['subscriptions', '/subscriptions?api-version=2022-12-01', [undefined]],
    [
      'groups',
      `${production}/resourceGroups?api-version=2022-12-01`,
      ['rg-registries', 'rg-network', 'rg-dns', 'rg-monitoring'],
    ],
    ['a type in a subscription', `${production}/${registries}?${latest}`, ['contosoprod']],
    ['a type in a group', `${production}/resourceGroups/rg-registries/${registries}?${latest}`, ['contosoprod']],
    ['a type in a group without any', `${production}/resourceGroups/rg-dns/${registries}?${latest}`, []],
    ['children of a resource', `${registry}/replications?${latest}`, regions],
    ['children, whatever the casing', `${registry.toLowerCase()}/REPLICATIONS?${latest}`, regions],
    ['children that nobody made', `${registry}/tokens?${latest}`, []],
    [
      'address records of a zone',
      `${production}/${zone}/A?api-version=2020-06-01`,
      ['contosoprod', 'contosoprod.westeurope.data', 'contosoprod.northeurope.data'],
    ],
    [
      'all records of a zone',
      `${production}/${zone}/ALL?api-version=2020-06-01`,
      ['@', 'contosoprod', 'contosoprod.westeurope.data', 'contosoprod.northeurope.data'],
    ],
    [
      'subnets, which live in their network',
      `${production}/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-apps/subnets?api-version=2025-05-01`,
      ['snet-aks', 'snet-endpoints'],
    ],
    ['usages, which are no resources', `${registry}/listUsages?${latest}`, ['Size', 'Webhooks', 'Geo-replications']],
    [
      'resources of a type',
      `${production}/resources?api-version=2021-04-01&$filter=resourceType eq 'Microsoft.ContainerRegistry/registries'`,
      ['contosoprod'],
    ],
  ] as const) {
    test(what, () => expect(names(threeRegions, path)).toEqual(expected));
  }

  test('the generic list shows no properties', () => {
    const path = `${production}/resources?api-version=2021-04-01&$filter=name eq 'contosoprod'`;
    expect(ask(threeRegions, path).body.value[0]).not.toHaveProperty('properties');
  });
});

describe('assignments and locks apply from above', () => {
  const assignment = (name: string, scope: string) => ({
    id: `${scope === '/' ? '' : scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    name,
    properties: { scope, principalId: name },
  });
  const tenant = {
    ...threeRegions,
    resources: [
      ...threeRegions.resources,
      assignment('everywhere', '/'),
      assignment('managed', '/providers/Microsoft.Management/managementGroups/contoso'),
      assignment('here', production),
      assignment('inside', registry),
    ],
  };
  const list = 'providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01';
  for (const [where, filter, expected] of [
    [production, '', ['everywhere', 'managed', 'here', 'inside']],
    [production, '&$filter=atScope()', ['everywhere', 'managed', 'here']],
    [registry, '&$filter=atScope()', ['everywhere', 'managed', 'here', 'inside']],
    [`${production}/resourceGroups/rg-dns`, '', ['everywhere', 'managed', 'here']],
    [production, "&$filter=principalId eq 'inside'", ['inside']],
  ] as const) {
    test(`at ${where.split('/').at(-1)} ${filter}`, () =>
      expect(names(tenant, `${where}/${list}${filter}`)).toEqual(expected));
  }
});

test('a long list comes in pages, each naming the next', () => {
  const tenant = { ...threeRegions, pageSize: 2 };
  const first = ask(tenant, `${registry}/replications?${latest}`).body;
  expect(first.value).toHaveLength(2);
  const next = new URL(first.nextLink ?? '');
  expect(next.origin).toBe('https://management.azure.com');
  const last = ask(tenant, next.pathname + next.search).body;
  expect(last.value.map(({ name }) => name)).toEqual(['eastus2']);
  expect(last.nextLink).toBeUndefined();
});

describe('refusals', () => {
  const gone = `${production}/resourceGroups/rg-registries/${registries}/gone`;
  for (const [what, path, status, code, says] of [
    [
      'no such resource',
      `${gone}?${latest}`,
      404,
      'ResourceNotFound',
      "'Microsoft.ContainerRegistry/registries/gone' under resource group 'rg-registries'",
    ],
    [
      'no such parent',
      `${gone}/replications?${latest}`,
      404,
      'ParentResourceNotFound',
      "Parent resource 'gone' not found",
    ],
    [
      'no such extended resource',
      `${gone}/providers/Microsoft.Insights/diagnosticSettings?api-version=2021-05-01-preview`,
      404,
      'ParentResourceNotFound',
      "'gone'",
    ],
    [
      'no such group',
      `${production}/resourceGroups/gone/${registries}?${latest}`,
      404,
      'ResourceGroupNotFound',
      "Resource group 'gone'",
    ],
    [
      'no such subscription',
      `/subscriptions/00000000-0000-0000-0000-000000000009/${registries}?${latest}`,
      404,
      'SubscriptionNotFound',
      '000000000009',
    ],
    ['no api-version', registry, 400, 'MissingApiVersionParameter', 'required for all requests'],
    [
      'an unknown api-version',
      `${registry}?api-version=2001-01-01`,
      400,
      'NoRegisteredProviderFound',
      "API version '2001-01-01' for type 'registries'. The supported api-versions are '2017-10-01",
    ],
    [
      'an unknown api-version of subscriptions',
      `/subscriptions?api-version=latest`,
      400,
      'InvalidApiVersionParameter',
      "'latest' is invalid",
    ],
    [
      'an unknown filter',
      `${registry}/tokens?${latest}&$filter=startswith(name,'a')`,
      400,
      'InvalidFilterInQueryString',
      'startswith',
    ],
    ['a badly escaped path', `${registry}/%E0?${latest}`, 404, 'InvalidResourceType', '%E0'],
    ['a path of no service', `/nowhere?${latest}`, 404, 'InvalidResourceType', '/nowhere'],
  ] as const) {
    test(what, () => {
      const answer = ask(threeRegions, path);
      expect([answer.status, answer.body.error.code]).toEqual([status, code]);
      expect(answer.body.error.message).toContain(says);
    });
  }

  test('a missing record has a shape of its own', () => {
    const { status, body } = ask(
      threeRegions,
      `${production}/${zone}/A/contosoprod.eastus2.data?api-version=2020-06-01`,
    );
    expect([status, body['code']]).toEqual([404, 'NotFound']);
  });

  for (const [method, path] of [
    ['PUT', registry],
    ['PATCH', registry],
    ['DELETE', registry],
    ['POST', `${registry}/listCredentials`],
    ['GET', '/providers/Microsoft.ResourceGraph/resources'],
  ] as const) {
    test(`${method} ${path.split('/').at(-1)}`, () =>
      expect(ask(threeRegions, `${path}?${latest}`, { method }).status).toBe(405));
  }
});

describe('what the client may not read', () => {
  const zoneId = `${connectivity}/${zone}`;
  const denied = denying(zoneElsewhere, connectivity);
  for (const [what, path, action, scope] of [
    ['a resource', `${zoneId}?api-version=2024-06-01`, 'Microsoft.Network/privateDnsZones/read', zoneId],
    ['its children', `${zoneId}/ALL?api-version=2024-06-01`, 'Microsoft.Network/privateDnsZones/ALL/read', zoneId],
    [
      'a list in a subscription',
      `${connectivity}/providers/Microsoft.Network/privateDnsZones?api-version=2024-06-01`,
      'Microsoft.Network/privateDnsZones/read',
      `${connectivity}/providers/Microsoft.Network`,
    ],
    [
      'a subscription',
      `${connectivity}?api-version=2022-12-01`,
      'Microsoft.Resources/subscriptions/read',
      connectivity,
    ],
  ] as const) {
    test(what, () => {
      const { status, body } = ask(denied, path);
      expect(status).toBe(403);
      expect(body.error).toEqual({
        code: 'AuthorizationFailed',
        message: `The client '00000000-0000-0000-0000-00000000c11e' with object id '00000000-0000-0000-0000-00000000c11e' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
      });
    });
  }

  test('only what is denied', () => {
    expect(ask(denied, `${registry}?${latest}`).status).toBe(200);
    expect(names(denied, '/subscriptions?api-version=2022-12-01')).toHaveLength(1);
  });

  test('by action', () => {
    const tenant = denying(threeRegions, production, 'Microsoft.ContainerRegistry/registries/*/read');
    expect(ask(tenant, `${registry}?${latest}`).status).toBe(200);
    expect(ask(tenant, `${registry}/replications?${latest}`).status).toBe(403);
  });

  test('a list above leaves it out', () => {
    const tenant = denying(threeRegions, registry);
    expect(names(tenant, `${production}/${registries}?${latest}`)).toEqual([]);
  });
});

describe('the api-version decides what a body shows', () => {
  for (const [version, shown] of [
    ['2025-11-01', false],
    ['2026-01-01-preview', true],
  ] as const) {
    test(`soft delete at ${version}`, () => {
      const { properties } = ask(threeRegions, `${registry}?api-version=${version}`).body;
      expect('softDeletePolicy' in properties.policies).toBe(shown);
      expect('regionalEndpoints' in properties).toBe(shown);
    });
  }

  test('a resolution policy only since 2024-06-01', () => {
    const link = `${production}/${zone}/virtualNetworkLinks/vnet-apps`;
    expect(ask(threeRegions, `${link}?api-version=2024-06-01`).body.properties).toHaveProperty('resolutionPolicy');
    expect(ask(threeRegions, `${link}?api-version=2020-06-01`).body.properties).not.toHaveProperty('resolutionPolicy');
  });

  test('Defender extensions only since 2023-01-01', () => {
    const plan = `${production}/providers/Microsoft.Security/pricings/Containers`;
    expect(ask(threeRegions, `${plan}?api-version=2024-01-01`).body.properties).toHaveProperty('extensions');
    expect(ask(threeRegions, `${plan}?api-version=2022-03-01`).body.properties).not.toHaveProperty('extensions');
  });

  test('a tenant may refuse preview versions', () => {
    const { status, body } = ask(withoutSoftDelete, `${production}/${registries}?${latest}`);
    expect([status, body.error.code]).toEqual([400, 'NoRegisteredProviderFound']);
    expect(body.error.message).toContain("'2023-07-01, 2025-04-01, 2025-11-01'");
    expect(names(withoutSoftDelete, `${production}/${registries}?api-version=2025-11-01`)).toEqual(['contosoprod']);
  });
});

describe('Resource Graph', () => {
  const graph = (tenant: TenantDocument, query: string, more: object = {}) =>
    ask(tenant, '/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01', {
      method: 'POST',
      body: JSON.stringify({ query, ...more }),
    });
  const written = {
    ...threeRegions,
    pageSize: 1,
    graph: [{ matches: 'SecurityResources', rows: [{ n: 1 }, { n: 2 }] }],
  };

  test('answers the rows written for a query, page by page', () => {
    const first = graph(written, 'securityresources | project n');
    expect(first.body).toMatchObject({ totalRecords: 2, count: 1, data: [{ n: 1 }] });
    expect(first.headers).toHaveProperty('x-ms-user-quota-remaining');
    const second = graph(written, 'securityresources | project n', {
      options: { $skipToken: first.body['$skipToken'] },
    });
    expect(second.body).toMatchObject({ data: [{ n: 2 }], resultTruncated: 'false' });
    expect(second.body).not.toHaveProperty('$skipToken');
  });

  const query = "resources | where type =~ 'Microsoft.Network/privateDnsZones'";
  test('otherwise the resources of the types that a query names', () =>
    expect(graph(zoneElsewhere, query).body['data']).toMatchObject([
      { name: 'privatelink.azurecr.io', resourceGroup: 'rg-dns' },
    ]));
  test('of the subscriptions asked for', () =>
    expect(
      graph(zoneElsewhere, query, { subscriptions: ['00000000-0000-0000-0000-000000000001'] }).body['data'],
    ).toEqual([]));
  test('without those it may not read', () =>
    expect(graph(denying(zoneElsewhere, connectivity), query).body['data']).toEqual([]));
});

test('a fault comes as often as it says', () => {
  const emulator = emulate({
    ...threeRegions,
    faults: [{ path: registry, status: 429, body: '<html>', headers: { 'retry-after': '1' }, times: 1 }],
  });
  const url = new URL(`https://management.azure.com${registry}?${latest}`);
  const statuses = [1, 2].map(() => emulator.answer({ method: 'GET', url, body: null }).status);
  expect(statuses).toEqual([429, 200]);
});

describe('a tenant document with a mistake', () => {
  for (const [what, document, says] of [
    ['an unknown key', { ...threeRegions, resource: [] }, 'resource'],
    ['no now', { ...threeRegions, now: 'today' }, 'now'],
    ['a query that is no pattern', { ...threeRegions, graph: [{ matches: '/(/', rows: [] }] }, 'graph.0.matches'],
    ['a resource twice', { ...threeRegions, resources: [{ id: '/a' }, { id: '/A' }] }, 'two resources'],
    ['a resource nowhere', { ...threeRegions, resources: [{ id: `${connectivity}/x` }] }, 'no subscription'],
  ] as const) {
    test(what, () => expect(() => readTenant(document)).toThrow(says));
  }
});

describe('over HTTPS', () => {
  const get = (url: string, ca: string, headers: Record<string, string> = {}) =>
    new Promise<{ status: number; headers: object; body: string }>((resolve, reject) => {
      httpsRequest(url, { ca, headers }, (answer) => {
        let body = '';
        answer.setEncoding('utf8').on('data', (chunk) => {
          body += chunk;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
      })
        .on('error', reject)
        .end();
    });
  const authorization = { authorization: 'Bearer token' };

  test('the same answers, to clients that trust its certificate and show a token', async () => {
    const served = await serve({ ...threeRegions, pageSize: 2 });
    try {
      const list = `${served.url}${registry}/replications?${latest}`;
      const { status, body } = await get(list, served.ca, authorization);
      expect(status).toBe(200);
      const rest = await get(JSON.parse(body).nextLink, served.ca, authorization);
      expect(JSON.parse(rest.body).value).toHaveLength(1);
      expect(served.requests.map(({ method, path }) => `${method} ${path.split('/').at(-1)?.split('&')[0]}`)).toEqual([
        `GET replications?${latest}`,
        `GET replications?${latest}`,
      ]);

      const refused = await get(list, served.ca);
      expect(refused.status).toBe(401);
      expect(JSON.parse(refused.body).error.code).toBe('AuthenticationFailed');
      expect(refused.headers).toHaveProperty('www-authenticate');
      await expect(get(list, '')).rejects.toThrow();
    } finally {
      await served.close();
    }
  });

  test('a token for whoever asks as a managed identity does', async () => {
    const served = await serve(threeRegions);
    try {
      const { body } = await get(`${served.url}/msi/token?resource=x`, served.ca);
      const token = JSON.parse(body).access_token;
      const subscriptions = await get(`${served.url}/subscriptions?api-version=2022-12-01`, served.ca, {
        authorization: `Bearer ${token}`,
      });
      expect(subscriptions.status).toBe(200);
    } finally {
      await served.close();
    }
  });
});

test('the same question gets the same ids', () => {
  const ids = () => ask(threeRegions, `${registry}?${latest}`).headers['x-ms-correlation-request-id'];
  expect(ids()).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(ids()).toBe(ids());
});
