import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { parseCacheRule } from '../../src/collect/cache-rules.ts';
import { parseDefenderPlan } from '../../src/collect/defender-plans.ts';
import { parseAddressRecord, parseNetworkLink } from '../../src/collect/private-dns.ts';
import { parseMember, parsePrivateEndpoint, parseZoneGroup } from '../../src/collect/private-endpoints.ts';
import { ShapeError } from '../../src/collect/read.ts';
import { parseConnection, parseRegistry } from '../../src/collect/registry.ts';
import { parseReplication } from '../../src/collect/replications.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { observed } from '../../src/model/evidence.ts';
import { emptyFacets } from '../facets.ts';
import { toldVerdicts } from '../verdicts.ts';
import { bodiesOf, recorded } from './corpus.ts';

const typed = (type: string, suffix: string) =>
  recorded(type)
    ?.filter((row) => row.type.toLowerCase().endsWith(suffix))
    .map(({ body }) => body) ?? null;

const readers: readonly (readonly [string, readonly unknown[] | null, (body: unknown) => unknown])[] = [
  ['registries', bodiesOf('registries'), (body) => parseRegistry(body, 'recorded')],
  ['private endpoint connections', bodiesOf('privateEndpointConnections'), parseConnection],
  ['replications', bodiesOf('replications'), parseReplication],
  ['cache rules', bodiesOf('cacheRules'), parseCacheRule],
  ['private endpoints', typed('privateEndpoints', '/privateendpoints'), (body) => parsePrivateEndpoint(body, '')],
  ['zone groups', typed('privateEndpoints', '/privatednszonegroups'), parseZoneGroup],
  ['A records', typed('privateDns', '/a'), parseAddressRecord],
  ['zone links', typed('privateDns', '/virtualnetworklinks'), parseNetworkLink],
];

describe.each(readers)('recorded %s (../shared/corpus)', (_, bodies, parse) => {
  test.skipIf(bodies === null)('are all read', () => {
    expect(bodies?.length).toBeGreaterThan(0);
    for (const body of bodies ?? []) parse(body);
  });
});

describe('recorded Defender plans (../shared/corpus)', () => {
  const bodies = bodiesOf('pricings');
  test.skipIf(bodies === null)('are all read; those of 2017 have no name and say so', () => {
    for (const body of bodies ?? [])
      if ('name' in (body as object)) parseDefenderPlan(body);
      else expect(() => parseDefenderPlan(body)).toThrow(ShapeError);
  });
});

describe('recorded registries (../shared/corpus)', () => {
  const bodies = bodiesOf('registries');
  test.skipIf(bodies === null)('each get a verdict of every check, and no check breaks', () => {
    const registries = (bodies ?? []).map((body, index) => {
      const registry = parseRegistry(body, 'recorded');
      // Recorders gave many registries one id.
      const id = `${registry.id}${index}`;
      return {
        id,
        name: registry.name,
        subscription: '/subscriptions/1',
        facets: { ...emptyFacets.registry, registry: observed({ ...registry, id }) },
      };
    });
    const report = evaluate(
      {
        schema: 'acr-audit/snapshot@1',
        tool: { name: 'acr-audit', version: '0' },
        collectedAt: '2026-11-23T02:00:00Z',
        cloud: { name: 'public', resourceManager: 'https://management.azure.com', registrySuffix: 'azurecr.io' },
        asked: { registries: [], groups: [], tags: [], subscriptions: [], managementGroup: null, optIns: [] },
        subscriptions: [
          { id: '/subscriptions/1', name: null, registries: observed([]), facets: emptyFacets.subscription },
        ],
        registries,
        shared: emptyFacets.shared,
      },
      { checks, profile: 'regulated' },
    );
    expect(toldVerdicts(report).filter(({ verdict }) => verdict === 'error')).toEqual([]);
    const perRegistry = checks.filter(({ scope }) => scope !== 'subscription').length;
    expect(toldVerdicts(report).filter(({ subject }) => subject !== '/subscriptions/1')).toHaveLength(
      registries.length * perRegistry,
    );
    // Vacuous green is no green: the recordings hold both answers of the plainest control.
    const verdicts = new Set(
      toldVerdicts(report)
        .filter(({ check }) => check === 'admin-user-disabled')
        .map(({ verdict }) => verdict),
    );
    expect([...verdicts].sort()).toEqual(['fail', 'pass']);
  });
});

test('an address that does not tell what it serves is unread: it may serve any member', () => {
  expect(() => parseMember({ properties: { privateIPAddress: '10.0.0.4' } })).toThrow(
    'privateLinkConnectionProperties',
  );
});
