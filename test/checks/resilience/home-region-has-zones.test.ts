import check from '../../../checks/resilience/home-region-has-zones.ts';
import { acr, testCheck } from '../../support.ts';

const cites = ['registry/location'];
const legacy = { zoneRedundancy: 'Disabled' } as const;

testCheck(check, [
  [
    'pass',
    'the region has zones, whatever zoneRedundancy says',
    { registry: acr({ location: 'westeurope', ...legacy }) },
    { cites },
  ],
  ['pass', 'the region is written with a space', { registry: acr({ location: 'Australia East' }) }, { cites }],
  ['pass', 'Basic is zone redundant too', { registry: acr({ sku: 'Basic' }) }, { cites }],
  ['pass', 'a sovereign region with zones', { registry: acr({ location: 'usgovvirginia' }) }, { cites }],
  ['fail', 'the region has none', { registry: acr({ location: 'westus' }) }, { cites }],
  [
    'unknown',
    'the region is newer than the table',
    { registry: acr({ location: 'taiwannorth' }) },
    { says: '2026-08-20' },
  ],
  ['unknown', 'the region is called like a part of an object', { registry: acr({ location: 'constructor' }) }],
]);
