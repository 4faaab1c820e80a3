import check from '../../../checks/network/private-endpoint-approved.ts';
import { asMember } from '../../../src/model/enums.ts';
import { connection, refused } from '../../private-path.ts';
import { acr, testCheck } from '../../support.ts';

const registry = acr();
const elsewhere = { endpoint: refused('Microsoft.Network/privateEndpoints/read') };

testCheck(
  check,
  [
    [
      'pass',
      'an endpoint is approved',
      { registry, privateEndpoints: [connection()] },
      { cites: ['privateEndpoints/0/status'] },
    ],
    [
      'pass',
      'a second one is pending',
      { registry, privateEndpoints: [connection({ name: 'pe-b' }, { status: 'Pending' }), connection()] },
      { cites: ['privateEndpoints/1/status'] },
    ],
    [
      'pass',
      'another connection could not be read',
      { registry, privateEndpoints: [connection()] },
      { unread: ['privateEndpoints'], cites: ['privateEndpoints/0/status'] },
    ],
    [
      'unknown',
      'one waits, and another could not be read',
      { registry, privateEndpoints: [connection({}, { status: 'Pending' })] },
      { unread: ['privateEndpoints'] },
    ],
    [
      'pass',
      'the registry says approved and the endpoint is in a subscription we cannot read',
      { registry, privateEndpoints: [connection({}, elsewhere)] },
    ],
    [
      'fail',
      'the only connection waits for approval',
      { registry, privateEndpoints: [connection({}, { status: 'Pending' })] },
      { says: 'pe-a waits', fix: 'az acr private-endpoint-connection approve' },
    ],
    [
      'fail',
      'the only connection was rejected',
      { registry, privateEndpoints: [connection({}, { status: 'Rejected' })] },
    ],
    [
      'fail',
      'the endpoint behind it is gone',
      { registry, privateEndpoints: [connection({}, { status: 'Disconnected' })] },
    ],
    [
      'fail',
      'there is no endpoint',
      { registry, privateEndpoints: [] },
      { cites: ['privateEndpoints'], fix: /--private-connection-resource-id <registry-id> --group-id registry/ },
    ],
    [
      'fail',
      'Azure still calls it approved, and the endpoint is not there any more',
      { registry, privateEndpoints: [connection({}, { placement: { whose: 'ours', gone: true } })] },
      { says: 'the endpoint of pe-a is gone, though Azure still calls it Approved' },
    ],
    [
      'fail',
      "the only one that is approved is another tenant's",
      { registry, privateEndpoints: [connection({}, { placement: { whose: 'another-tenant', tenant: null } })] },
      { says: "pe-a is another tenant's" },
    ],
    [
      'unknown',
      'nobody says whose the only one that is approved is',
      { registry, privateEndpoints: [connection({}, { placement: { whose: 'unplaced' } })] },
      { says: /nobody says whose the subscription .* of pe-a is/ },
    ],
    ['fail', 'the endpoint is for other names', { registry, privateEndpoints: [connection({ groups: ['other'] })] }],
    ['not-applicable', 'Basic has none', { registry: acr({ sku: 'Basic' }), privateEndpoints: [] }, { says: 'Basic' }],
    [
      'unknown',
      'ARM left the state out',
      { registry, privateEndpoints: [connection({}, { status: null })] },
      { says: 'no status' },
    ],
    [
      'unknown',
      'the state is one we do not know',
      { registry, privateEndpoints: [connection({}, { status: asMember('connectionStatus', 'Paused') })] },
      { says: 'Paused' },
    ],
  ],
  {
    'privateEndpoints/*/endpoint': 'the connection tells what is judged, whether or not its endpoint may be read',
    'privateEndpoints/*/status': 'another endpoint is approved, or this one is not judged',
  },
);
