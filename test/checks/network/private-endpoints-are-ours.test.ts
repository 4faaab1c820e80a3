import check from '../../../checks/network/private-endpoints-are-ours.ts';
import { notCollected } from '../../../src/model/evidence.ts';
import { connection, refused } from '../../private-path.ts';
import { acr, testCheck } from '../../support.ts';

const elsewhere =
  '/subscriptions/00000000-0000-0000-0000-00000000ffff/resourceGroups/rg/providers/Microsoft.Network/privateEndpoints/pe-partner';
const partner = connection(
  {},
  {
    name: 'partner',
    endpointId: elsewhere,
    placement: { whose: 'another-tenant', tenant: '22222222-2222-2222-2222-222222222222' },
    endpoint: notCollected('the endpoint is in another tenant'),
  },
);
const registry = acr();

testCheck(
  check,
  [
    ['pass', 'the endpoint is in a subscription of ours', { registry, privateEndpoints: [connection()] }],
    [
      'pass',
      'we may not read the endpoint, but its subscription is ours',
      {
        registry,
        privateEndpoints: [connection({}, { endpoint: refused('Microsoft.Network/privateEndpoints/read') })],
      },
    ],
    [
      'pass',
      "the other tenant's subscription is listed",
      { registry, privateEndpoints: [connection(), partner] },
      { options: { allowedSubscriptions: ['00000000-0000-0000-0000-00000000FFFF', subscriptionOfOurs()] } },
    ],
    [
      'fail',
      "an endpoint is another tenant's",
      { registry, privateEndpoints: [connection(), partner] },
      {
        cites: ['privateEndpoints/1/endpointId', 'privateEndpoints/1/status'],
        says: "pe-partner is in subscription 00000000-0000-0000-0000-00000000ffff, which is another tenant's",
        fix: /Ask the owner.*private-endpoint-connection delete .*--name partner/s,
      },
    ],
    [
      'fail',
      'only listed subscriptions are allowed, and one of ours is not among them',
      { registry, privateEndpoints: [connection()] },
      { options: { allowedSubscriptions: ['00000000-0000-0000-0000-00000000ffff'] }, says: 'none that is allowed' },
    ],
    [
      'unknown',
      'nobody says whose the subscription is',
      { registry, privateEndpoints: [connection({}, { placement: { whose: 'unplaced' } })] },
      { says: 'nobody says whose' },
    ],
    [
      'not-applicable',
      'the endpoint of the other tenant waits for approval',
      { registry, privateEndpoints: [{ ...partner, status: 'Pending' as const }] },
      { says: 'no private endpoint is approved' },
    ],
    ['not-applicable', 'Basic has none', { registry: acr({ sku: 'Basic' }), privateEndpoints: [] }, { says: 'Basic' }],
  ],
  {
    'privateEndpoints/*/endpoint': 'whose an endpoint is, ARM tells whether or not it may be read',
    'privateEndpoints/*/endpointId': 'ARM told that the endpoint is ours',
    'privateEndpoints/*/status': 'an endpoint of ours is no matter, whatever its state',
  },
);

function subscriptionOfOurs(): string {
  return connection().endpointId?.split('/')[2] ?? '';
}
