import check from '../../../checks/resilience/geo-replicated.ts';
import { acr, replica, testCheck } from '../../support.ts';

const registry = acr({ location: 'westeurope' });
const home = replica('West Europe');
const serving = (index: number) => [
  `replications/${index}/provisioningState`,
  `replications/${index}/regionEndpointEnabled`,
];

testCheck(check, [
  [
    'pass',
    'home and a replica serve',
    { registry, replications: [home, replica('eastus')] },
    { cites: [...serving(0), ...serving(1)] },
  ],
  [
    'unknown',
    'the home region is not among the replications',
    { registry, replications: [replica('eastus')] },
    { says: 'westeurope is not among the replications' },
  ],
  [
    'unknown',
    'the registry came without location',
    { registry: acr({ location: '' }), replications: [home] },
    { says: 'came without location' },
  ],
  [
    'pass',
    'the replica is out of global routing and serves under its own name',
    {
      registry: acr({ location: 'westeurope', regionalEndpoints: 'Enabled' }),
      replications: [home, replica('eastus', { regionEndpointEnabled: false })],
    },
    {
      cites: [...serving(0), ...serving(1), 'registry/regionalEndpoints'],
      says: '2 regions serve, 1 of them in global routing',
    },
  ],
  [
    'fail',
    'a replica is outside of the allowed regions',
    { registry, replications: [home, replica('eastus')] },
    {
      options: { allowedRegions: ['West Europe', 'northeurope'] },
      cites: ['replications/1/location'],
      says: 'Outside of the allowed regions: eastus',
      fix: 'Move the consumers of eastus',
    },
  ],
  [
    'pass',
    'all regions are allowed ones',
    { registry, replications: [home, replica('northeurope')] },
    { options: { allowedRegions: ['West Europe', 'northeurope'] } },
  ],
  [
    'pass',
    'home and a replica serve, and another could not be read',
    { registry, replications: [home, replica('eastus')] },
    { unread: ['replications'] },
  ],
  [
    'unknown',
    'all regions that could be read are allowed ones',
    { registry, replications: [home, replica('northeurope')] },
    { unread: ['replications'], options: { allowedRegions: ['West Europe', 'northeurope'] } },
  ],
  [
    'unknown',
    'there is no replica but for one that could not be read',
    { registry, replications: [home] },
    { unread: ['replications'] },
  ],
  [
    'fail',
    'there is no replica',
    { registry, replications: [] },
    { cites: ['replications'], fix: /soft delete exclude each other.*az acr replication create/s },
  ],
  [
    'fail',
    'the home region in the list is no replica',
    { registry, replications: [home] },
    { cites: ['replications'] },
  ],
  [
    'fail',
    'the only replica is out of routing',
    { registry, replications: [home, replica('eastus', { regionEndpointEnabled: false })] },
    {
      cites: ['replications/1/regionEndpointEnabled'],
      says: 'eastus is out of global routing',
      fix: /^az resource update .*regionEndpointEnabled=true$/,
    },
  ],
  [
    'fail',
    'the only replica failed',
    { registry, replications: [home, replica('eastus', { provisioningState: 'Failed' })] },
    { cites: ['replications/1/provisioningState'], says: 'eastus is Failed', fix: 'Mend the replica in eastus' },
  ],
  [
    'fail',
    'the home region failed: its replication cannot be deleted',
    { registry, replications: [replica('West Europe', { provisioningState: 'Failed' }), replica('eastus')] },
    { says: 'West Europe is Failed', fix: /repeat the last change of the registry.*cannot be deleted/ },
  ],
  ['not-applicable', 'Standard has no replicas', { registry: acr({ sku: 'Standard' }), replications: [] }],
  [
    'unknown',
    'the only replica is still being created',
    { registry, replications: [home, replica('eastus', { provisioningState: 'Creating' })] },
    { says: 'eastus is still being created' },
  ],
  [
    'unknown',
    'ARM left routing out',
    { registry, replications: [home, replica('eastus', { regionEndpointEnabled: null })] },
  ],
  [
    'unknown',
    'ARM left the routing of the home region out',
    { registry, replications: [replica('westeurope', { regionEndpointEnabled: null }), replica('eastus')] },
  ],
]);
