import check from '../../../checks/network/private-endpoint-has-room.ts';
import { asMember } from '../../../src/model/enums.ts';
import { connection, network, networkId, refused, replica } from '../../private-path.ts';
import { acr, testCheck } from '../../support.ts';

const subnet = (usedAddresses: number | null, ...prefixes: string[]) =>
  network(
    'vnet-a',
    [],
    [{ id: `${networkId('vnet-a')}/subnets/endpoints`, name: 'endpoints', prefixes, usedAddresses }],
  );
const used = 'networks/0/network/value/subnets/0/usedAddresses';
const fixed = 'privateEndpoints/0/endpoint/value/staticAddresses';
const given = {
  registry: acr(),
  replications: [replica('westeurope'), replica('eastasia')],
  privateEndpoints: [connection()],
  networks: [subnet(3, '10.1.0.0/27')],
};

testCheck(
  check,
  [
    ['pass', 'the subnet has free addresses', given, { cites: [fixed, used] }],
    [
      'pass',
      'one address is left',
      { ...given, registry: acr({ regionalEndpoints: 'Disabled' }), networks: [subnet(10, '10.1.0.0/28')] },
    ],
    [
      'unknown',
      'one address is left, and ARM left out whether a region takes a second one',
      { ...given, networks: [subnet(10, '10.1.0.0/28')] },
      { says: 'regionalEndpoints' },
    ],
    [
      'pass',
      'the subnet has two ranges',
      { ...given, networks: [subnet(11, '10.1.0.0/28', '10.1.1.0/28', 'fd00::/64')] },
    ],
    [
      'pass',
      'addresses are fixed, and the registry is in one region',
      { ...given, replications: [replica('westeurope')], privateEndpoints: [connection({ staticAddresses: true })] },
      { says: 'fixed addresses of pe-a must go before the first replica' },
    ],
    [
      'fail',
      'the subnet is full',
      { ...given, networks: [subnet(11, '10.1.0.0/28')] },
      { cites: [fixed, used], says: 'endpoints of pe-a has 0 free addresses, and one more region takes 1' },
    ],
    [
      'fail',
      'regional endpoints are on, and a region takes two addresses',
      { ...given, registry: acr({ regionalEndpoints: 'Enabled' }), networks: [subnet(10, '10.1.0.0/28')] },
      { says: 'has 1 free address, and one more region takes 2' },
    ],
    [
      'fail',
      'addresses are fixed, and the registry is geo-replicated',
      { ...given, privateEndpoints: [connection({ staticAddresses: true })] },
      { cites: [fixed], says: 'fixed addresses' },
    ],
    [
      'unknown',
      'the network cannot be read',
      { ...given, networks: [{ id: networkId('vnet-a'), network: refused('Microsoft.Network/virtualNetworks/read') }] },
      { says: 'Microsoft.Network/virtualNetworks/read' },
    ],
    [
      'unknown',
      'the endpoint is in a subscription we cannot read',
      {
        ...given,
        privateEndpoints: [connection({}, { endpoint: refused('Microsoft.Network/privateEndpoints/read') })],
      },
    ],
    [
      'unknown',
      'ARM left the subnet of the endpoint out',
      { ...given, privateEndpoints: [connection({ subnet: null })] },
      { says: 'no subnet for the endpoint' },
    ],
    [
      'unknown',
      'ARM left the used addresses out',
      { ...given, networks: [subnet(null, '10.1.0.0/27')] },
      { says: 'used addresses' },
    ],
    [
      'unknown',
      'a second connection is in a state that we do not know, and may be an endpoint in a full subnet',
      {
        ...given,
        privateEndpoints: [
          connection(),
          connection({ name: 'pe-b' }, { status: asMember('connectionStatus', 'Expired') }),
        ],
      },
      { says: 'Expired' },
    ],
    [
      'unknown',
      'ARM left the ranges of the subnet out',
      { ...given, networks: [subnet(3)] },
      { says: 'no IPv4 range of endpoints' },
    ],
    [
      'unknown',
      'the range of the subnet is none',
      { ...given, networks: [subnet(3, '10.1.0.0/99')] },
      { says: "prefix '10.1.0.0/99' of endpoints is no range" },
    ],
    [
      'unknown',
      "the network's answer does not hold the subnet",
      { ...given, networks: [network()] },
      { says: 'does not hold' },
    ],
    ['unknown', 'the network was not collected', { ...given, networks: [] }, { says: 'was not read' }],
    ['not-applicable', 'there is no endpoint', { ...given, privateEndpoints: [] }, { says: 'no approved' }],
    ['not-applicable', 'Basic has none', { ...given, registry: acr({ sku: 'Basic' }) }, { says: 'Basic' }],
  ],
  {
    'privateEndpoints/*/endpointId': 'it gives the endpoint its name in the words, no more',
    'replications/*/provisioningState': 'a region whose state Azure leaves out is judged as one that serves',
  },
);
