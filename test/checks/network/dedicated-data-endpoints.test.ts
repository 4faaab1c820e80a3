import check from '../../../checks/network/dedicated-data-endpoints.ts';
import { asMember } from '../../../src/model/enums.ts';
import { acr, registryId, testCheck } from '../../support.ts';

const flag = 'registry/dataEndpointEnabled';
const connected = (status: string) => [
  {
    id: `${registryId}/privateEndpointConnections/pe-a`,
    name: 'pe-a',
    status: asMember('connectionStatus', status),
    description: null,
    endpoint: null,
  },
];

testCheck(check, [
  ['pass', 'they are on', { registry: acr({ dataEndpointEnabled: true }) }, { cites: [flag] }],
  [
    'pass',
    'an approved private endpoint brings them along',
    { registry: acr({ dataEndpointEnabled: false, privateEndpointConnections: connected('Approved') }) },
    {
      cites: ['registry/privateEndpointConnections/0/status'],
      irrelevant: { [flag]: 'an approved private endpoint brings them along, whatever the property says' },
    },
  ],
  [
    'fail',
    'they are off',
    { registry: acr({ dataEndpointEnabled: false, privateEndpointConnections: [] }) },
    { cites: [flag, 'registry/privateEndpointConnections'], fix: '--data-endpoint-enabled true' },
  ],
  [
    'fail',
    'the only private endpoint waits for approval',
    { registry: acr({ dataEndpointEnabled: false, privateEndpointConnections: connected('Pending') }) },
  ],
  [
    'not-applicable',
    'Standard has none',
    { registry: acr({ sku: 'Standard', dataEndpointEnabled: false }) },
    { says: 'Standard' },
  ],
  [
    'unknown',
    'ARM left the setting out',
    { registry: acr({ privateEndpointConnections: [] }) },
    { says: 'dataEndpointEnabled' },
  ],
  [
    'unknown',
    'ARM left the connections out',
    { registry: acr({ dataEndpointEnabled: false }) },
    { says: 'private endpoint' },
  ],
  [
    'unknown',
    'the only private endpoint is in a state we do not know',
    { registry: acr({ dataEndpointEnabled: false, privateEndpointConnections: connected('Paused') }) },
    { says: 'Paused' },
  ],
]);
