import check from '../../../checks/governance/connected-registries-healthy.ts';
import type { ConnectedRegistry } from '../../../src/model/facets/connected-registries.ts';
import { testCheck } from '../../support.ts';

const site = (said: Partial<ConnectedRegistry>): ConnectedRegistry => ({
  id: '/connectedRegistries/plant',
  name: 'plant',
  mode: 'ReadOnly',
  connectionState: 'Online',
  activation: 'Active',
  lastActivity: null,
  syncToken: null,
  ...said,
});
const state = 'connectedRegistries/0/connectionState';
const activation = 'connectedRegistries/0/activation';

testCheck(check, [
  ['pass', 'it is in touch', { connectedRegistries: [site({})] }, { cites: [state, activation] }],
  [
    'pass',
    'it is syncing',
    { connectedRegistries: [site({ connectionState: 'Syncing' })] },
    { cites: [state, activation] },
  ],
  [
    'fail',
    'it is offline',
    { connectedRegistries: [site({ connectionState: 'Offline' })] },
    { cites: [state], says: 'plant is out of touch (Offline)' },
  ],
  ['fail', 'it is unhealthy', { connectedRegistries: [site({ connectionState: 'Unhealthy' })] }, { cites: [state] }],
  [
    'fail',
    'it was never installed',
    { connectedRegistries: [site({ activation: 'Inactive' })] },
    { cites: [activation] },
  ],
  ['not-applicable', 'there is none', { connectedRegistries: [] }],
  ['unknown', 'ARM left the activation out', { connectedRegistries: [site({ activation: null })] }],
]);
