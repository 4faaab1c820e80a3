import check from '../../../checks/network/registry-reachable.ts';
import { asMember } from '../../../src/model/enums.ts';
import { observed } from '../../../src/model/evidence.ts';
import type { NetworkRuleSet } from '../../../src/model/facets/registry.ts';
import { connection, dns, network, networkId, records, refused, zone, zoneId } from '../../private-path.ts';
import { acr, testCheck } from '../../support.ts';

const closed = acr({ publicNetworkAccess: 'Disabled' });
const ruled = (rules: Partial<NetworkRuleSet> | null) =>
  acr({
    publicNetworkAccess: 'Enabled',
    networkRuleSet: rules && { defaultAction: 'Deny', ipRules: [], virtualNetworkRules: [], ...rules },
  });
/** Everything of the private path is right. */
const path = {
  privateEndpoints: [connection()],
  replications: [],
  privateDns: dns(zone(records(['westeurope']))),
  networks: [network()],
  consumers: { clusters: [], searched: [], declared: [] },
  roleAssignments: { assignments: [], definitions: observed([]) },
};

testCheck(
  check,
  [
    [
      'pass',
      'it is closed to the public, and the network of its endpoint gets to it',
      { registry: closed, ...path },
      {
        cites: [
          'networks/0/network/value/dnsServers',
          'privateDns/zones/0/records/value/0/ips',
          'privateDns/zones/0/records/value/1/ips',
          'privateEndpoints/0/status',
        ],
      },
    ],
    [
      'pass',
      'it is open to the public',
      { registry: ruled({ defaultAction: 'Allow' }), privateEndpoints: [] },
      { cites: ['registry/publicNetworkAccess', 'registry/networkRuleSet/defaultAction'] },
    ],
    [
      'pass',
      'it is open to the public, and an endpoint could not be read',
      { registry: ruled({ defaultAction: 'Allow' }), privateEndpoints: [] },
      { unread: ['privateEndpoints'] },
    ],
    [
      'unknown',
      'it is closed to the public, and the only endpoint could not be read',
      { registry: closed, ...path, privateEndpoints: [] },
      { unread: ['privateEndpoints'] },
    ],
    [
      'pass',
      'it admits one subnet',
      { registry: ruled({ virtualNetworkRules: ['/subnets/a'] }), privateEndpoints: [] },
    ],
    [
      'pass',
      'a record holds a stale address beside the right one: about half of the look-ups work',
      {
        registry: closed,
        ...path,
        privateDns: dns({
          ...zone({}),
          records: observed([
            { name: 'contoso', ips: ['10.1.0.4'] },
            { name: 'contoso.westeurope.data', ips: ['10.1.0.5', '10.1.0.77'] },
          ]),
        }),
      },
    ],
    [
      'fail',
      'it is closed to the public and has no endpoint',
      { registry: closed, ...path, privateEndpoints: [] },
      {
        cites: ['registry/publicNetworkAccess', 'privateEndpoints'],
        says: 'public access is off',
        fix: 'private-endpoint create',
      },
    ],
    [
      'fail',
      'it is closed to the public, has no endpoint, and exports are disabled',
      {
        registry: acr({ publicNetworkAccess: 'Disabled', policies: { export: { status: 'disabled' } } }),
        ...path,
        privateEndpoints: [],
      },
      { says: /exports are disabled, so that ARM refuses/ },
    ],
    [
      'fail',
      'its only endpoint waits for approval',
      { registry: closed, ...path, privateEndpoints: [connection({}, { status: 'Pending' })] },
      { fix: 'private-endpoint-connection approve' },
    ],
    [
      'fail',
      'it admits selected networks and none is selected',
      { registry: ruled({}), privateEndpoints: [] },
      { says: 'none is listed', fix: /network-rule add .*--ip-address/ },
    ],
    [
      'fail',
      'the endpoint is gone, though its connection still says Approved',
      { registry: closed, ...path, privateEndpoints: [connection({}, { placement: { whose: 'ours', gone: true } })] },
      { says: 'no private endpoint of ours' },
    ],
    [
      'fail',
      "the only endpoint is another tenant's",
      {
        registry: closed,
        ...path,
        privateEndpoints: [connection({}, { placement: { whose: 'another-tenant', tenant: null } })],
      },
    ],
    [
      'fail',
      'the zone that its network asks is empty',
      { registry: closed, ...path, privateDns: dns(zone({})) },
      { says: /vnet-a stops where record contoso is missing/, fix: 'add-record' },
    ],
    [
      'fail',
      'login works, and the layers of its only region do not come',
      { registry: closed, ...path, privateDns: dns(zone({ contoso: '10.1.0.4' })) },
      { says: /vnet-a stops where record contoso.westeurope.data is missing/, fix: 'add-record' },
    ],
    [
      'unknown',
      'the network of its endpoint is cut off, and another that pulls could not be read',
      {
        registry: closed,
        ...path,
        privateDns: dns(zone({})),
        consumers: {
          ...path.consumers,
          declared: [{ registry: 'contoso', clusters: [], networks: [networkId('vnet-b')] }],
        },
      },
      { says: 'vnet-b' },
    ],
    [
      'fail',
      'a zone for all of azurecr.io is linked beside the right one, and answers first',
      {
        registry: closed,
        ...path,
        privateDns: dns(zone(records(['westeurope'])), zone({}, { id: zoneId('azurecr.io') })),
      },
      { says: 'contoso is missing in zone azurecr.io' },
    ],
    [
      'unknown',
      'no address is selected and the subnets are not answered',
      { registry: ruled({ virtualNetworkRules: null }), privateEndpoints: [] },
      { says: 'subnets' },
    ],
    [
      'unknown',
      'ARM left out what is admitted',
      { registry: ruled({ ipRules: null }), privateEndpoints: [] },
      { says: 'ipRules' },
    ],
    [
      'unknown',
      'ARM left out what happens to others',
      { registry: ruled({ defaultAction: null }), privateEndpoints: [] },
      { says: 'defaultAction' },
    ],
    ['unknown', 'ARM left the rules out', { registry: ruled(null), privateEndpoints: [] }, { says: 'networkRuleSet' }],
    [
      'unknown',
      'private DNS could not be seen',
      { registry: closed, ...path, privateDns: refused('Microsoft.Network/privateDnsZones/read') },
      { says: 'privateDnsZones/read' },
    ],
    [
      'unknown',
      'the endpoint cannot be read, and no network is known',
      {
        registry: closed,
        ...path,
        privateEndpoints: [connection({}, { endpoint: refused('Microsoft.Network/privateEndpoints/read') })],
      },
      { says: 'privateEndpoints/read' },
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
  ],
  {
    'privateDns/zones/*/aliases': 'aliases are looked for where no address record answers',
    'privateDns/zones/*/links/value/*/provisioningState':
      'a link resolves by its state; this only tells that a change of it failed',
    'privateEndpoints/*/endpointId': 'the connection has a name of its own',
    'registry/publicNetworkAccess': 'a private way that works is enough',
    'registry/loginServer': 'the network interface of the endpoint names the registry too',
    'registry/networkRuleSet/ipRules': 'a listed subnet is enough',
    'roleAssignments/definitions': 'no role decides who pulls here: the configuration lists it, or nobody does',
  },
);
