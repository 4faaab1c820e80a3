import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import zoneElsewhere from '../../fixtures/tenants/three-regions-zone-elsewhere.json' with { type: 'json' };
import { clouds } from '../../src/azure/clouds.ts';
import { connect } from '../../src/azure/index.ts';
import { collect } from '../../src/collect/collect.ts';
import { denying, emulate, type TenantDocument } from '../../src/emulator/index.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { type Facet, facets } from '../../src/model/facets.ts';
import type { Report } from '../../src/pages/report.ts';
import { findingIn } from '../verdicts.ts';

const credential = { getToken: async () => ({ token: 'token', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) };

async function scan(document: TenantDocument): Promise<Report> {
  const { httpClient, now } = emulate(document);
  const snapshot = await collect(
    connect({ cloud: clouds.public, credential, httpClient }),
    {
      subscriptions: [],
      managementGroup: null,
      registries: [],
      groups: [],
      tags: [],
      optIns: [],
      declared: [],
      facets: new Set(Object.keys(facets) as Facet[]),
    },
    { tool: { name: 'acr-audit', version: '0.0.0' }, now: () => now, progress: () => {} },
  );
  return evaluate(snapshot, { checks, profile: 'recommended' });
}

const tenant = zoneElsewhere as unknown as TenantDocument;
const zones = '/subscriptions/00000000-0000-0000-0000-000000000002';
const registries = '/subscriptions/00000000-0000-0000-0000-000000000001';

describe('what was denied of the zones keeps the verdict on the records back, and the scan is incomplete', () => {
  test('with every right it is told', async () => {
    expect(findingIn(await scan(tenant), 'private-dns-records-complete')?.verdict).toBe('fail');
  });

  test.each([
    ['the zones and all in them', zones, 'Microsoft.Network/privateDnsZones/*'],
    ['the records', zones, 'Microsoft.Network/privateDnsZones/A/read'],
    [
      'the zone groups, where the links are denied too',
      registries,
      'Microsoft.Network/privateEndpoints/privateDnsZoneGroups/read',
    ],
  ])('%s', async (_, scope, action) => {
    const links = denying(tenant, zones, 'Microsoft.Network/privateDnsZones/virtualNetworkLinks/read');
    const report = await scan(denying(links, scope, action));
    expect(findingIn(report, 'private-dns-records-complete')).toMatchObject({ verdict: 'unknown', unseen: 'unread' });
    expect(report.complete).toBe(false);
  });
});
