import check from '../../../checks/resilience/replicas-healthy.ts';
import { acr, replica, testCheck } from '../../support.ts';

const registry = acr({ location: 'westeurope' });
const home = replica('westeurope');
const state = (index: number) => `replications/${index}/provisioningState`;

testCheck(
  check,
  [
    [
      'pass',
      'the replica succeeded',
      { registry, replications: [home, replica('eastus')] },
      { cites: [state(0), state(1)] },
    ],
    [
      'pass',
      'a word of the service is not judged',
      { registry, replications: [home, replica('eastus', { displayStatus: 'Syncing' })] },
      { cites: [state(0), state(1)] },
    ],
    [
      'pass',
      'one is being created',
      { registry, replications: [home, replica('eastus', { provisioningState: 'Creating' })] },
    ],
    [
      'fail',
      'a replica failed',
      {
        registry,
        replications: [home, replica('eastus', { provisioningState: 'Failed', displayStatus: 'Not ready' })],
      },
      {
        cites: [state(1)],
        says: "eastus, which shows 'Not ready' is in the state Failed; that state counts",
        fix: 'once the consumers in eastus can pull',
      },
    ],
    [
      'fail',
      'the home region itself failed',
      { registry, replications: [replica('West Europe', { provisioningState: 'Canceled' })] },
      { cites: [state(0)], fix: /repeat the last change of the registry.*cannot be deleted/ },
    ],
    ['not-applicable', 'there is no replica', { registry, replications: [] }],
    ['not-applicable', 'the home region is the only one listed', { registry, replications: [replica('West Europe')] }],
    [
      'unknown',
      'the home region is not among the replications',
      { registry, replications: [replica('eastus')] },
      { says: 'westeurope is not among the replications' },
    ],
    ['unknown', 'the registry came without location', { registry: acr({ location: '' }), replications: [home] }],
    [
      'unknown',
      'ARM left the state out',
      { registry, replications: [home, replica('eastus', { provisioningState: null })] },
    ],
  ],
  {
    'replications/*/displayStatus': 'a word of the service, shown and not judged',
    'replications/*/regionEndpointEnabled': 'replicas-serve judges it',
  },
);
