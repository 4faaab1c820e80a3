import check from '../../../checks/governance/connected-registries-healthy.ts';
import type { ConnectedRegistry } from '../../../src/model/facets/connected-registries.ts';
import { testCheck } from '../../support.ts';

const site = (said: Partial<ConnectedRegistry>): ConnectedRegistry => ({
  id: '/connectedRegistries/plant',
  name: 'plant',
  connectionState: 'Online',
  activation: 'Active',
  lastActivity: null,
  schedule: null,
  syncToken: null,
  ...said,
});
/** Silent but for a call at nine; it is noon. */
const daily = (lastActivity: string | null, said: Partial<ConnectedRegistry> = {}) => ({
  connectedRegistries: [site({ connectionState: 'Offline', schedule: '0 9 * * *', lastActivity, ...said })],
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
  [
    'pass',
    'it is silent between its calls',
    daily('2026-11-20T09:04:00Z'),
    { now: '2026-11-20T12:00:00Z', cites: [activation, 'connectedRegistries/0/lastActivity'] },
  ],
  ['pass', 'its last call may be under way', daily('2026-11-19T09:04:00Z'), { now: '2026-11-20T09:10:00Z' }],
  [
    'fail',
    'it missed a call',
    daily('2026-11-18T09:04:00Z'),
    { now: '2026-11-20T12:00:00Z', says: 'plant has not called since 2026-11-18T09:04:00Z' },
  ],
  [
    'fail',
    'it never was installed, whatever its schedule',
    daily(null, { activation: 'Inactive' }),
    { cites: [state, activation] },
  ],
  ['unknown', 'Azure does not say when it called', daily(null), { says: 'may be between its calls' }],
  ['unknown', 'nobody can read its schedule', daily('2026-11-20T09:04:00Z', { schedule: 'P1D' })],
  ['not-applicable', 'there is none', { connectedRegistries: [] }],
  ['unknown', 'ARM left the activation out', { connectedRegistries: [site({ activation: null })] }],
]);
