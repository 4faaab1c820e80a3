import check from '../../../checks/network/private-endpoint-connections-settled.ts';
import { asMember } from '../../../src/model/enums.ts';
import { connection, refused } from '../../private-path.ts';
import { acr, testCheck } from '../../support.ts';

const registry = acr();
const inState = (name: string, status: string) =>
  connection({ name }, { status: asMember('connectionStatus', status) });
/** What the registry's own answer says of its connections. */
const told = (status: string) => {
  const { id, name, endpointId, ...said } = inState('pe-b', status);
  return acr({ privateEndpointConnections: [{ id, name, status: said.status, endpoint: endpointId }] });
};
const unreadList = refused('Microsoft.ContainerRegistry/registries/privateEndpointConnections/read');

testCheck(
  check,
  [
    [
      'pass',
      'all are approved',
      { registry, privateEndpoints: [connection()] },
      { cites: ['privateEndpoints/0/status'] },
    ],
    ['pass', 'there is none', { registry, privateEndpoints: [] }, { cites: ['privateEndpoints'] }],
    [
      'fail',
      'one waits since a replica was added',
      { registry, privateEndpoints: [connection(), inState('pe-b', 'Pending')] },
      {
        cites: ['privateEndpoints/1/status'],
        says: 'pe-b is Pending',
        fix: /^az acr private-endpoint-connection approve .* --name pe-b$/,
      },
    ],
    [
      'fail',
      'one was refused and another is dead',
      { registry, privateEndpoints: [inState('pe-b', 'Rejected'), inState('pe-c', 'Disconnected')] },
      { says: 'pe-b is Rejected; pe-c is Disconnected', fix: /delete .* --name pe-b\n.*delete .* --name pe-c$/ },
    ],
    [
      'fail',
      "what waits is another tenant's, and is not to be approved",
      {
        registry,
        privateEndpoints: [
          connection({ name: 'pe-b' }, { status: 'Pending', placement: { whose: 'another-tenant', tenant: null } }),
        ],
      },
      { says: 'pe-b is Pending', fix: /^pe-b waits for endpoint pe-b, .*: do not approve what you did not order\.$/ },
    ],
    [
      'fail',
      'nobody says whose it is that waits: it is not to be approved either',
      {
        registry,
        privateEndpoints: [connection({ name: 'pe-b' }, { status: 'Pending', placement: { whose: 'unplaced' } })],
      },
      { fix: /^pe-b waits for endpoint pe-b, .*: do not approve what you did not order\.$/ },
    ],
    [
      'pass',
      'the list may not be read, and the registry tells of its connections',
      { registry: told('Approved'), privateEndpoints: unreadList },
      { cites: ['registry/privateEndpointConnections/0/status'] },
    ],
    [
      'fail',
      'the list may not be read, and one waits by the answer of the registry',
      { registry: told('Pending'), privateEndpoints: unreadList },
      { cites: ['registry/privateEndpointConnections/0/status'], says: 'pe-b is Pending' },
    ],
    [
      'fail',
      'one entry of the list could not be read, and waits by the answer of the registry',
      { registry: told('Pending'), privateEndpoints: [connection()] },
      { unread: ['privateEndpoints'], says: 'pe-b is Pending' },
    ],
    [
      'unknown',
      'one entry of the list could not be read, and the registry tells of none',
      { registry, privateEndpoints: [connection()] },
      { unread: ['privateEndpoints'], says: 'privateEndpointConnections' },
    ],
    [
      'unknown',
      'the list may not be read, and the registry tells of none',
      { registry, privateEndpoints: unreadList },
      { says: 'privateEndpointConnections/read' },
    ],
    ['not-applicable', 'Basic has none', { registry: acr({ sku: 'Basic' }), privateEndpoints: [] }, { says: 'Basic' }],
    [
      'unknown',
      'a state is one we do not know',
      { registry, privateEndpoints: [inState('pe-a', 'Paused')] },
      { says: 'Paused' },
    ],
    [
      'unknown',
      'ARM left a state out',
      { registry, privateEndpoints: [connection({}, { status: null })] },
      { says: 'no status' },
    ],
  ],
  {
    'registry/privateEndpointConnections/*/endpoint': 'its state is judged, wherever it leads',
    'privateEndpoints/*/endpoint': 'the connection tells what is judged, whether or not its endpoint may be read',
  },
);
