import { describe, expect, test } from 'vitest';
import zoneElsewhere from '../../fixtures/tenants/three-regions-zone-elsewhere.json' with { type: 'json' };
import { denying, type TenantDocument } from '../../src/emulator/index.ts';
import { scanned } from '../emulated.ts';
import { findingIn } from '../verdicts.ts';

const tenant = zoneElsewhere as unknown as TenantDocument;
const zones = '/subscriptions/00000000-0000-0000-0000-000000000002';
const registries = '/subscriptions/00000000-0000-0000-0000-000000000001';

describe('what was denied of the zones keeps the verdict on the records back, and the scan is incomplete', () => {
  test('with every right it is told', async () => {
    expect(findingIn(await scanned(tenant), 'private-dns-records-complete')?.verdict).toBe('fail');
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
    const report = await scanned(denying(links, scope, action));
    expect(findingIn(report, 'private-dns-records-complete')).toMatchObject({ verdict: 'unknown', unseen: 'unread' });
    expect(report.complete).toBe(false);
  });
});
