import check from '../../../checks/network/private-dns-records-complete.ts';
import { roleIds } from '../../../src/facts/access/roles.ts';
import { asMember } from '../../../src/model/enums.ts';
import { observed } from '../../../src/model/evidence.ts';
import type { NetworkEvidence } from '../../../src/model/facets/networks.ts';
import type { NetworkLink } from '../../../src/model/facets/private-dns.ts';
import { cluster, consumers } from '../../clusters.ts';
import {
  connection,
  dns,
  link,
  members,
  network,
  networkId,
  probed,
  records,
  refused,
  replica,
  subscription,
  timesOut,
  zone,
  zoneId,
} from '../../private-path.ts';
import { assigned, roles } from '../../roles.ts';
import { acr, testCheck } from '../../support.ts';

const home = ['westeurope'];
const three = ['westeurope', 'eastasia', 'westus'];
const replications = [replica('westeurope'), replica('East Asia'), replica('westus')];
const serving = (regions: readonly string[], prefix?: string, registry?: string) => ({
  members: observed(members(regions, prefix, registry)),
});
const nicRefused = refused('Microsoft.Network/networkInterfaces/read');

/** One region, all as it should be; a row changes what it is about. */
const oneRegion = {
  registry: acr(),
  replications: [],
  privateEndpoints: [connection()],
  privateDns: dns(zone(records(home))),
  networks: [network()],
};
const threeRegions = {
  ...oneRegion,
  replications,
  privateEndpoints: [connection(serving(three))],
  privateDns: dns(zone(records(three))),
};
const without = (name: string, from = records(three)) =>
  Object.fromEntries(Object.entries(from).filter(([key]) => key !== name));

const inB = { name: 'pe-b', network: networkId('vnet-b'), ...serving(home, '10.2.0') };
/** The network, peered with another. */
const peeredWith = (name: string, other: string): NetworkEvidence => {
  const { id, network: seen } = network(name);
  if (seen.state !== 'observed') throw new Error('a network of the fixtures is read');
  return { id, network: observed({ ...seen.value, peerings: [{ remote: networkId(other), state: 'Connected' }] }) };
};
/** Two endpoints, of which the first wrote the records of the zone that both networks ask. */
const sharing = {
  ...oneRegion,
  privateEndpoints: [connection(), connection(inB)],
  privateDns: dns(zone(records(home), { links: [link(), link('vnet-b')] })),
};
const handMade = { ...serving(three), zoneGroups: observed([]) };
const hashed = 'contoso-exfrbuffaye7ceag.azurecr.io';
const zoneB = zoneId('privatelink.azurecr.io', 'rg-b');
const add = (record: string, ip: string) =>
  `az network private-dns record-set a add-record --subscription 00000000-0000-0000-0000-000000000001 --resource-group rg-net --zone-name privatelink.azurecr.io --record-set-name ${record} --ipv4-address ${ip}`;

/** The zone may not be read, so that only a machine of its network tells what it holds. */
const unreadZone = {
  ...oneRegion,
  privateDns: dns({
    ...zone({}),
    records: refused('Microsoft.Network/privateDnsZones/A/read'),
    links: refused('Microsoft.Network/privateDnsZones/virtualNetworkLinks/read'),
  }),
};
/** The endpoint's own zone is as it should be; another of the name holds nothing. */
const withSpoke = (spoke: NetworkLink) => ({
  ...oneRegion,
  privateDns: dns(zone(records(home)), zone({}, { id: zoneB, links: [spoke] })),
  networks: [network(), network('vnet-spoke')],
});
/** What the tests of all tenants hold: then private-dns-zone-linked fails. */
const otherLinks = {
  'privateDns/zones/*/links':
    'a zone whose links nobody may read counts as that of another registry, and the network as linked to none',
};
/** The configuration lists the network of the other zone. */
const consumerIn = (spoke: NetworkLink) => ({
  ...withSpoke(spoke),
  consumers: { ...consumers(), declared: [{ registry: 'contoso', clusters: [], networks: [networkId('vnet-spoke')] }] },
});
const pulling = cluster('shop', { subnets: [`${networkId('vnet-spoke')}/subnets/nodes`] });
/** The nodes of a cluster there may pull. */
const clusterIn = (spoke: NetworkLink) => ({
  ...withSpoke(spoke),
  roleAssignments: roles([assigned(roleIds.acrPull, { principalId: 'kubelet-shop' })]),
});
/** Nobody is known to pull from the network of the other zone, and the one approved endpoint is not ours. */
const concernedBy = (spoke: NetworkLink) => ({
  ...withSpoke(spoke),
  privateDns: dns(zone({}, { id: zoneB, links: [spoke] })),
  privateEndpoints: [connection({}, { placement: { whose: 'another-tenant', tenant: null } })],
});

const [login, data] = ['contoso', 'contoso.westeurope.data'];

const inCloud = (suffix: string) => ({
  registry: acr({ loginServer: `contoso.${suffix}` }),
  replications: [],
  privateEndpoints: [
    connection({
      ...serving(home, '10.1.0', `contoso.${suffix}`),
      zoneGroups: observed([{ name: 'default', zones: [zoneId(`privatelink.${suffix}`)] }]),
    }),
  ],
  networks: [network()],
});

testCheck(
  check,
  [
    [
      'pass',
      'login and the one data endpoint resolve to the endpoint',
      oneRegion,
      {
        cites: [
          'networks/0/network/value/dnsServers',
          'privateDns/zones/0/records/value/0/ips',
          'privateDns/zones/0/records/value/1/ips',
        ],
      },
    ],
    ['pass', 'three regions have their data endpoints, and ARM writes one of them in two words', threeRegions],
    [
      'pass',
      'records were written by hand and are right',
      { ...threeRegions, privateEndpoints: [connection(handMade)] },
    ],
    [
      'pass',
      'two networks have a zone each, with the addresses of their own endpoint',
      {
        ...oneRegion,
        privateEndpoints: [connection(), connection({ ...inB, zoneGroups: observed([{ name: 'b', zones: [zoneB] }]) })],
        privateDns: dns(zone(records(home)), zone(records(home, '10.2.0'), { id: zoneB, links: [link('vnet-b')] })),
        networks: [network(), network('vnet-b')],
      },
    ],
    [
      'pass',
      'the login server carries a hash',
      {
        ...oneRegion,
        registry: acr({ loginServer: hashed }),
        privateEndpoints: [connection(serving(home, '10.1.0', hashed))],
        privateDns: dns(zone(records(home, '10.1.0', hashed))),
      },
    ],
    [
      'pass',
      'the interface cannot be read, but the endpoint lists its names itself',
      {
        ...oneRegion,
        privateEndpoints: [
          connection({
            members: nicRefused,
            customDns: [
              { fqdn: 'contoso.azurecr.io', ips: ['10.1.0.4'] },
              { fqdn: 'contoso.westeurope.data.azurecr.io', ips: ['10.1.0.5'] },
            ],
          }),
        ],
      },
    ],
    [
      'pass',
      "the network names Azure's own resolver as its DNS server",
      { ...oneRegion, networks: [network('vnet-a', ['168.63.129.16'])] },
    ],
    [
      'pass',
      'it is a registry of the US government cloud',
      { ...inCloud('azurecr.us'), privateDns: dns(zone(records(home), { id: zoneId('privatelink.azurecr.us') })) },
      { cloud: { registrySuffix: 'azurecr.us' } },
    ],
    [
      'pass',
      'it is a registry of the China cloud',
      { ...inCloud('azurecr.cn'), privateDns: dns(zone(records(home), { id: zoneId('privatelink.azurecr.cn') })) },
      { cloud: { registrySuffix: 'azurecr.cn' } },
    ],
    [
      'pass',
      "a region's own zone holds its data record, which the common one lacks",
      {
        ...oneRegion,
        privateDns: dns(
          zone({ contoso: '10.1.0.4' }),
          zone({ contoso: '10.1.0.5' }, { id: zoneId('westeurope.data.privatelink.azurecr.io') }),
        ),
      },
    ],
    [
      'pass',
      'two peered networks ask one zone, whose records lead to the endpoint of the first',
      { ...sharing, networks: [peeredWith('vnet-a', 'vnet-b'), peeredWith('vnet-b', 'vnet-a')] },
      {
        says: 'contoso.azurecr.io leads from vnet-b to pe-a',
        irrelevant: {
          'privateEndpoints/*/endpoint/value/members': 'those of pe-b, to which no record leads',
          'networks/*/network/value/peerings/*/remote': 'that of vnet-a, which has the endpoint itself',
          'networks/*/network/value/peerings/*/state': 'that of vnet-a, which has the endpoint itself',
        },
      },
    ],
    [
      'pass',
      'two endpoints are in one network, and the records lead to the second',
      {
        ...oneRegion,
        privateEndpoints: [connection(), connection({ name: 'pe-b', ...serving(home, '10.1.7') })],
        privateDns: dns(zone(records(home, '10.1.7'))),
      },
      {
        says: 'contoso.azurecr.io leads from vnet-a to pe-b',
        irrelevant: { 'privateEndpoints/*/endpoint/value/members': 'those of pe-a, to which no record leads' },
      },
    ],
    [
      'unknown',
      'the records lead to an endpoint in a network that is peered with a third only: an appliance may connect them',
      { ...sharing, networks: [peeredWith('vnet-a', 'vnet-hub'), peeredWith('vnet-b', 'vnet-hub')] },
      { says: 'with which vnet-b is not peered' },
    ],
    [
      'pass',
      'a wildcard answers for the data endpoint, and an alias for the login server',
      {
        ...oneRegion,
        privateDns: dns({
          ...zone({ '*.data': '10.1.0.5', home: '10.1.0.4' }),
          aliases: observed([{ name: 'contoso', target: 'home.privatelink.azurecr.io' }]),
        }),
      },
    ],
    [
      'fail',
      'a wildcard does not answer below a name that is there',
      {
        ...oneRegion,
        privateDns: dns(zone({ '*': '10.1.0.5', contoso: '10.1.0.4', 'fabrikam.westeurope.data': '10.1.0.5' })),
      },
      { says: 'no A record contoso.westeurope.data' },
    ],
    [
      'unknown',
      'an alias leads out of the zone',
      {
        ...oneRegion,
        privateDns: dns({
          ...zone({ 'contoso.westeurope.data': '10.1.0.5' }),
          aliases: observed([{ name: 'contoso', target: 'elsewhere.contoso.com' }]),
        }),
      },
      { says: 'is an alias of elsewhere.contoso.com' },
    ],
    [
      'unknown',
      'aliases lead in a circle',
      {
        ...oneRegion,
        privateDns: dns({
          ...zone({ 'contoso.westeurope.data': '10.1.0.5' }),
          aliases: observed([
            { name: 'contoso', target: 'b.privatelink.azurecr.io' },
            { name: 'b', target: 'contoso.privatelink.azurecr.io' },
          ]),
        }),
      },
      { says: 'lead in a circle' },
    ],
    [
      'pass',
      "a zone of the login server's own name holds its address, and the privatelink zone that of the data endpoint",
      {
        ...oneRegion,
        privateDns: dns(
          zone({ '@': '10.1.0.4' }, { id: zoneId('contoso.azurecr.io') }),
          zone({ 'contoso.westeurope.data': '10.1.0.5' }),
        ),
      },
    ],
    [
      'pass',
      'a zone for all of azurecr.io holds the addresses',
      { ...oneRegion, privateDns: dns(zone(records(home), { id: zoneId('azurecr.io') })) },
    ],
    [
      'fail',
      'an empty zone for all of azurecr.io is linked beside the right one, and answers first',
      { ...oneRegion, privateDns: dns(zone({}, { id: zoneId('azurecr.io') }), zone(records(home))) },
      { says: 'no A record contoso in azurecr.io' },
    ],
    [
      'pass',
      'a ruleset forwards the names to the private resolver of the network that is linked',
      {
        ...oneRegion,
        privateEndpoints: [connection({ network: networkId('vnet-b') })],
        privateDns: {
          ...dns(zone(records(home))),
          rulesets: [
            {
              id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/dnsForwardingRulesets/rules',
              rules: observed([
                {
                  name: 'acr',
                  domain: 'azurecr.io.',
                  enabled: true,
                  targets: [{ ip: '10.1.9.4', network: observed(networkId('vnet-a')) }],
                },
              ]),
              networks: observed([networkId('vnet-b')]),
            },
          ],
        },
        networks: [network(), network('vnet-b')],
      },
      {
        irrelevant: {
          'privateDns/searched/*/rulesets': 'the ruleset that forwards the name was read',
          'privateDns/searched/*/zones': 'a zone that is linked to the network of the resolver was read',
        },
      },
    ],
    [
      'fail',
      'the data record of one replica is missing',
      { ...threeRegions, privateDns: dns(zone(without('contoso.eastasia.data'))) },
      {
        cites: ['networks/0/network/value/dnsServers', 'privateDns/zones/0/records/value/contoso.eastasia.data'],
        says: 'no A record contoso.eastasia.data in privatelink.azurecr.io (rg-net), wanted 10.1.0.6 (NXDOMAIN: login works, then pulls from eastasia hang on layers)',
        fix: add('contoso.eastasia.data', '10.1.0.6'),
      },
    ],
    [
      'fail',
      'the record of the login server is missing',
      { ...threeRegions, privateDns: dns(zone(without('contoso'))) },
      { says: 'nobody there can log in', fix: add('contoso', '10.1.0.4') },
    ],
    [
      'fail',
      'a record still holds the address of an endpoint that is gone',
      { ...oneRegion, privateDns: dns(zone({ ...records(home), 'contoso.westeurope.data': '10.1.0.77' })) },
      {
        says: 'contoso.westeurope.data in privatelink.azurecr.io (rg-net) is 10.1.0.77, wanted 10.1.0.5',
        fix: /add-record .* --ipv4-address 10\.1\.0\.5\n.*remove-record .* --ipv4-address 10\.1\.0\.77$/,
      },
    ],
    [
      'unknown',
      "the network's only link never completed, and the zone group writes to a zone that nobody read",
      {
        ...oneRegion,
        privateEndpoints: [
          connection({
            members: observed(members(home)),
            zoneGroups: observed([{ name: 'default', zones: [zoneId(undefined, 'rg-hidden')] }]),
          }),
        ],
        privateDns: dns(zone({}, { links: [link('vnet-a', { state: 'InProgress', provisioningState: 'Failed' })] })),
      },
      { says: /rg-hidden/ },
    ],
    [
      'fail',
      'a record holds the right address and a stale one',
      {
        ...oneRegion,
        privateDns: dns({
          ...zone({}),
          records: observed([
            { name: 'contoso', ips: ['10.1.0.4'] },
            { name: 'contoso.westeurope.data', ips: ['10.1.0.5', '10.1.0.77'] },
          ]),
        }),
      },
      {
        says: 'about half of the look-ups end at the wrong address',
        fix: /^[^\n]*remove-record .* --ipv4-address 10\.1\.0\.77$/,
      },
    ],
    [
      'fail',
      'a record is there without an address',
      {
        ...oneRegion,
        privateDns: dns({
          ...zone({}),
          records: observed([
            { name: 'contoso', ips: ['10.1.0.4'] },
            { name: 'contoso.westeurope.data', ips: [] },
          ]),
        }),
      },
      {
        says: 'contoso.westeurope.data in privatelink.azurecr.io (rg-net) is empty',
        fix: /^[^\n]*add-record [^\n]* 10\.1\.0\.5$/,
      },
    ],
    [
      'fail',
      "the data record holds the address of the same endpoint's login server",
      { ...oneRegion, privateDns: dns(zone({ ...records(home), 'contoso.westeurope.data': '10.1.0.4' })) },
      { says: 'is 10.1.0.4, wanted 10.1.0.5', fix: /add-record .* 10\.1\.0\.5\n.*remove-record .* 10\.1\.0\.4$/ },
    ],
    [
      'fail',
      'the second endpoint overwrote the records of the first in a zone they share',
      {
        ...oneRegion,
        privateEndpoints: [connection(), connection(inB)],
        privateDns: dns(zone(records(home, '10.2.0'), { links: [link(), link('vnet-b')] })),
        networks: [network(), network('vnet-b')],
      },
      {
        says: 'is 10.2.0.4 of endpoint pe-b, wanted 10.1.0.4',
        fix: /pe-a and pe-b overwrite each other.* copy all records of the shared one/,
      },
    ],
    [
      'fail',
      'a record written by hand is missing: a zone group writes it, and the next one too',
      {
        ...threeRegions,
        privateEndpoints: [connection(handMade)],
        privateDns: dns(zone(without('contoso.eastasia.data'))),
      },
      {
        fix: new RegExp(
          `^az network private-endpoint dns-zone-group create .*--endpoint-name pe-a .*--private-dns-zone ${zoneId()}`,
        ),
      },
    ],
    [
      'fail',
      'the link falls back to the internet, so that layers come from a public address',
      {
        ...threeRegions,
        privateDns: dns(
          zone(without('contoso.eastasia.data'), { links: [link('vnet-a', { resolutionPolicy: 'NxDomainRedirect' })] }),
        ),
      },
      { says: 'it resolves to a public address: login works' },
    ],
    [
      'fail',
      'the interface was read and has no member for a replica: there is no address to wait for',
      {
        ...threeRegions,
        privateEndpoints: [connection(serving(['westeurope', 'westus']))],
        privateDns: dns(zone(without('contoso.eastasia.data'))),
      },
      { says: 'and pe-a has no address for it (NXDOMAIN', fix: /^Give pe-a an address for eastasia/ },
    ],
    [
      'fail',
      'the same, and the link falls back to the internet',
      {
        ...threeRegions,
        privateEndpoints: [connection(serving(['westeurope', 'westus']))],
        privateDns: dns(
          zone(without('contoso.eastasia.data'), { links: [link('vnet-a', { resolutionPolicy: 'NxDomainRedirect' })] }),
        ),
      },
      {
        says: 'and pe-a has no address for it (it resolves to a public address',
        fix: /^Give pe-a an address for eastasia/,
      },
    ],
    [
      'fail',
      "the network's own endpoint has no member for a replica, and an endpoint elsewhere has",
      {
        ...threeRegions,
        privateEndpoints: [
          connection(serving(['westeurope', 'westus'])),
          connection({ ...inB, ...serving(three, '10.2.0'), zoneGroups: observed([{ name: 'b', zones: [zoneB] }]) }),
        ],
        privateDns: dns(
          zone(without('contoso.eastasia.data')),
          zone(records(three, '10.2.0'), { id: zoneB, links: [link('vnet-b')] }),
        ),
        networks: [network(), network('vnet-b')],
      },
      { says: 'and pe-a has no address for it', fix: /^Give pe-a an address for eastasia/ },
    ],
    [
      'fail',
      'the public endpoint answers everybody by the fallback: the address that the record lacks is known all the same',
      {
        ...threeRegions,
        registry: acr({
          publicNetworkAccess: 'Enabled',
          networkRuleSet: { defaultAction: 'Allow', ipRules: [], virtualNetworkRules: [] },
        }),
        privateDns: dns(
          zone(without('contoso.eastasia.data'), { links: [link('vnet-a', { resolutionPolicy: 'NxDomainRedirect' })] }),
        ),
      },
      { says: 'wanted 10.1.0.6 (it resolves to a public address: the private path is not taken)' },
    ],
    [
      'fail',
      "a region's own zone is linked and hides the good record of the common one",
      {
        ...oneRegion,
        privateDns: dns(zone(records(home)), zone({}, { id: zoneId('westeurope.data.privatelink.azurecr.io') })),
      },
      { says: 'no A record contoso in westeurope.data.privatelink.azurecr.io' },
    ],
    [
      'fail',
      'regional endpoints are on and the zone lacks the name of one',
      {
        ...oneRegion,
        registry: acr({ regionalEndpoints: 'Enabled' }),
        privateEndpoints: [
          connection({
            members: observed([
              ...members(home),
              { member: 'registry_westeurope', ip: '10.1.0.9', fqdns: ['contoso.westeurope.geo.azurecr.io'] },
            ]),
          }),
        ],
      },
      { says: 'the regional endpoint of westeurope is not found', fix: add('contoso.westeurope.geo', '10.1.0.9') },
    ],
    [
      'fail',
      'regional endpoints are on, and the endpoint has no address for the one there is',
      { ...oneRegion, registry: acr({ regionalEndpoints: 'Enabled' }) },
      {
        says: /contoso.westeurope.geo.*and pe-a has no address for it/,
        fix: /^Give pe-a an address/,
        irrelevant: {
          'registry/regionalEndpoints':
            'it is a preview that most answers leave out: only the names that every registry has are judged then',
        },
      },
    ],
    [
      'fail',
      'the interface cannot be read, and a name the registry must have is not there at all',
      {
        ...threeRegions,
        privateEndpoints: [connection({ members: nicRefused })],
        privateDns: dns(zone(without('contoso.eastasia.data'))),
      },
      { says: 'no A record contoso.eastasia.data' },
    ],
    [
      'fail',
      'the interface cannot be read, and only the resource name has a record where the login server carries a hash',
      {
        ...oneRegion,
        registry: acr({ loginServer: hashed }),
        privateEndpoints: [connection({ members: nicRefused })],
      },
      { says: 'no A record contoso-exfrbuffaye7ceag in' },
    ],
    [
      'fail',
      'no zone in the searched subscriptions answers for the registry',
      { ...oneRegion, privateEndpoints: [connection({ zoneGroups: observed([]) })], privateDns: dns() },
      {
        cites: ['networks/0/network/value/dnsServers', 'privateEndpoints/0/endpoint/value/network'],
        fix: /zone create .*dns-zone-group create .*link vnet create/s,
      },
    ],
    [
      'unknown',
      'the zone is in a subscription we cannot read',
      {
        ...oneRegion,
        privateDns: dns({
          ...zone({}),
          records: refused('Microsoft.Network/privateDnsZones/A/read', zoneId()),
          links: refused('Microsoft.Network/privateDnsZones/virtualNetworkLinks/read', zoneId()),
        }),
      },
      { says: `Microsoft.Network/privateDnsZones/virtualNetworkLinks/read over ${zoneId()}` },
    ],
    [
      'unknown',
      'a subscription that may hold the zone could not be searched',
      {
        ...oneRegion,
        privateEndpoints: [connection({ zoneGroups: observed([]) })],
        privateDns: {
          zones: [],
          rulesets: [],
          searched: [
            { subscription, zones: refused('Microsoft.Network/privateDnsZones/read'), rulesets: observed([]) },
          ],
        },
      },
      { says: 'Microsoft.Network/privateDnsZones/read' },
    ],
    [
      'unknown',
      "the subscription of the endpoint's network was not among the searched",
      {
        ...oneRegion,
        privateEndpoints: [connection({ zoneGroups: observed([]) })],
        privateDns: { zones: [], rulesets: [], searched: [] },
      },
      { says: 'was not searched' },
    ],
    [
      'fail',
      'a network that pulls is linked to another zone of the name, without the records',
      consumerIn(link('vnet-spoke')),
      { says: 'asked from vnet-spoke', irrelevant: otherLinks },
    ],
    [
      'unknown',
      'the link of that network has no state in the answer of Azure',
      consumerIn(link('vnet-spoke', { state: null })),
      { says: 'link vnet-spoke is without a state', irrelevant: otherLinks },
    ],
    [
      'unknown',
      'the link of that network has a new state',
      consumerIn(link('vnet-spoke', { state: asMember('linkState', 'Paused') })),
      { says: 'link vnet-spoke is Paused', irrelevant: otherLinks },
    ],
    [
      'unknown',
      'the link of that network is being made',
      consumerIn(link('vnet-spoke', { state: asMember('linkState', 'InProgress') })),
      { says: 'look again in a minute', irrelevant: otherLinks },
    ],
    [
      'fail',
      'a cluster that may pull is in that network',
      { ...clusterIn(link('vnet-spoke')), consumers: consumers(pulling) },
      { says: 'asked from vnet-spoke', irrelevant: otherLinks },
    ],
    [
      'unknown',
      'Azure does not tell the identity of the cluster, and somebody whom nobody saw may pull',
      { ...clusterIn(link('vnet-spoke')), consumers: consumers({ ...pulling, kubelet: null }) },
      { says: 'does not tell which identity cluster shop pulls with' },
    ],
    [
      'pass',
      'it does not, and nobody else may pull: the cluster is no known consumer',
      {
        ...clusterIn(link('vnet-spoke')),
        consumers: consumers({ ...pulling, kubelet: null }),
        roleAssignments: roles([]),
      },
      {
        irrelevant: {
          ...otherLinks,
          'consumers/searched/*/clusters': 'nobody is known to pull who was not seen',
          'roleAssignments/definitions': 'there is no assignment',
        },
      },
    ],
    [
      'unknown',
      'the clusters could not be read',
      {
        ...clusterIn(link('vnet-spoke')),
        consumers: refused('Microsoft.ContainerService/managedClusters/read'),
      },
      { says: 'Microsoft.ContainerService/managedClusters/read' },
    ],
    [
      'unknown',
      'there is a cluster, and who may pull could not be read',
      {
        ...clusterIn(link('vnet-spoke')),
        consumers: consumers(pulling),
        roleAssignments: refused('Microsoft.Authorization/roleAssignments/read'),
      },
      { says: 'Microsoft.Authorization/roleAssignments/read' },
    ],
    [
      'fail',
      "only another tenant's endpoint is approved, and a network is linked to a zone without the records",
      concernedBy(link('vnet-spoke')),
      { says: 'asked from vnet-spoke' },
    ],
    [
      'unknown',
      'the link of that network has no state, and nothing of ours is approved',
      concernedBy(link('vnet-spoke', { state: null })),
      { says: 'link vnet-spoke is without a state' },
    ],
    [
      'unknown',
      'the endpoint is in a subscription we cannot read',
      {
        ...oneRegion,
        privateEndpoints: [connection({}, { endpoint: refused('Microsoft.Network/privateEndpoints/read') })],
      },
      { says: 'Microsoft.Network/privateEndpoints/read' },
    ],
    [
      'unknown',
      'a record holds an address that may be that of a second endpoint, which we cannot read',
      {
        ...oneRegion,
        privateEndpoints: [
          connection(),
          connection(inB, { endpoint: refused('Microsoft.Network/privateEndpoints/read') }),
        ],
        privateDns: dns(zone({ ...records(home), contoso: '10.2.0.4' })),
      },
      { says: 'Microsoft.Network/privateEndpoints/read' },
    ],
    [
      'unknown',
      'its interface is, and the names have records, of which nobody can say whether they are right',
      { ...oneRegion, privateEndpoints: [connection({ members: nicRefused })] },
      { says: 'Microsoft.Network/networkInterfaces/read' },
    ],
    [
      'unknown',
      'the network asks DNS servers of its own, whatever the zone lacks',
      {
        ...threeRegions,
        privateDns: dns(zone(without('contoso.eastasia.data'))),
        networks: [network('vnet-a', ['10.0.0.4'])],
      },
      { says: 'its own DNS servers (10.0.0.4)' },
    ],
    [
      'unknown',
      'the network cannot be read, so that nobody knows which servers it asks',
      {
        ...oneRegion,
        networks: [{ id: networkId('vnet-a'), network: refused('Microsoft.Network/virtualNetworks/read') }],
      },
      { says: 'Microsoft.Network/virtualNetworks/read' },
    ],
    ['unknown', 'the network was not collected', { ...oneRegion, networks: [] }, { says: 'was not read' }],
    [
      'unknown',
      'ARM left the login server out, and the interface cannot be read',
      { ...oneRegion, registry: acr({ loginServer: null }), privateEndpoints: [connection({ members: nicRefused })] },
      { says: 'loginServer' },
    ],
    [
      'fail',
      'a machine of the private path has no data endpoint in its DNS, in a zone that may not be read',
      { ...unreadZone, resolution: probed({ [login]: ['10.1.0.4'], [data]: 'NXDOMAIN' }) },
      {
        cites: ['resolution/answers/1/problem'],
        says: 'contoso.westeurope.data.azurecr.io is NXDOMAIN: login works, then pulls from westeurope hang on layers, asked from this machine (DNS 10.0.0.53)',
        fix: /give it the address 10\.1\.0\.5: add it before/,
      },
    ],
    [
      'fail',
      'a machine of the private path is sent to the internet for layers, whatever else was read',
      { ...oneRegion, resolution: probed({ [login]: ['10.1.0.4'], [data]: ['20.9.9.9'] }) },
      { cites: ['resolution/answers/1/ips'], says: 'to a public one (20.9.9.9)' },
    ],
    [
      'fail',
      'a machine is sent to an address that no endpoint has, and nothing answers there',
      { ...unreadZone, resolution: probed({ [login]: ['10.9.9.9'], [data]: ['10.1.0.5'] }, timesOut) },
      { says: 'contoso.azurecr.io leads to 10.9.9.9, which no endpoint has for it' },
    ],
    [
      'fail',
      'a machine gets a private and a public address for one name',
      { ...unreadZone, resolution: probed({ [login]: ['10.1.0.4', '20.9.9.9'], [data]: ['10.1.0.5'] }) },
      { says: 'leads to private and public addresses (10.1.0.4, 20.9.9.9)' },
    ],
    [
      'pass',
      'a machine outside is sent to public addresses',
      { ...oneRegion, resolution: probed({ [login]: ['20.9.9.8'], [data]: ['20.9.9.9'] }) },
    ],
    [
      'pass',
      "a machine in somebody else's network finds no name: that network's zone is not ours",
      { ...oneRegion, resolution: probed({ [login]: 'NXDOMAIN', [data]: 'NXDOMAIN' }) },
    ],
    [
      'pass',
      'a machine comes to the registry by an address that is no endpoint: a NAT or a proxy stands there',
      { ...oneRegion, resolution: probed({ [login]: ['10.9.9.9'], [data]: ['10.1.0.5'] }) },
    ],
    [
      'pass',
      'the way of a machine to the right addresses is closed: no record is wrong',
      { ...oneRegion, resolution: probed({ [login]: ['10.1.0.4'], [data]: ['10.1.0.5'] }, timesOut) },
    ],
    [
      'pass',
      'a name server does not answer for one name',
      { ...oneRegion, resolution: probed({ [login]: ['10.1.0.4'], [data]: 'TIMEOUT' }) },
    ],
    [
      'unknown',
      'a machine of the private path sees what is right, in a zone that may not be read: one view makes no pass',
      { ...unreadZone, resolution: probed({ [login]: ['10.1.0.4'], [data]: ['10.1.0.5'] }) },
    ],
    [
      'unknown',
      "another tenant's endpoint is approved too, and a private answer may be its own",
      {
        ...unreadZone,
        privateEndpoints: [
          connection(),
          connection({ name: 'pe-partner' }, { placement: { whose: 'another-tenant', tenant: null } }),
        ],
        resolution: probed({ [login]: ['10.9.9.9'], [data]: 'NXDOMAIN' }, timesOut),
      },
    ],
    [
      'not-applicable',
      'no endpoint is approved',
      { ...oneRegion, privateEndpoints: [connection({}, { status: 'Pending' })] },
      { says: 'no approved private endpoint' },
    ],
    ['not-applicable', 'Standard has none', { ...oneRegion, registry: acr({ sku: 'Standard' }) }, { says: 'Standard' }],
  ],
  {
    'networks/*/network/value/managers': 'a manager matters between networks that are not peered',
    'privateDns/zones/*/aliases': 'aliases are looked for where no address record answers',
    'privateDns/zones/*/links/value/*/provisioningState':
      'a link resolves by its state; this only tells that a change of it failed',
    'privateEndpoints/*/endpointId': 'the connection has a name of its own',
    'registry/loginServer': 'the network interface of the endpoint names the registry too',
    'replications/*/provisioningState': 'the network interface of the endpoint names the region too',
    'resolution/answers/*/problem': 'what one machine sees is never a reason to pass',
  },
);
