import check from '../../../checks/resilience/replicas-serve.ts';
import { acr, replica, testCheck } from '../../support.ts';

const registry = acr({ location: 'westeurope' });
const home = replica('westeurope');
const routed = (index: number) => `replications/${index}/regionEndpointEnabled`;
const out = { regionEndpointEnabled: false };

testCheck(
  check,
  [
    [
      'pass',
      'the replica is in routing',
      { registry, replications: [home, replica('eastus')] },
      { cites: [routed(0), routed(1)] },
    ],
    [
      'fail',
      'the only replica is out of routing',
      { registry, replications: [home, replica('eastus', out)] },
      { cites: [routed(1)], says: 'eastus', fix: 'replications/eastus --set properties.regionEndpointEnabled=true' },
    ],
    [
      'fail',
      'one of two is',
      { registry, replications: [home, replica('eastus'), replica('japaneast', out)] },
      { cites: [routed(2)] },
    ],
    [
      'fail',
      'the home region is out of routing',
      { registry, replications: [replica('West Europe', out), replica('eastus')] },
      { cites: [routed(0)] },
    ],
    ['not-applicable', 'only the home region is listed', { registry, replications: [home] }, { says: 'no replica' }],
    ['not-applicable', 'none is listed', { registry, replications: [] }, { says: 'no replica' }],
    [
      'unknown',
      'ARM left that of the home region out, and the registry has no replica',
      { registry, replications: [replica('westeurope', { regionEndpointEnabled: null })] },
      { says: 'westeurope came without regionEndpointEnabled' },
    ],
    [
      'unknown',
      'ARM left it out',
      { registry, replications: [home, replica('eastus', { regionEndpointEnabled: null })] },
      { says: 'eastus came without regionEndpointEnabled' },
    ],
    [
      'unknown',
      'ARM left it out, and the region has a name of its own',
      {
        registry: acr({ location: 'westeurope', regionalEndpoints: 'Enabled' }),
        replications: [home, replica('eastus', { regionEndpointEnabled: null })],
      },
      { says: 'eastus came without regionEndpointEnabled' },
    ],
    [
      'unknown',
      'ARM left that of the home region out',
      { registry, replications: [replica('westeurope', { regionEndpointEnabled: null }), replica('eastus')] },
      { says: 'westeurope came without regionEndpointEnabled' },
    ],
    [
      'unknown',
      'the home region is not among the replications',
      { registry, replications: [replica('eastus')] },
      { says: 'the home region westeurope is not among the replications' },
    ],
    ['unknown', 'the registry came without location', { registry: acr({ location: '' }), replications: [] }],
    [
      'pass',
      'a replica is out of routing, and has a name of its own',
      {
        registry: acr({ location: 'westeurope', regionalEndpoints: 'Enabled' }),
        replications: [home, replica('eastus', out)],
      },
      { cites: [routed(0), routed(1), 'registry/regionalEndpoints'], says: 'serves under its own regional name' },
    ],
  ],
  {
    'replications/*/provisioningState': 'replicas-healthy judges it',
  },
);
