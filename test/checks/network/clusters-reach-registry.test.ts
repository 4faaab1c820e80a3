import check from '../../../checks/network/clusters-reach-registry.ts';
import { roleIds } from '../../../src/facts/access/roles.ts';
import { denied, type Evidence, observed } from '../../../src/model/evidence.ts';
import type { AppEnvironment } from '../../../src/model/facets/app-consumers.ts';
import type { Cluster, Consumers } from '../../../src/model/facets/consumers.ts';
import type { VirtualNetwork } from '../../../src/model/facets/networks.ts';
import type { ForwardingRuleset, PrivateDns } from '../../../src/model/facets/private-dns.ts';
import { app, apps } from '../../apps.ts';
import { cluster, consumers, declared } from '../../clusters.ts';
import { docker, task } from '../../facts/tasks/yaml.ts';
import { connection, dns, link, network, networkId, records, refused, subscription, zone } from '../../private-path.ts';
import { assigned, roles } from '../../roles.ts';
import { acr, testCheck } from '../../support.ts';

const closed = acr({ publicNetworkAccess: 'Disabled' });
const open = acr({
  publicNetworkAccess: 'Enabled',
  networkRuleSet: { defaultAction: 'Allow', ipRules: [], virtualNetworkRules: [] },
});
const own = records(['westeurope']);
const inNetwork = (name: string, changes: Partial<Cluster> = {}) =>
  cluster('aks', { subnets: [`${networkId(name)}/subnets/nodes`], ...changes });
const pulling = (one: Cluster): Consumers => declared(consumers(one), 'aks');
const read = (name: string, changes: Partial<VirtualNetwork> = {}, servers: readonly string[] = []) => {
  const { id, network: evidence } = network(name, servers);
  return { id, network: evidence.state === 'observed' ? observed({ ...evidence.value, ...changes }) : evidence };
};
const peered = (name: string) => ({ peerings: [{ remote: networkId(name), state: 'Connected' }] });

/** A hub with the endpoint, and a peered spoke with a cluster; both are linked. */
const hubAndSpoke = {
  registry: closed,
  replications: [],
  privateEndpoints: [connection()],
  privateDns: dns(zone(own, { links: [link(), link('vnet-spoke')] })),
  networks: [read('vnet-a', peered('vnet-spoke')), read('vnet-spoke', peered('vnet-a'))],
  consumers: pulling(inNetwork('vnet-spoke')),
  roleAssignments: { assignments: [], definitions: observed([]) },
};
const rulesetTo = (domain: string, network: Evidence<string | null>): ForwardingRuleset => ({
  id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/dnsForwardingRulesets/rules',
  rules: observed([{ name: 'acr', domain, enabled: true, targets: [{ ip: '10.1.9.4', network }] }]),
  networks: observed([networkId('vnet-spoke')]),
});
const nobody = { ...hubAndSpoke, consumers: consumers() };
const subnetOf = (name: string) => `${networkId(name)}/subnets/apps`;
const group = (name: string) => apps(app({ kind: 'container group', subnets: [subnetOf(name)] }));
/** A container app in environment `env`, and what was read of the environments. */
const inEnvironment = (found: Evidence<readonly AppEnvironment[]>) => ({
  ...apps(app({ environment: `${subscription}/resourceGroups/rg/providers/Microsoft.App/managedEnvironments/env` })),
  environments: [{ subscription, found }],
});
const environment = (subnet: string | null) =>
  observed([{ id: `${subscription}/resourceGroups/RG/providers/Microsoft.App/managedEnvironments/env`, subnet }]);
const hubOnly = dns(zone(own));
/** The same, where the rulesets of a subscription could not be listed. */
const unlisted = (given: PrivateDns, subscription: string): PrivateDns => ({
  ...given,
  searched: [
    ...given.searched.filter((one) => one.subscription !== subscription),
    { subscription, zones: observed([]), rulesets: refused('Microsoft.Network/dnsForwardingRulesets/read') },
  ],
});

testCheck(
  check,
  [
    ['pass', 'the spoke is linked and peered with the hub', hubAndSpoke],
    ['pass', 'a container group in the spoke pulls', { ...nobody, appConsumers: group('vnet-spoke') }],
    [
      'fail',
      'a container group in a network without a link',
      { ...nobody, privateDns: hubOnly, appConsumers: group('vnet-spoke') },
      { says: /vnet-spoke is not linked to zone/, fix: /link vnet create .*vnet-spoke/ },
    ],
    [
      'fail',
      'the environment of a container app is in a network without a link',
      { ...nobody, privateDns: hubOnly, appConsumers: inEnvironment(environment(subnetOf('vnet-spoke'))) },
      { says: /vnet-spoke is not linked to zone/ },
    ],
    [
      'unknown',
      'the environment of a container app may not be read',
      { ...nobody, appConsumers: inEnvironment(denied('the credential may not read it', [])) },
      { says: 'app web: the credential may not read it' },
    ],
    [
      'unknown',
      'Azure does not say in which environment a container app runs',
      { ...nobody, appConsumers: apps(app()) },
      { says: 'Azure does not tell in which environment' },
    ],
    [
      'not-applicable',
      'the environment of a container app is in a network of Azure’s own',
      { ...nobody, appConsumers: inEnvironment(environment(null)) },
    ],
    [
      'not-applicable',
      'a container group pulls from another registry',
      {
        ...nobody,
        appConsumers: apps(
          app({
            kind: 'container group',
            subnets: [subnetOf('vnet-spoke')],
            pulls: [{ server: 'contoso2.azurecr.io', login: { by: 'nothing' } }],
          }),
        ),
      },
    ],
    [
      'unknown',
      'apps could not be listed, and somebody pulls whom nobody has seen',
      {
        ...nobody,
        appConsumers: denied('the credential may not read it', []),
        roleAssignments: roles([assigned(roleIds.acrPull, { principalId: 'somebody' })]),
      },
      { says: 'none of the identities seen' },
    ],
    [
      'pass',
      'apps could not be listed, and all who pull were seen',
      {
        ...hubAndSpoke,
        appConsumers: denied('the credential may not read it', []),
        roleAssignments: roles([assigned(roleIds.acrPull, { principalId: 'kubelet-aks' })]),
      },
    ],
    [
      'pass',
      'clusters of a subscription could not be listed, and the one who pulls is a task of the registry',
      {
        ...hubAndSpoke,
        consumers: {
          ...hubAndSpoke.consumers,
          searched: [{ subscription: '/subscriptions/2', clusters: denied('no', []) }],
        },
        tasks: [
          task('build', docker(), {
            identity: { type: 'SystemAssigned', principalId: 'task-build', userAssigned: [] },
          }),
        ],
        roleAssignments: roles([assigned(roleIds.acrPull, { principalId: 'task-build' })]),
      },
    ],
    [
      'pass',
      'the public endpoint answers everybody, and nobody is linked',
      { ...hubAndSpoke, registry: open, privateDns: dns(zone(own, { links: [link()] })) },
    ],
    [
      'pass',
      'there is no endpoint, everybody is answered, and the network asks servers of its own',
      {
        ...hubAndSpoke,
        registry: open,
        privateEndpoints: [],
        networks: [read('vnet-spoke', {}, ['10.0.0.4'])],
      },
    ],
    [
      'pass',
      'a ruleset forwards the names to the private resolver of the hub',
      {
        ...hubAndSpoke,
        privateDns: { ...hubOnly, rulesets: [rulesetTo('azurecr.io.', observed(networkId('vnet-a')))] },
      },
      {
        irrelevant: {
          'privateDns/searched/*/rulesets': 'the ruleset that forwards the name was read',
          'privateDns/searched/*/zones': 'a zone that is linked to the network of the resolver was read',
        },
      },
    ],
    [
      'pass',
      'a wildcard record and an alias answer',
      {
        ...hubAndSpoke,
        privateDns: dns({
          ...zone({ '*.westeurope.data': '10.1.0.5', home: '10.1.0.4' }, { links: [link(), link('vnet-spoke')] }),
          records: observed([
            { name: 'home', ips: ['10.1.0.4'] },
            { name: '*.data', ips: ['10.9.9.9'] },
            { name: 'contoso.westeurope.data', ips: ['10.1.0.5'] },
          ]),
          aliases: observed([{ name: 'contoso', target: 'home.privatelink.azurecr.io.' }]),
        }),
      },
    ],
    [
      'pass',
      'zones of the public names hold the addresses, and no privatelink zone is there',
      {
        ...hubAndSpoke,
        privateDns: dns(
          zone({ '@': '10.1.0.4' }, { id: zoneOf('contoso.azurecr.io'), links: [link(), link('vnet-spoke')] }),
          zone(
            { '@': '10.1.0.5' },
            { id: zoneOf('contoso.westeurope.data.azurecr.io'), links: [link(), link('vnet-spoke')] },
          ),
        ),
      },
    ],
    [
      'fail',
      'the spoke is not linked',
      { ...hubAndSpoke, privateDns: hubOnly },
      { says: /vnet-spoke is not linked to zone .* 403/, fix: /link vnet create .*vnet-spoke/ },
    ],
    [
      'fail',
      'an empty zone for all of azurecr.io is linked to the spoke too',
      {
        ...hubAndSpoke,
        privateDns: dns(
          zone(own, { links: [link(), link('vnet-spoke')] }),
          zone({}, { id: zoneOf('azurecr.io'), links: [link('vnet-spoke')] }),
        ),
      },
      { says: 'contoso is missing in zone azurecr.io' },
    ],
    [
      'fail',
      'the spoke is linked and has no way to the hub',
      { ...hubAndSpoke, networks: [read('vnet-a'), read('vnet-spoke')] },
      { says: 'vnet-spoke has no way to endpoint pe-a', fix: /peer it with vnet-a/ },
    ],
    [
      'fail',
      'only listed networks are answered, and none is listed',
      {
        ...hubAndSpoke,
        registry: acr({
          publicNetworkAccess: 'Enabled',
          networkRuleSet: { defaultAction: 'Deny', ipRules: [], virtualNetworkRules: [] },
        }),
        privateEndpoints: [],
      },
    ],
    [
      'fail',
      'the record leads to the login server alone',
      { ...hubAndSpoke, privateDns: dns(zone({ contoso: '10.1.0.4' }, { links: [link(), link('vnet-spoke')] })) },
      { says: 'pulls from westeurope hang on layers' },
    ],
    [
      'unknown',
      'a network manager may connect the two networks',
      {
        ...hubAndSpoke,
        networks: [
          read('vnet-a', { managers: observed(['/m/mesh']) }),
          read('vnet-spoke', { managers: observed(['/m/mesh']) }),
        ],
      },
      { says: 'network manager' },
    ],
    [
      'unknown',
      'whether a network manager connects them could not be seen',
      {
        ...hubAndSpoke,
        networks: [
          read('vnet-a', { managers: refused('Microsoft.Network/networkManagers/read') }),
          read('vnet-spoke', { managers: refused('Microsoft.Network/networkManagers/read') }),
        ],
      },
      { says: 'Microsoft.Network/networkManagers/read' },
    ],
    [
      'unknown',
      'a ruleset forwards the names to servers that nobody knows',
      { ...hubAndSpoke, privateDns: { ...hubOnly, rulesets: [rulesetTo('.', observed(null))] } },
      { says: 'ruleset rules forwards' },
    ],
    [
      'unknown',
      'the rulesets of the subscription of the spoke could not be listed, and one may be linked to it',
      { ...hubAndSpoke, privateDns: unlisted(hubOnly, subscription) },
      { says: 'dnsForwardingRulesets/read' },
    ],
    [
      'unknown',
      'the same, and the spoke is linked to the zone: a ruleset is asked before the alias of the public name',
      { ...hubAndSpoke, privateDns: unlisted(hubAndSpoke.privateDns, subscription) },
      { says: 'dnsForwardingRulesets/read' },
    ],
    [
      'unknown',
      'those of the subscription of a network that the spoke is peered with could not be listed',
      {
        ...hubAndSpoke,
        networks: [
          read('vnet-a', peered('vnet-spoke')),
          read('vnet-spoke', {
            peerings: [
              ...peered('vnet-a').peerings,
              { remote: networkId('vnet-far').replace(subscription, '/subscriptions/s-2'), state: 'Connected' },
            ],
          }),
        ],
        privateDns: unlisted(hubOnly, '/subscriptions/s-2'),
      },
      { says: 'dnsForwardingRulesets/read' },
    ],
    [
      'fail',
      'those of a subscription that has nothing to do with the registry or the spoke could not be listed',
      { ...hubAndSpoke, privateDns: unlisted(hubOnly, '/subscriptions/s-2') },
      { says: 'vnet-spoke is not linked' },
    ],
    [
      'unknown',
      'the rules of a ruleset that is linked to the spoke were denied',
      {
        ...hubAndSpoke,
        privateDns: {
          ...hubOnly,
          rulesets: [
            {
              ...rulesetTo('.', observed(null)),
              rules: refused('Microsoft.Network/dnsForwardingRulesets/forwardingRules/read'),
            },
          ],
        },
      },
      { says: 'forwardingRules/read' },
    ],
    [
      'fail',
      'the rules of a ruleset that is linked to another network were denied',
      {
        ...hubAndSpoke,
        privateDns: {
          ...hubOnly,
          rulesets: [
            {
              ...rulesetTo('.', observed(null)),
              rules: refused('Microsoft.Network/dnsForwardingRulesets/forwardingRules/read'),
              networks: observed([networkId('vnet-far')]),
            },
          ],
        },
      },
      { says: 'vnet-spoke is not linked' },
    ],
    [
      'unknown',
      'a ruleset forwards the names to an address, and resolvers could not be listed',
      {
        ...hubAndSpoke,
        privateDns: {
          ...hubOnly,
          rulesets: [rulesetTo('azurecr.io.', refused('Microsoft.Network/dnsResolvers/read'))],
        },
      },
      { says: 'dnsResolvers/read' },
    ],
    [
      'unknown',
      'the network asks servers of its own',
      { ...hubAndSpoke, networks: [read('vnet-a'), read('vnet-spoke', {}, ['10.0.0.4'])] },
      { says: 'its own DNS servers' },
    ],
    [
      'unknown',
      'AKS made the network',
      { ...hubAndSpoke, consumers: pulling(cluster('aks')) },
      { says: "AKS made the cluster's network itself" },
    ],
    ['not-applicable', 'nobody is known to pull', { ...hubAndSpoke, consumers: consumers() }, { says: 'no consumer' }],
  ],
  {
    'appConsumers/apps/*/identity': 'an app is known by the name of the registry; who it is matters to nobody unseen',
    'appConsumers/apps/*/identity/principalId': 'the same',
    'roleAssignments/assignments/*/principalType': 'the one who holds the role was seen, whatever its type',
    'consumers/clusters/*/kubelet': 'the configuration lists the cluster',
    'consumers/clusters/*/kubelet/objectId': 'the configuration lists the cluster',
    'consumers/clusters/*/provisioningState': 'only a cluster that is being deleted is left out',
    'consumers/searched/*/clusters': 'nobody whom nobody has seen may pull',
    'networks/*/network': 'without a private answer the public endpoint answers every network',
    'networks/*/network/value/peerings/*/remote': 'the public endpoint answers every network',
    'networks/*/network/value/peerings/*/state': 'the public endpoint answers every network',
    'privateDns/zones/*/aliases': 'aliases are looked for where no address record answers',
    'privateDns/zones/*/links/value/*/provisioningState':
      'a link resolves by its state; this only tells that a change of it failed',
    'privateDns/zones/*/links/value/*/state': 'another zone, or the public endpoint, answers as well',
    'privateDns/zones/*/records': 'what is missing is not found, whichever record that is; or nobody asks the zone',
    'privateEndpoints/*/endpoint/value/members': 'the computed names are the same; addresses do not matter here',
    'privateEndpoints/*/endpoint/value/network':
      'the zone group tells the zone as well, and one endpoint overlaps with none',
    'privateEndpoints/*/endpointId': 'the connection has a name of its own',
    'registry/loginServer': 'the network interface of the endpoint names the registry too',
    'roleAssignments/definitions': 'no role decides who pulls here: the configuration lists it, or nobody does',
  },
);

function zoneOf(name: string): string {
  return `${networkId('x').split('/virtualNetworks')[0]}/privateDnsZones/${name}`;
}
