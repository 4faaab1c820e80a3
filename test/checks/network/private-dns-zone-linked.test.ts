import check from '../../../checks/network/private-dns-zone-linked.ts';
import { roleIds } from '../../../src/facts/access/roles.ts';
import { asMember } from '../../../src/model/enums.ts';
import { observed } from '../../../src/model/evidence.ts';
import type { Cluster, Consumers } from '../../../src/model/facets/consumers.ts';
import type { NetworkEvidence } from '../../../src/model/facets/networks.ts';
import type { ForwardingRuleset } from '../../../src/model/facets/private-dns.ts';
import {
  connection,
  dns,
  link,
  network,
  networkId,
  records,
  refused,
  subscription,
  zone,
  zoneId,
} from '../../private-path.ts';
import { assigned, roles } from '../../roles.ts';
import { acr, testCheck } from '../../support.ts';

const nobody: Consumers = { clusters: [], searched: [{ subscription, clusters: observed([]) }], declared: [] };
const pullingFrom = (...networks: string[]): Consumers => ({
  ...nobody,
  declared: [{ registry: 'contoso', clusters: [], networks: networks.map(networkId) }],
});
const cluster = {
  id: '/clusters/aks',
  name: 'aks',
  subnets: [`${networkId('vnet-aks')}/subnets/nodes`],
  kubelet: null,
  controlPlane: [],
  nodeImages: [],
} as Partial<Cluster> as Cluster;
const own = records(['westeurope']);

const hub = {
  registry: acr(),
  privateEndpoints: [connection()],
  privateDns: dns(zone(own)),
  networks: [network()],
  consumers: nobody,
  roleAssignments: { assignments: [], definitions: observed([]) },
};
const somebody = { ...hub, roleAssignments: roles([assigned(roleIds.acrPull)]) };
const unlistedClusters = refused('Microsoft.ContainerService/managedClusters/read');
const withSpoke = { ...hub, networks: [network(), network('vnet-spoke')], consumers: pullingFrom('vnet-spoke') };
const rulesetTo = (...networks: readonly (string | null)[]): ForwardingRuleset => ({
  id: `${subscription}/resourceGroups/rg-net/providers/Microsoft.Network/dnsForwardingRulesets/rules`,
  rules: observed([
    {
      name: 'acr',
      domain: 'azurecr.io.',
      enabled: true,
      targets: networks.map((one) => ({ ip: '10.1.9.4', network: observed(one === null ? null : networkId(one)) })),
    },
  ]),
  networks: observed([networkId('vnet-spoke')]),
});
const stateOfLink = 'privateDns/zones/0/links/value/0/state';

const made = `${subscription}/resourceGroups/MC_aks/providers/Microsoft.Network/virtualNetworks/aks-vnet`;
const other = networkId('vnet-a').replace('rg-net', 'rg-other');
const readNetwork = (id: string): NetworkEvidence => ({ ...network(), id });
/** A cluster whose node pools name no subnet. */
const unnamed = (...networks: readonly string[]) => ({
  ...hub,
  consumers: {
    ...nobody,
    clusters: [{ ...cluster, subnets: [], nodeResourceGroup: 'MC_aks' }],
    declared: [{ registry: 'contoso', clusters: [cluster.id], networks }],
  },
  networks: [network(), ...networks.map(readNetwork)],
});

const { endpoint } = connection();
const withoutNetwork = connection(
  {},
  endpoint.state === 'observed' ? { endpoint: observed({ ...endpoint.value, network: null }) } : {},
);

testCheck(
  check,
  [
    ['pass', "the endpoint's network is linked", hub, { cites: ['networks/0/network/value/dnsServers', stateOfLink] }],
    [
      'pass',
      'the spoke that pulls is linked as well as the hub',
      { ...withSpoke, privateDns: dns(zone(own, { links: [link(), link('vnet-spoke')] })) },
    ],
    [
      'pass',
      'a ruleset forwards the names of the spoke to the private resolver of the hub',
      { ...withSpoke, privateDns: { ...dns(zone(own)), rulesets: [rulesetTo('vnet-a')] } },
      {
        says: 'vnet-spoke (listed in the configuration) is forwarded to vnet-a',
        irrelevant: { 'privateDns/searched/*/zones': 'a zone that is linked to the network of the resolver was read' },
      },
    ],
    [
      'fail',
      'the rule is switched off',
      {
        ...withSpoke,
        privateDns: {
          ...dns(zone(own)),
          rulesets: [
            {
              ...rulesetTo('vnet-a'),
              rules: observed([{ name: 'acr', domain: 'azurecr.io.', enabled: false, targets: [] }]),
            },
          ],
        },
      },
    ],
    [
      'unknown',
      'a ruleset forwards the names to an address that no resolver has',
      { ...withSpoke, privateDns: { ...dns(zone(own)), rulesets: [rulesetTo(null)] } },
      { says: 'ruleset rules forwards' },
    ],
    [
      'unknown',
      'a ruleset forwards the names to resolvers of two networks, which may answer differently',
      { ...withSpoke, privateDns: { ...dns(zone(own)), rulesets: [rulesetTo('vnet-a', 'vnet-b')] } },
    ],
    [
      'pass',
      'a zone for all of azurecr.io answers, and no privatelink zone is there',
      {
        ...withSpoke,
        privateEndpoints: [connection({ zoneGroups: observed([]) })],
        privateDns: dns(zone(own, { id: zoneId('azurecr.io'), links: [link(), link('vnet-spoke')] })),
      },
    ],
    [
      'pass',
      'two networks have a zone each',
      {
        ...hub,
        privateEndpoints: [connection(), connection({ name: 'pe-b', network: networkId('vnet-b') })],
        privateDns: dns(
          zone(own),
          zone(own, { id: zoneId('privatelink.azurecr.io', 'rg-b'), links: [link('vnet-b')] }),
        ),
        networks: [network(), network('vnet-b')],
      },
    ],
    [
      'pass',
      'a link that failed in the zone of another endpoint does not matter beside one that works',
      {
        ...hub,
        privateEndpoints: [connection(), connection({ name: 'pe-b', network: networkId('vnet-b') })],
        privateDns: dns(
          zone(own, { links: [link('vnet-a', { provisioningState: 'Failed' }), link('vnet-b')] }),
          zone(own, { id: zoneId('privatelink.azurecr.io', 'rg-b'), links: [link('vnet-a'), link('vnet-b')] }),
        ),
        networks: [network(), network('vnet-b')],
      },
    ],
    [
      'fail',
      'the link is being deleted',
      { ...hub, privateDns: dns(zone(own, { links: [link('vnet-a', { provisioningState: 'Deleting' })] })) },
      { cites: ['networks/0/network/value/dnsServers', stateOfLink] },
    ],
    [
      'fail',
      'the zone is linked to the hub, and a spoke pulls',
      withSpoke,
      {
        cites: ['networks/1/network/value/dnsServers', 'privateDns/zones/0/links/value/vnet-spoke'],
        says: "vnet-spoke (listed in the configuration) is linked to no zone that holds the registry's records, so that its names lead to public addresses there",
        fix: new RegExp(
          `link vnet create .*--zone-name privatelink.azurecr.io .*--virtual-network ${networkId('vnet-spoke')}`,
        ),
      },
    ],
    [
      'fail',
      'the zone is not linked to the network of a cluster that pulls',
      {
        ...hub,
        networks: [network(), network('vnet-aks')],
        consumers: {
          ...nobody,
          clusters: [cluster],
          declared: [{ registry: 'contoso', clusters: ['/clusters/aks'], networks: [] }],
        },
      },
      { says: 'vnet-aks (cluster aks)' },
    ],
    [
      'fail',
      "the zone group writes to a zone that the endpoint's network is not linked to",
      { ...hub, privateDns: dns(zone(own, { links: [] })) },
      { says: 'vnet-a (endpoint pe-a) is linked to no zone' },
    ],
    [
      'fail',
      "the spoke is linked to a zone of that name that does not hold the registry's records",
      {
        ...withSpoke,
        privateDns: dns(
          zone(own),
          zone({}, { id: zoneId('privatelink.azurecr.io', 'rg-b'), links: [link('vnet-spoke')] }),
        ),
      },
      {
        says: "rg-b), which does not hold the registry's records",
        fix: 'records into the zone that vnet-spoke is linked to',
      },
    ],
    [
      'unknown',
      'the link is being made',
      {
        ...hub,
        privateDns: dns(zone(own, { links: [link('vnet-a', { state: 'InProgress', provisioningState: 'Creating' })] })),
      },
      { says: 'it is being made' },
    ],
    [
      'fail',
      'making the link failed',
      {
        ...hub,
        privateDns: dns(zone(own, { links: [link('vnet-a', { state: 'InProgress', provisioningState: 'Failed' })] })),
      },
      {
        cites: ['networks/0/network/value/dnsServers', stateOfLink],
        says: 'never completed',
        fix: 'every other registry',
      },
    ],
    [
      'unknown',
      'a change of a link that was complete failed: whether it still resolves is not documented',
      { ...hub, privateDns: dns(zone(own, { links: [link('vnet-a', { provisioningState: 'Failed' })] })) },
      { says: 'whether it resolves is not known' },
    ],
    [
      'unknown',
      'Azure left out where the endpoint is',
      { ...hub, privateEndpoints: [withoutNetwork] },
      { says: 'no network for endpoint pe-a' },
    ],
    [
      'unknown',
      'a second connection is in a state that we do not know',
      {
        ...hub,
        privateEndpoints: [
          connection(),
          connection({ name: 'pe-b' }, { status: asMember('connectionStatus', 'Expired') }),
        ],
      },
      { says: 'Expired' },
    ],
    [
      'fail',
      'an unreadable zone of another registry decides nothing',
      {
        ...withSpoke,
        privateDns: dns(zone(own), {
          ...zone({}, { id: zoneId(undefined, 'rg-fabrikam') }),
          links: refused('Microsoft.Network/privateDnsZones/virtualNetworkLinks/read'),
        }),
      },
      { says: 'vnet-spoke' },
    ],
    [
      'unknown',
      'the spoke asks DNS servers of its own',
      { ...withSpoke, networks: [network(), network('vnet-spoke', ['10.0.0.4'])] },
      { says: 'vnet-spoke asks its own DNS servers' },
    ],
    [
      'unknown',
      'the spoke cannot be read',
      {
        ...withSpoke,
        networks: [
          network(),
          { id: networkId('vnet-spoke'), network: refused('Microsoft.Network/virtualNetworks/read') },
        ],
      },
      { says: 'Microsoft.Network/virtualNetworks/read' },
    ],
    [
      'unknown',
      'the links of the zone cannot be read',
      {
        ...hub,
        privateDns: dns({ ...zone(own), links: refused('Microsoft.Network/privateDnsZones/virtualNetworkLinks/read') }),
      },
      { says: 'virtualNetworkLinks/read' },
    ],
    [
      'unknown',
      'one endpoint, and with it the zone that holds its records, cannot be read',
      {
        ...withSpoke,
        privateEndpoints: [
          connection(),
          connection({ name: 'pe-b' }, { endpoint: refused('Microsoft.Network/privateEndpoints/read') }),
        ],
      },
      { says: 'Microsoft.Network/privateEndpoints/read' },
    ],
    [
      'pass',
      'the clusters of a subscription could not be listed, and nobody whom nobody has seen pulls',
      {
        ...hub,
        consumers: {
          ...nobody,
          searched: [{ subscription, clusters: refused('Microsoft.ContainerService/managedClusters/read') }],
        },
      },
    ],
    [
      'unknown',
      'the same, and a role lets somebody pull whom nobody has seen',
      { ...somebody, consumers: { ...nobody, searched: [{ subscription, clusters: unlistedClusters }] } },
      { says: /service principal ci may pull here.*managedClusters\/read/ },
    ],
    [
      'pass',
      "the same, and the role is that of the registry's own identity",
      {
        ...somebody,
        registry: acr({ identity: { type: 'SystemAssigned', principalId: 'ci', userAssigned: [] } }),
        consumers: { ...nobody, searched: [{ subscription, clusters: unlistedClusters }] },
      },
      { irrelevant: { 'roleAssignments/assignments/*/principalType': 'the identity is known by its id' } },
    ],
    ...[null, { objectId: null, id: null }, { objectId: '', id: null }].map(
      (kubelet) =>
        [
          'unknown',
          `a role lets somebody pull whom nobody has seen, and a cluster came with kubelet ${JSON.stringify(kubelet)}`,
          { ...somebody, consumers: { ...nobody, clusters: [cluster, { ...cluster, kubelet }] } },
          { says: /which identity cluster aks pulls with, and service principal ci may pull/ },
        ] as const,
    ),
    [
      'pass',
      'a cluster came without its identity, and nobody whom nobody has seen may pull',
      { ...hub, consumers: { ...nobody, clusters: [cluster] } },
    ],
    [
      'unknown',
      'a cluster that the configuration lists was not found',
      {
        ...hub,
        consumers: { ...nobody, declared: [{ registry: 'contoso', clusters: ['/clusters/gone'], networks: [] }] },
      },
      { says: '/clusters/gone' },
    ],
    [
      'unknown',
      'a cluster pulls from a network that AKS made, and ARM does not name it',
      unnamed(),
      { says: 'the network AKS made for aks is not told' },
    ],
    [
      'fail',
      'the configuration names the network that AKS made, and it is not linked',
      unnamed(made),
      { says: 'aks-vnet (listed in the configuration) is linked to no zone' },
    ],
    [
      'pass',
      'the configuration names the network that AKS made, and it is linked',
      {
        ...unnamed(made),
        privateDns: dns(zone(own, { links: [link(), link('aks-vnet', { network: made })] })),
      },
    ],
    [
      'fail',
      'a network of the same name in another group has the name of the link already',
      {
        ...hub,
        consumers: { ...nobody, declared: [{ registry: 'contoso', clusters: [], networks: [other] }] },
        networks: [network(), readNetwork(other)],
      },
      { fix: '--name vnet-a-rg-other' },
    ],
    [
      'fail',
      'no zone holds the records, and the spoke is linked to one of that name all the same',
      {
        ...withSpoke,
        privateEndpoints: [connection({ zoneGroups: observed([]) })],
        privateDns: dns(zone({}, { links: [link('vnet-spoke')] })),
      },
      { fix: /^(?!.*zone create).*dns-zone-group create .*link vnet create .*vnet-a/s },
    ],
    [
      'unknown',
      'the state of the link is one we do not know',
      { ...hub, privateDns: dns(zone(own, { links: [link('vnet-a', { state: asMember('linkState', 'Paused') })] })) },
      { says: 'link vnet-a is Paused' },
    ],
    ['not-applicable', 'no endpoint is approved', { ...hub, privateEndpoints: [] }, { says: 'no approved' }],
    ['not-applicable', 'Standard has none', { ...hub, registry: acr({ sku: 'Standard' }) }, { says: 'Standard' }],
  ],
  {
    'consumers/searched/*/clusters': 'nobody whom nobody has seen may pull',
    'networks/*/network/value/managers': 'a manager matters between networks that are not peered',
    'privateDns/zones/*/aliases': 'aliases are looked for where no address record answers',
    'privateDns/zones/*/links':
      'what the zone is linked to does not matter where its records, or the zone groups, decide',
    'privateDns/zones/*/links/value/*/provisioningState':
      'a link resolves by its state; this only tells that a change of it failed',
    'privateDns/zones/*/links/value/*/state': 'another zone, or the public endpoint, answers as well',
    'privateEndpoints/*/endpoint/value/members': 'the computed names are the same; addresses do not matter here',
    'privateEndpoints/*/endpoint/value/zoneGroups':
      'a linked zone answers, whoever writes its records; one endpoint overlaps with none',
    'privateEndpoints/*/endpointId': 'the connection has a name of its own',
    'registry/loginServer': 'the network interface of the endpoint names the registry too',
    'roleAssignments/definitions': 'no role decides who pulls here: the configuration lists it, or nobody does',
  },
);
