import check from '../../../checks/network/private-dns-zone-group-attached.ts';
import { observed } from '../../../src/model/evidence.ts';
import { connection, refused, zoneId } from '../../private-path.ts';
import { acr, testCheck } from '../../support.ts';

const registry = acr();
const groups = 'privateEndpoints/0/endpoint/value/zoneGroups/value';

testCheck(
  check,
  [
    [
      'pass',
      'the endpoint has a group that writes to the zone',
      { registry, privateEndpoints: [connection()] },
      { cites: [`${groups}/0/zones`] },
    ],
    [
      'fail',
      'it has none, though records written by hand may be right',
      { registry, privateEndpoints: [connection({ zoneGroups: observed([]) })] },
      {
        cites: [groups],
        says: 'pe-a',
        fix: /dns-zone-group create .*--resource-group rg-net --endpoint-name pe-a .*--private-dns-zone \/subscriptions\/<dns-subscription>\S+\/privatelink.azurecr.io --zone-name/,
      },
    ],
    [
      'fail',
      'its group is for the zone of another service',
      {
        registry,
        privateEndpoints: [
          connection({
            zoneGroups: observed([{ name: 'default', zones: [zoneId('privatelink.vaultcore.azure.net')] }]),
          }),
        ],
      },
      { fix: /dns-zone-group add .* --name default / },
    ],
    [
      'fail',
      'one endpoint has a group and the other none',
      { registry, privateEndpoints: [connection(), connection({ name: 'pe-b', zoneGroups: observed([]) })] },
      { says: 'pe-b' },
    ],
    [
      'unknown',
      'its groups cannot be read',
      {
        registry,
        privateEndpoints: [
          connection({ zoneGroups: refused('Microsoft.Network/privateEndpoints/privateDnsZoneGroups/read') }),
        ],
      },
      { says: 'privateDnsZoneGroups/read' },
    ],
    [
      'unknown',
      'the endpoint is in a subscription we cannot read',
      {
        registry,
        privateEndpoints: [connection({}, { endpoint: refused('Microsoft.Network/privateEndpoints/read') })],
      },
      { says: 'Microsoft.Network/privateEndpoints/read' },
    ],
    ['unknown', 'ARM left the state out', { registry, privateEndpoints: [connection({}, { status: null })] }],
    ['not-applicable', 'there is no endpoint', { registry, privateEndpoints: [] }, { says: 'no approved' }],
    ['not-applicable', 'Basic has none', { registry: acr({ sku: 'Basic' }), privateEndpoints: [] }, { says: 'Basic' }],
  ],
  {
    'privateEndpoints/*/endpoint/value/members': 'the computed names are the same; addresses do not matter here',
    'privateEndpoints/*/endpointId': 'the connection has a name of its own',
    'registry/loginServer': 'the network interface of the endpoint names the registry too',
  },
);
