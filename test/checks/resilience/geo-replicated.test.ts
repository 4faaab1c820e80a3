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
  ['pass', 'ARM did not list the home region', { registry, replications: [replica('eastus')] }, { cites: serving(0) }],
  [
    'fail',
    'there is no replica',
    { registry, replications: [] },
    { cites: ['replications'], fix: 'az acr replication create' },
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
  ['not-applicable', 'Standard has no replicas', { registry: acr({ sku: 'Standard' }), replications: [] }],
  [
    'unknown',
    'the only replica is still being created',
    { registry, replications: [home, replica('eastus', { provisioningState: 'Creating' })] },
    { says: 'eastus is still being created' },
  ],
  ['unknown', 'ARM left routing out', { registry, replications: [replica('eastus', { regionEndpointEnabled: null })] }],
]);
