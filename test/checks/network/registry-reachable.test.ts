import check from '../../../checks/network/registry-reachable.ts';
import { asMember } from '../../../src/model/enums.ts';
import { connection } from '../../private-path.ts';
import { acr, testCheck } from '../../support.ts';

const closed = acr({ publicNetworkAccess: 'Disabled' });
const nobodyListed = (virtualNetworkRules: readonly string[] | null) =>
  acr({ publicNetworkAccess: 'Enabled', networkRuleSet: { defaultAction: 'Deny', ipRules: [], virtualNetworkRules } });

testCheck(check, [
  [
    'pass',
    'it is closed to the public and has an approved endpoint',
    { registry: closed, privateEndpoints: [connection()] },
    { cites: ['privateEndpoints/0/status'] },
  ],
  [
    'pass',
    'it is open to the public',
    { registry: acr({ publicNetworkAccess: 'Enabled' }), privateEndpoints: [] },
    { cites: ['registry/publicNetworkAccess'] },
  ],
  [
    'pass',
    'it admits one subnet',
    { registry: nobodyListed(['/subnets/a']), privateEndpoints: [] },
    { cites: ['registry/publicNetworkAccess'] },
  ],
  [
    'fail',
    'it is closed to the public and has no endpoint',
    { registry: closed, privateEndpoints: [] },
    {
      cites: ['registry/publicNetworkAccess', 'privateEndpoints'],
      says: '--public-network-enabled true',
      fix: 'private-endpoint create',
    },
  ],
  [
    'fail',
    'its only endpoint waits for approval',
    { registry: closed, privateEndpoints: [connection({}, { status: 'Pending' })] },
    { fix: 'private-endpoint-connection approve' },
  ],
  [
    'fail',
    'it admits selected networks and none is selected',
    { registry: nobodyListed([]), privateEndpoints: [] },
    { says: 'nobody can pull' },
  ],
  [
    'unknown',
    'no address is selected and the subnets are not answered',
    { registry: nobodyListed(null), privateEndpoints: [] },
    { says: 'subnets' },
  ],
  [
    'unknown',
    'the only connection has a state we do not know',
    { registry: closed, privateEndpoints: [connection({}, { status: asMember('connectionStatus', 'Paused') })] },
    { says: 'Paused' },
  ],
  [
    'unknown',
    'ARM left publicNetworkAccess out',
    { registry: acr(), privateEndpoints: [] },
    { says: 'publicNetworkAccess' },
  ],
]);
