import check from '../../../checks/network/public-network-access-disabled.ts';
import { acr, registryId, testCheck } from '../../support.ts';

const cites = ['registry/publicNetworkAccess'];
const open = { defaultAction: 'Allow', ipRules: [], virtualNetworkRules: null } as const;
const selected = {
  defaultAction: 'Deny',
  ipRules: ['203.0.113.7', '198.51.100.0/28'],
  virtualNetworkRules: null,
} as const;
const approved = {
  id: `${registryId}/privateEndpointConnections/pe-a`,
  name: 'pe-a',
  status: 'Approved',
  description: null,
  endpoint: null,
} as const;

testCheck(check, [
  ['pass', 'public access is off', { registry: acr({ publicNetworkAccess: 'Disabled' }) }, { cites }],
  [
    'fail',
    'every network is answered, and the private path comes first in the fix',
    { registry: acr({ publicNetworkAccess: 'Enabled', networkRuleSet: open }) },
    {
      cites,
      says: 'every network',
      fix: /zone create.*private-endpoint create.*dns-zone-group create.*Mend first what these checks say.*--public-network-enabled false/s,
    },
  ],
  [
    'fail',
    'some networks are answered',
    { registry: acr({ publicNetworkAccess: 'Enabled', networkRuleSet: selected }) },
    { cites, says: '2 listed networks' },
  ],
  [
    'fail',
    'the private endpoint is there already, and its ways are mended before the switch',
    { registry: acr({ publicNetworkAccess: 'Enabled', networkRuleSet: open, privateEndpointConnections: [approved] }) },
    {
      cites,
      fix: /^Mend first .*private-dns-.*clusters-reach-registry.*\naz acr update [^\n]*--public-network-enabled false$/,
    },
  ],
  [
    'fail',
    'Premium came without rules',
    { registry: acr({ publicNetworkAccess: 'Enabled' }) },
    { says: 'a public endpoint' },
  ],
  [
    'not-applicable',
    'Standard cannot switch it off',
    { registry: acr({ sku: 'Standard', publicNetworkAccess: 'Enabled' }) },
    { says: 'this registry is Standard' },
  ],
  ['unknown', 'ARM left publicNetworkAccess out', { registry: acr() }, { says: 'publicNetworkAccess' }],
  [
    'unknown',
    'ARM left the SKU out',
    { registry: acr({ sku: null, publicNetworkAccess: 'Enabled' }) },
    { says: 'sku' },
  ],
]);
