import check from '../../../checks/network/one-private-endpoint-per-network.ts';
import { observed } from '../../../src/model/evidence.ts';
import { connection, dns, link, networkId, records, refused, zone, zoneId } from '../../private-path.ts';
import { acr, testCheck } from '../../support.ts';

const registry = acr();
const own = records(['westeurope']);
const zoneB = zoneId('privatelink.azurecr.io', 'rg-b');
const writingTo = (id: string) => ({ zoneGroups: observed([{ name: 'default', zones: [id] }]) });
const inB = { name: 'pe-b', network: networkId('vnet-b') };
const network = (index: number) => `privateEndpoints/${index}/endpoint/value/network`;

testCheck(
  check,
  [
    [
      'pass',
      'there is one endpoint',
      { registry, privateEndpoints: [connection()], privateDns: dns(zone(own)) },
      { cites: ['privateEndpoints/0/status', network(0)] },
    ],
    [
      'pass',
      'the only endpoint cannot be read',
      {
        registry,
        privateEndpoints: [connection({}, { endpoint: refused('Microsoft.Network/privateEndpoints/read') })],
        privateDns: dns(),
      },
    ],
    [
      'pass',
      'two networks have an endpoint and a zone each',
      {
        registry,
        privateEndpoints: [connection(), connection({ ...inB, ...writingTo(zoneB) })],
        privateDns: dns(zone(own), zone(own, { id: zoneB, links: [link('vnet-b')] })),
      },
    ],
    [
      'pass',
      'the second endpoint in the network was never approved',
      {
        registry,
        privateEndpoints: [connection(), connection({ name: 'pe-b' }, { status: 'Pending' })],
        privateDns: dns(zone(own)),
      },
    ],
    [
      'fail',
      'two endpoints are in one network',
      { registry, privateEndpoints: [connection(), connection({ name: 'pe-b' })], privateDns: dns(zone(own)) },
      {
        cites: [network(0), network(1), 'privateEndpoints/0/status', 'privateEndpoints/1/status'],
        says: 'pe-a and pe-b are both in vnet-a',
      },
    ],
    [
      'fail',
      'two networks ask one zone, to which both endpoints write',
      {
        registry,
        privateEndpoints: [connection(), connection(inB)],
        privateDns: dns(zone(own, { links: [link(), link('vnet-b')] })),
      },
      { says: 'pe-a and pe-b share one zone from two networks: privatelink.azurecr.io (rg-net)' },
    ],
    [
      'fail',
      'two networks ask one zone, in which records are written by hand',
      {
        registry,
        privateEndpoints: [connection({ zoneGroups: observed([]) }), connection({ ...inB, zoneGroups: observed([]) })],
        privateDns: dns(zone(own, { links: [link(), link('vnet-b')] })),
      },
    ],
    [
      'fail',
      "the second endpoint writes to the first one's zone, and its own network asks another",
      {
        registry,
        privateEndpoints: [connection(), connection(inB)],
        privateDns: dns(zone(own), zone(own, { id: zoneB, links: [link('vnet-b')] })),
      },
    ],
    [
      'unknown',
      'one of two endpoints cannot be read',
      {
        registry,
        privateEndpoints: [
          connection(),
          connection(inB, { endpoint: refused('Microsoft.Network/privateEndpoints/read') }),
        ],
        privateDns: dns(zone(own)),
      },
      { says: 'Microsoft.Network/privateEndpoints/read' },
    ],
    [
      'unknown',
      'of one of two endpoints Azure left out where it is',
      {
        registry,
        privateEndpoints: [connection(), connection({ ...inB, ...writingTo(zoneB), network: null, subnet: null })],
        privateDns: dns(zone(own), zone(own, { id: zoneB, links: [link('vnet-b')] })),
      },
      { says: 'no network for pe-b' },
    ],
    [
      'unknown',
      'the zone groups of one of two endpoints cannot be read',
      {
        registry,
        privateEndpoints: [
          connection(),
          connection({
            ...inB,
            zoneGroups: refused('Microsoft.Network/privateEndpoints/privateDnsZoneGroups/read'),
          }),
        ],
        privateDns: dns(zone(own), zone(own, { id: zoneB, links: [link('vnet-b')] })),
      },
      { says: 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups/read' },
    ],
    [
      'unknown',
      'the zones of two endpoints could not be searched for',
      {
        registry,
        privateEndpoints: [connection({ zoneGroups: observed([]) }), connection({ ...inB, zoneGroups: observed([]) })],
        privateDns: { zones: [], rulesets: [], searched: [] },
      },
      { says: 'was not searched' },
    ],
    [
      'unknown',
      'ARM left the state out',
      { registry, privateEndpoints: [connection({}, { status: null })], privateDns: dns() },
    ],
    [
      'not-applicable',
      'there is no endpoint',
      { registry, privateEndpoints: [], privateDns: dns() },
      { says: 'no approved' },
    ],
    [
      'not-applicable',
      'Basic has none',
      { registry: acr({ sku: 'Basic' }), privateEndpoints: [], privateDns: dns() },
      { says: 'Basic' },
    ],
  ],
  {
    'privateDns/zones/*/links':
      'what the zone is linked to does not matter where its records, or the zone groups, decide',
    'privateDns/zones/*/links/value/*/provisioningState':
      'a link resolves by its state; this only tells that a change of it failed',
    'privateDns/zones/*/links/value/*/state': 'another zone, or the public endpoint, answers as well',
    'privateEndpoints/*/endpoint': 'the connection tells what is judged, whether or not its endpoint may be read',
    'privateEndpoints/*/endpoint/value/members': 'the computed names are the same; addresses do not matter here',
    'privateEndpoints/*/endpoint/value/network':
      'the zone group tells the zone as well, and one endpoint overlaps with none',
    'privateEndpoints/*/endpoint/value/zoneGroups':
      'a linked zone answers, whoever writes its records; one endpoint overlaps with none',
    'privateEndpoints/*/endpointId': 'the connection has a name of its own',
    'registry/loginServer': 'the network interface of the endpoint names the registry too',
  },
);
