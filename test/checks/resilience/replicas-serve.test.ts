import check from '../../../checks/resilience/replicas-serve.ts';
import { acr, replica, testCheck } from '../../support.ts';

const registry = acr({ location: 'westeurope' });
const home = replica('westeurope');
const routed = (index: number) => `replications/${index}/regionEndpointEnabled`;
const out = { regionEndpointEnabled: false };

testCheck(check, [
  ['pass', 'the replica is in routing', { registry, replications: [home, replica('eastus')] }, { cites: [routed(1)] }],
  [
    'fail',
    'the only replica is out of routing',
    { registry, replications: [home, replica('eastus', out)] },
    { cites: [routed(1)], says: 'eastus', fix: 'replications/eastus --set properties.regionEndpointEnabled=true' },
  ],
  [
    'fail',
    'one of two is',
    { registry, replications: [replica('eastus'), replica('japaneast', out)] },
    { cites: [routed(1)] },
  ],
  [
    'fail',
    'the home region is out of routing',
    { registry, replications: [replica('West Europe', out), replica('eastus')] },
    { cites: [routed(0)] },
  ],
  ['not-applicable', 'only the home region is listed', { registry, replications: [home] }],
  ['unknown', 'ARM left it out', { registry, replications: [replica('eastus', { regionEndpointEnabled: null })] }],
]);
