import { describe, expect, test } from 'vitest';
import { textOf } from '../../src/engine/describe.ts';
import { type PathEvidence, pathPage } from '../../src/explain/path.ts';
import { namesOf } from '../../src/facts/path/names.ts';
import { type Evidence, observed } from '../../src/model/evidence.ts';
import type { Cluster } from '../../src/model/facets/consumers.ts';
import type { NetworkEvidence, VirtualNetwork } from '../../src/model/facets/networks.ts';
import type { Registry } from '../../src/model/facets/registry.ts';
import { app, apps } from '../apps.ts';
import { task } from '../facts/tasks/network.ts';
import {
  connection,
  dns,
  link,
  members,
  network,
  networkId,
  records,
  refused,
  replica,
  zone,
  zoneId,
} from '../private-path.ts';
import { acr } from '../support.ts';

const closed = { publicNetworkAccess: 'Disabled', networkRuleBypassOptions: 'AzureServices' } as const;
const open = {
  ...closed,
  publicNetworkAccess: 'Enabled',
  networkRuleSet: { defaultAction: 'Allow', ipRules: [], virtualNetworkRules: null },
} as const;
const selected = (ipRules: readonly string[], virtualNetworkRules: readonly string[] | null = null) =>
  ({
    ...closed,
    publicNetworkAccess: 'Enabled',
    networkRuleSet: { defaultAction: 'Deny', ipRules, virtualNetworkRules },
  }) as const;

const three = ['westeurope', 'eastasia', 'eastus'];
const endpoint = (name: string, where: string, prefix: string, regions = three, zones = [zoneId()]) =>
  connection({
    name,
    network: networkId(where),
    members: observed(members(regions, prefix)),
    zoneGroups: observed([{ name: 'default', zones }]),
  });
const ofNetwork = (
  name: string,
  changes: Partial<VirtualNetwork> = {},
  servers: readonly string[] = [],
): NetworkEvidence => {
  const { id, network: evidence } = network(name, servers);
  return { id, network: evidence.state === 'observed' ? observed({ ...evidence.value, ...changes }) : evidence };
};
const peer = (name: string, state = 'Connected') => ({ peerings: [{ remote: networkId(name), state }] });
const gateway = { subnets: [{ id: '/g', name: 'GatewaySubnet', prefixes: [], usedAddresses: 0 }] };
const cluster = (name: string, subnets: readonly string[]): Cluster => ({
  id: `/clusters/${name}`,
  name,
  location: 'westeurope',
  provisioningState: 'Succeeded',
  kubelet: null,
  controlPlane: [],
  nodeImages: [],
  servicePrincipal: null,
  subnets,
  nodeResourceGroup: `MC_${name}`,
  oidcIssuer: null,
  kubernetesVersion: null,
  defender: null,
});

/** A registry in three regions with everything seen, which the clusters and networks listed pull from. */
const given = (
  changes: PathEvidence = {},
  said: Partial<Registry> = closed,
  pulls: readonly string[] = [],
): PathEvidence => ({
  registry: observed(acr(said)),
  replications: observed([replica('eastus'), replica('eastasia')]),
  privateEndpoints: observed([endpoint('pe-a', 'vnet-a', '10.1.0')]),
  privateDns: observed(dns(zone(records(three)))),
  networks: observed([ofNetwork('vnet-a')]),
  consumers: observed({
    clusters: [],
    searched: [],
    declared: [{ registry: 'contoso', clusters: [], networks: pulls.map(networkId) }],
  }),
  roleAssignments: observed({ assignments: [], definitions: observed([]) }),
  tasks: observed([]),
  appConsumers: observed(apps()),
  agentPools: observed([]),
  ...changes,
});

/** `yes` with the way, else the kind of the hop that stops a pull: one word a region, one line a network. */
const matrix = (evidence: PathEvidence, suffix = 'azurecr.io') =>
  Object.fromEntries(
    (pathPage(evidence, suffix)?.from ?? []).map(({ name, regions }) => [
      name,
      regions.map(({ can, via, stopped }) =>
        can === 'yes' ? `yes, ${via.join('+')}` : `${can}, ${stopped?.hop.kind}`,
      ),
    ]),
  );
const all = (answer: string) => [answer, answer, answer];

describe('who can pull, by region', () => {
  const hubAndSpoke = {
    privateEndpoints: observed([endpoint('pe-hub', 'vnet-hub', '10.1.0')]),
    privateDns: observed(dns(zone(records(three), { links: [link('vnet-hub')] }))),
    networks: observed([ofNetwork('vnet-hub', peer('vnet-spoke')), ofNetwork('vnet-spoke', peer('vnet-hub'))]),
  };
  const bothLinked = observed(dns(zone(records(three), { links: [link('vnet-hub'), link('vnet-spoke')] })));
  const ownZones = {
    privateEndpoints: observed([
      endpoint('pe-a', 'vnet-a', '10.1.0'),
      endpoint('pe-b', 'vnet-b', '10.2.0', three, [zoneId(undefined, 'rg-b')]),
    ]),
    networks: observed([ofNetwork('vnet-a'), ofNetwork('vnet-b')]),
  };
  const zoneOfB = (found: Readonly<Record<string, string>>) =>
    zone(found, { id: zoneId(undefined, 'rg-b'), links: [link('vnet-b')] });
  const { 'contoso.eastus.data': _, ...withoutEastus } = records(three, '10.2.0');
  const withIps = (name: string, ...ips: readonly string[]) => {
    const { [name]: _, ...others } = records(three);
    const found = zone(others);
    return found.records.state === 'observed'
      ? { ...found, records: observed([...found.records.value, { name, ips }]) }
      : found;
  };
  const overwritten = { ...records(three), contoso: '10.2.0.4' };

  const table: [string, PathEvidence, Record<string, string[]>][] = [
    ['the endpoint network is linked and every record is right', given(), { 'vnet-a': all('yes, pe-a') }],
    [
      'two networks with an endpoint and a zone each',
      given({ ...ownZones, privateDns: observed(dns(zone(records(three)), zoneOfB(records(three, '10.2.0')))) }),
      { 'vnet-a': all('yes, pe-a'), 'vnet-b': all('yes, pe-b') },
    ],
    [
      'the second zone lacks one region',
      given({ ...ownZones, privateDns: observed(dns(zone(records(three)), zoneOfB(withoutEastus))) }),
      { 'vnet-a': all('yes, pe-a'), 'vnet-b': ['yes, pe-b', 'yes, pe-b', 'no, no-record'] },
    ],
    [
      'a zone linked only to the hub does not answer in a peered spoke',
      given(hubAndSpoke, closed, ['vnet-spoke']),
      { 'vnet-hub': all('yes, pe-hub'), 'vnet-spoke': all('no, not-linked') },
    ],
    [
      'linked to both, the peered spoke gets to the hub endpoint',
      given({ ...hubAndSpoke, privateDns: bothLinked }, closed, ['vnet-spoke']),
      { 'vnet-hub': all('yes, pe-hub'), 'vnet-spoke': all('yes, pe-hub') },
    ],
    [
      'peered with another network only: a hub may connect them',
      given(
        {
          ...hubAndSpoke,
          privateDns: bothLinked,
          networks: observed([ofNetwork('vnet-hub', peer('vnet-core')), ofNetwork('vnet-spoke', peer('vnet-core'))]),
        },
        closed,
        ['vnet-spoke'],
      ),
      { 'vnet-hub': all('yes, pe-hub'), 'vnet-spoke': all('unknown, indirect') },
    ],
    [
      'a peering that only one side has made connects nobody',
      given(
        {
          ...hubAndSpoke,
          privateDns: bothLinked,
          networks: observed([
            ofNetwork('vnet-hub', peer('vnet-core')),
            ofNetwork('vnet-spoke', peer('vnet-hub', 'Initiated')),
          ]),
        },
        closed,
        ['vnet-spoke'],
      ),
      { 'vnet-hub': all('yes, pe-hub'), 'vnet-spoke': all('unknown, indirect') },
    ],
    [
      'no peering, but a gateway on both sides may connect them',
      given(
        {
          ...hubAndSpoke,
          privateDns: bothLinked,
          networks: observed([ofNetwork('vnet-hub', gateway), ofNetwork('vnet-spoke', gateway)]),
        },
        closed,
        ['vnet-spoke'],
      ),
      { 'vnet-hub': all('yes, pe-hub'), 'vnet-spoke': all('unknown, indirect') },
    ],
    [
      'the network of the endpoint is connected to none',
      given(
        {
          ...hubAndSpoke,
          privateDns: bothLinked,
          networks: observed([ofNetwork('vnet-hub'), ofNetwork('vnet-spoke', peer('vnet-core'))]),
        },
        closed,
        ['vnet-spoke'],
      ),
      { 'vnet-hub': all('yes, pe-hub'), 'vnet-spoke': all('no, no-route') },
    ],
    [
      'no peering and no gateway: there is no way',
      given(
        {
          ...hubAndSpoke,
          privateDns: bothLinked,
          networks: observed([ofNetwork('vnet-hub'), ofNetwork('vnet-spoke')]),
        },
        closed,
        ['vnet-spoke'],
      ),
      { 'vnet-hub': all('yes, pe-hub'), 'vnet-spoke': all('no, no-route') },
    ],
    [
      'a spoke with its own DNS servers may get any answer',
      given(
        {
          ...hubAndSpoke,
          networks: observed([
            ofNetwork('vnet-hub', peer('vnet-spoke')),
            ofNetwork('vnet-spoke', peer('vnet-hub'), ['10.0.0.4']),
          ]),
        },
        closed,
        ['vnet-spoke'],
      ),
      { 'vnet-hub': all('yes, pe-hub'), 'vnet-spoke': all('unknown, own-dns') },
    ],
    [
      'the second endpoint overwrote a record of the shared zone, and no way leads to it',
      given({ ...ownZones, privateDns: observed(dns(zone(overwritten, { links: [link('vnet-a'), link('vnet-b')] }))) }),
      { 'vnet-a': all('no, no-route'), 'vnet-b': all('no, no-route') },
    ],
    [
      'a record holds an address that is nobody’s',
      given({ privateDns: observed(dns(zone({ ...records(three), 'contoso.eastus.data': '10.9.9.9' }))) }),
      { 'vnet-a': ['yes, pe-a', 'yes, pe-a', 'no, wrong-record'] },
    ],
    [
      'a record is missing and the link falls back to the internet',
      given({
        privateDns: observed(
          dns(
            zone(records(['westeurope', 'eastasia']), {
              links: [link('vnet-a', { resolutionPolicy: 'NxDomainRedirect' })],
            }),
          ),
        ),
      }),
      { 'vnet-a': ['yes, pe-a', 'yes, pe-a', 'no, falls-back'] },
    ],
    [
      'the endpoint has no address for the new replica',
      given({
        privateEndpoints: observed([endpoint('pe-a', 'vnet-a', '10.1.0', ['westeurope', 'eastasia'])]),
        privateDns: observed(dns(zone(records(['westeurope', 'eastasia'])))),
      }),
      { 'vnet-a': ['yes, pe-a', 'yes, pe-a', 'no, no-member'] },
    ],
    [
      'the link is still being made',
      given({ privateDns: observed(dns(zone(records(three), { links: [link('vnet-a', { state: 'InProgress' })] }))) }),
      { 'vnet-a': all('unknown, unseen') },
    ],
    [
      'the records of the zone cannot be read',
      given({
        privateDns: observed(dns({ ...zone({}), records: refused('Microsoft.Network/privateDnsZones/A/read') })),
      }),
      { 'vnet-a': all('unknown, unseen') },
    ],
    [
      'no zone is linked, but one may hide in a subscription that would not list',
      given({
        privateDns: observed({
          zones: [],
          rulesets: [],
          searched: [
            {
              subscription: '/subscriptions/elsewhere',
              zones: refused('Microsoft.Network/privateDnsZones/read'),
              rulesets: observed([]),
            },
          ],
        }),
      }),
      { 'vnet-a': all('unknown, unseen') },
    ],
    [
      'private DNS was denied',
      given({ privateDns: refused('Microsoft.Network/privateDnsZones/read') }),
      { 'vnet-a': all('unknown, unseen') },
    ],
    [
      'the endpoint cannot be read, so that no address can be compared',
      given(
        {
          privateEndpoints: observed([
            connection({}, { endpoint: refused('Microsoft.Network/privateEndpoints/read') }),
          ]),
        },
        closed,
        ['vnet-a'],
      ),
      { 'vnet-a': all('unknown, unseen') },
    ],
    [
      'the network cannot be read',
      given({
        networks: observed([{ id: networkId('vnet-a'), network: refused('Microsoft.Network/virtualNetworks/read') }]),
      }),
      { 'vnet-a': all('unknown, unseen') },
    ],
    [
      'not linked, but everybody is answered',
      given(hubAndSpoke, open, ['vnet-spoke']),
      { 'vnet-hub': all('yes, pe-hub'), 'vnet-spoke': all('yes, open to every network') },
    ],
    [
      'not linked, and only listed addresses are answered',
      given(hubAndSpoke, selected(['20.1.2.3']), ['vnet-spoke']),
      { 'vnet-hub': all('yes, pe-hub'), 'vnet-spoke': all('unknown, egress') },
    ],
    [
      'not linked, and the list is empty',
      given(hubAndSpoke, selected([], []), ['vnet-spoke']),
      { 'vnet-hub': all('yes, pe-hub'), 'vnet-spoke': all('no, not-linked') },
    ],
    [
      'the only endpoint waits for approval',
      given({ privateEndpoints: observed([connection({}, { status: 'Pending' })]) }, closed, ['vnet-a']),
      { 'vnet-a': all('no, no-endpoint') },
    ],
    [
      'nobody says whether the endpoint is approved',
      given({ privateEndpoints: observed([connection({}, { status: null })]) }, closed, ['vnet-a']),
      { 'vnet-a': all('unknown, unseen') },
    ],
    [
      'without an endpoint, open to all, and the network asks DNS servers of its own: public DNS alone has an answer',
      given({ privateEndpoints: observed([]), networks: observed([ofNetwork('vnet-a', {}, ['10.0.0.4'])]) }, open, [
        'vnet-a',
      ]),
      { 'vnet-a': all('yes, open to every network') },
    ],
    [
      'without an endpoint, open to all, whatever private DNS would say',
      given({ privateEndpoints: observed([]), privateDns: refused('Microsoft.Network/privateDnsZones/read') }, open, [
        'vnet-a',
      ]),
      { 'vnet-a': all('yes, open to every network') },
    ],
    [
      'of two endpoints the own one lacks an address for the new replica, so that no record can be right',
      given({
        privateEndpoints: observed([
          endpoint('pe-a', 'vnet-a', '10.1.0', ['westeurope', 'eastasia']),
          endpoint('pe-b', 'vnet-b', '10.2.0'),
        ]),
        privateDns: observed(dns(zone(records(['westeurope', 'eastasia'])))),
      }),
      { 'vnet-a': ['yes, pe-a', 'yes, pe-a', 'no, no-member'], 'vnet-b': all('unknown, unseen') },
    ],
    [
      'a record holds an address of the endpoint and a strange one: about half of the look-ups work',
      given({ privateDns: observed(dns(withIps('contoso.eastus.data', '10.1.0.7', '10.9.9.9'))) }),
      { 'vnet-a': ['yes, pe-a', 'yes, pe-a', 'in part, half-record'] },
    ],
    [
      'a record holds no address',
      given({ privateDns: observed(dns(withIps('contoso.eastus.data'))) }),
      { 'vnet-a': ['yes, pe-a', 'yes, pe-a', 'no, wrong-record'] },
    ],
    [
      'the login is known to work, but the data endpoint leads to an endpoint that cannot be read',
      given({
        privateEndpoints: observed([
          endpoint('pe-a', 'vnet-a', '10.1.0'),
          connection({ name: 'pe-b' }, { endpoint: refused('Microsoft.Network/privateEndpoints/read') }),
        ]),
        privateDns: observed(dns(zone({ ...records(three), 'contoso.eastus.data': '10.2.0.7' }))),
      }),
      { 'vnet-a': ['yes, pe-a', 'yes, pe-a', 'unknown, unseen'] },
    ],
    [
      'regional endpoints have no address: pulls by the global one work',
      given({}, { ...closed, regionalEndpoints: 'Enabled' }),
      { 'vnet-a': all('in part, no-member') },
    ],
    [
      'no zone is linked as far as can be seen: its links were denied',
      given({
        privateDns: observed(
          dns({
            ...zone(records(three)),
            links: refused('Microsoft.Network/privateDnsZones/virtualNetworkLinks/read'),
          }),
        ),
      }),
      { 'vnet-a': all('unknown, unseen') },
    ],
    [
      'no zone is linked, but the endpoint may write to one that we do not know',
      given({
        privateEndpoints: observed([
          connection({ zoneGroups: refused('Microsoft.Network/privateEndpoints/privateDnsZoneGroups/read') }),
        ]),
        privateDns: observed(dns(zone(records(three), { links: [] }))),
      }),
      { 'vnet-a': all('unknown, unseen') },
    ],
    [
      'not linked, addresses are listed and no subnet is',
      given(hubAndSpoke, selected(['20.1.2.3'], []), ['vnet-spoke']),
      { 'vnet-hub': all('yes, pe-hub'), 'vnet-spoke': all('unknown, egress') },
    ],
    [
      'the only peering is cut, and the subnets are no gateway',
      given(
        {
          ...hubAndSpoke,
          privateDns: bothLinked,
          networks: observed([
            ofNetwork('vnet-hub', peer('vnet-core')),
            ofNetwork('vnet-spoke', {
              ...peer('vnet-hub', 'Disconnected'),
              subnets: [{ id: '/s', name: 'apps', prefixes: [], usedAddresses: 0 }],
            }),
          ]),
        },
        closed,
        ['vnet-spoke'],
      ),
      { 'vnet-hub': all('yes, pe-hub'), 'vnet-spoke': all('no, no-route') },
    ],
  ];
  test.each(table)('%s', (_, evidence, expected) => {
    expect(matrix(evidence)).toEqual(expected);
  });
});

test('not linked, the list is empty, and Azure does not say which subnets are listed', () => {
  const evidence = given({ privateDns: observed(dns(zone(records(three), { links: [] }))) }, selected([], null));
  expect(matrix(evidence)).toEqual({ 'vnet-a': all('unknown, unseen') });
});

test.each([
  ['disabled' as const, ['--allow-exports true', '--public-network-enabled true']],
  ['enabled' as const, ['--public-network-enabled true']],
])('without an endpoint the public one is opened again; exports are %s', (status, opening) => {
  const page = pathPage(
    given({ privateEndpoints: observed([]) }, { ...closed, policies: { ...acr().policies, export: { status } } }, [
      'vnet-a',
    ]),
    'azurecr.io',
  );
  const commands = (page?.stops ?? []).flatMap(({ fix }) => fix).filter(({ kind }) => kind === 'acr.update');
  expect(commands.map(textOf)).toEqual(opening.map((flag) => expect.stringContaining(flag)));
});

test('a missing record should hold the address of the endpoint in the same network', () => {
  const privateEndpoints = observed([endpoint('pe-b', 'vnet-b', '10.2.0'), endpoint('pe-a', 'vnet-a', '10.1.0')]);
  const privateDns = observed(dns(zone(records(['westeurope', 'eastasia']))));
  const reach = pathPage(given({ privateEndpoints, privateDns }), 'azurecr.io');
  const hop = reach?.from.find(({ name }) => name === 'vnet-a')?.regions.at(-1)?.stopped?.hop;
  expect(hop).toMatchObject({ kind: 'no-record', record: 'contoso.eastus.data', wanted: ['10.1.0.7'] });
});

test.each([
  ['the only endpoint, wherever it is', [endpoint('pe-a', 'vnet-a', '10.1.0')], ['10.1.0.7']],
  [
    'the one of two that the network has a way to',
    [endpoint('pe-a', 'vnet-a', '10.1.0'), endpoint('pe-b', 'vnet-b', '10.2.0')],
    ['10.1.0.7'],
  ],
])('a missing record should hold the address of %s', (_, endpoints, wanted) => {
  const privateDns = observed(dns(zone(records(['westeurope', 'eastasia']), { links: [link('vnet-spoke')] })));
  const networks = observed([ofNetwork('vnet-a', peer('vnet-spoke')), ofNetwork('vnet-spoke', peer('vnet-a'))]);
  const reach = pathPage(
    given({ privateEndpoints: observed(endpoints), privateDns, networks }, closed, ['vnet-spoke']),
    'azurecr.io',
  );
  const hop = reach?.from.find(({ name }) => name === 'vnet-spoke')?.regions.at(-1)?.stopped?.hop;
  expect(hop).toMatchObject({ kind: 'no-record', wanted });
});

test('what is not linked should be linked to a zone that holds the records of the registry, never to any other', () => {
  const zones = [zone({}, { id: zoneId(undefined, 'rg-old'), links: [] }), zone(records(three), { links: [] })];
  const zoneWith = (endpoints: readonly ReturnType<typeof endpoint>[]) => {
    const evidence = given({ privateEndpoints: observed(endpoints), privateDns: observed(dns(...zones)) });
    return pathPage(evidence, 'azurecr.io')?.from[0]?.regions[0]?.stopped?.hop;
  };
  expect(zoneWith([endpoint('pe-a', 'vnet-a', '10.1.0')])).toMatchObject({
    kind: 'not-linked',
    choice: { zone: zoneId(), endpoint: 'pe-a', route: 'same' },
  });
  expect(zoneWith([endpoint('pe-a', 'vnet-a', '10.1.0', three, [])])).toMatchObject({
    kind: 'not-linked',
    choice: { zone: zoneId() },
  });
});

test('where only zones of other registries are there, none is named', () => {
  const others = zone({ fabrikam: '10.8.0.4' }, { id: zoneId(undefined, 'rg-fabrikam'), links: [] });
  const evidence = given({
    privateEndpoints: observed([endpoint('pe-a', 'vnet-a', '10.1.0', three, [])]),
    privateDns: observed(dns(others)),
  });
  const page = pathPage(evidence, 'azurecr.io');
  expect(page?.from[0]?.regions[0]?.stopped?.hop).toMatchObject({ kind: 'not-linked', choice: null });
  expect(page?.stops.flatMap(({ fix }) => fix.map(textOf)).join()).not.toContain('rg-fabrikam');
});

test('of two zones that zone groups write to, the one that holds the records is named', () => {
  const old = zoneId(undefined, 'rg-old');
  const evidence = given(
    {
      privateEndpoints: observed([endpoint('pe-a', 'vnet-a', '10.1.0', three, [old, zoneId()])]),
      privateDns: observed(dns(zone({}, { id: old, links: [] }), zone(records(three)))),
      networks: observed([ofNetwork('vnet-a'), ofNetwork('vnet-spoke')]),
    },
    closed,
    ['vnet-spoke'],
  );
  const spoke = pathPage(evidence, 'azurecr.io')?.from.find(({ name }) => name === 'vnet-spoke');
  expect(spoke?.regions[0]?.stopped?.hop).toMatchObject({ kind: 'not-linked', choice: { zone: zoneId() } });
});

test('of two endpoints that share a zone, a network with one of them is not told to make one', () => {
  const overwritten = { ...records(three), ...records(three, '10.2.0') };
  const evidence = given({
    privateEndpoints: observed([endpoint('pe-a', 'vnet-a', '10.1.0'), endpoint('pe-b', 'vnet-b', '10.2.0')]),
    privateDns: observed(dns(zone(overwritten, { links: [link('vnet-a'), link('vnet-b')] }))),
    networks: observed([ofNetwork('vnet-a'), ofNetwork('vnet-b')]),
  });
  const fix = pathPage(evidence, 'azurecr.io')?.stops.flatMap((stop) => stop.fix.map(textOf)) ?? [];
  expect(fix.join('\n')).toMatch(/pe-a and pe-b overwrite each other's records/);
  expect(fix.join('\n')).not.toContain('First give vnet-a');
});

test('where private DNS was denied, the missing permission is told', () => {
  const privateDns = refused('Microsoft.Network/privateDnsZones/read');
  expect(pathPage(given({ privateDns }), 'azurecr.io')?.from[0]?.regions[0]?.stopped?.hop).toMatchObject({
    reason: expect.stringContaining(privateDns.reason),
    missing: privateDns.missing,
  });
});

test('a hashed login server in a sovereign cloud', () => {
  const registry = 'contoso-a1b2c3.azurecr.us';
  const suffixed = 'privatelink.azurecr.us';
  const evidence = given(
    {
      replications: observed([]),
      privateEndpoints: observed([
        connection({
          members: observed(members(['westeurope'], '10.1.0', registry)),
          zoneGroups: observed([{ name: 'default', zones: [zoneId(suffixed)] }]),
        }),
      ]),
      privateDns: observed(dns(zone(records(['westeurope'], '10.1.0', registry), { id: zoneId(suffixed) }))),
    },
    { ...closed, loginServer: registry },
  );
  expect(matrix(evidence, 'azurecr.us')).toEqual({ 'vnet-a': ['yes, pe-a'] });
});

test('a cluster in a network that AKS made: known only where everybody is answered', () => {
  const clusters = [cluster('aks', [])];
  const consumers = observed({
    clusters,
    searched: [],
    declared: [{ registry: 'contoso', clusters: ['/clusters/aks'], networks: [] }],
  });
  const name = 'the network AKS made for aks';
  expect(matrix(given({ consumers }))[name]).toEqual(all('unknown, unnamed-network'));
  expect(matrix(given({ consumers, privateEndpoints: observed([]) }, open))[name]).toEqual(
    all('yes, open to every network'),
  );
  const privateEndpoints = refused('Microsoft.ContainerRegistry/registries/privateEndpointConnections/read');
  expect(matrix(given({ consumers, privateEndpoints }, open))[name]).toEqual(all('unknown, unnamed-network'));
});

test('clusters, endpoints and agent pools are named with their network, and what was not seen is said', () => {
  const subnet = `${networkId('VNET-A')}/subnets/nodes`;
  const consumers = observed({
    clusters: [cluster('aks', [subnet])],
    searched: [],
    declared: [{ registry: 'contoso', clusters: ['/clusters/aks'], networks: [] }],
  });
  const pool = { id: '/p', name: 'pool', provisioningState: null, subnet, tier: null, count: 1 };
  const reach = pathPage(
    given({
      consumers,
      privateEndpoints: observed([endpoint('pe-b', 'vnet-b', '10.2.0'), endpoint('pe-a', 'vnet-a', '10.1.0')]),
      agentPools: observed([pool, { ...pool, name: 'unplaced', subnet: null }]),
      tasks: refused('Microsoft.ContainerRegistry/registries/tasks/read'),
    }),
    'azurecr.io',
  );
  expect(reach?.from.map(({ name, who }) => [name.toLowerCase(), who])).toEqual([
    ['vnet-a', ['cluster aks', 'endpoint pe-a', 'agent pool pool']],
    ['vnet-b', ['endpoint pe-b']],
  ]);
  expect(reach?.endpoints).toEqual([
    { name: 'pe-b', status: 'Approved', network: networkId('vnet-b') },
    { name: 'pe-a', status: 'Approved', network: networkId('vnet-a') },
  ]);
  expect(reach?.unseen).toMatchObject([
    { facet: 'tasks', missing: [{ action: 'Microsoft.ContainerRegistry/registries/tasks/read' }] },
  ]);
});

test('consumers may hide where clusters would not list, and a configured one may be gone', () => {
  const elsewhere = {
    subscription: '/subscriptions/2',
    clusters: refused('Microsoft.ContainerService/managedClusters/read'),
  };
  const declared = [{ registry: 'contoso', clusters: ['/clusters/gone'], networks: [] }];
  const reach = pathPage(
    given({ consumers: observed({ clusters: [], searched: [elsewhere], declared }) }),
    'azurecr.io',
  );
  expect(reach?.unseen.map(({ reason }) => reason)).toEqual([
    expect.stringContaining('Microsoft.ContainerService/managedClusters/read'),
    'cluster /clusters/gone, which the configuration lists, is outside of the scope of this scan',
  ]);
});

test('apps are named with their network, and what hides apps is said', () => {
  const found = apps(
    app({ kind: 'container group', subnets: [`${networkId('vnet-b')}/subnets/apps`] }),
    app({ name: 'lost' }),
  );
  const shut = {
    subscription: '/subscriptions/2',
    kind: 'web app' as const,
    apps: refused('Microsoft.Web/sites/read'),
  };
  const reach = pathPage(given({ appConsumers: observed({ ...found, searched: [shut] }) }), 'azurecr.io');
  expect(reach?.from.map(({ name, who }) => [name, who])).toContainEqual(['vnet-b', ['container group web']]);
  expect(reach?.unseen.map(({ facet, reason }) => [facet, reason])).toEqual([
    ['appConsumers', expect.stringContaining('Microsoft.Web/sites/read')],
    ['appConsumers', 'Azure does not tell in which environment the container app runs'],
  ]);
});

test('a registry that was not seen has no paths', () => {
  expect(
    pathPage(given({ registry: refused('Microsoft.ContainerRegistry/registries/read') }), 'azurecr.io'),
  ).toBeNull();
});

describe('who else comes', () => {
  const agentPools = observed([
    {
      id: '/p',
      name: 'pool',
      provisioningState: 'Succeeded' as const,
      subnet: `${networkId('vnet-a')}/subnets/agents`,
      tier: null,
      count: 1,
    },
  ]);
  const callers = (
    said: Partial<Registry>,
    tasks: Evidence<readonly ReturnType<typeof task>[]> = observed([task('purge')]),
    suffix = 'azurecr.io',
  ) =>
    Object.fromEntries(
      (pathPage(given({ tasks, agentPools }, said), suffix)?.callers ?? []).map(({ caller, can }) => [caller, can]),
    );

  test('a registry open to all answers all of them', () => {
    const { 'AKS kubelet': _, ...others } = callers(open);
    expect(new Set(Object.values(others))).toEqual(new Set(['yes']));
  });
  test('a closed one answers trusted services, and the others by their network', () => {
    expect(callers({ ...closed, networkRuleBypassAllowedForTasks: false })).toEqual({
      'ACR Tasks': 'no',
      'Defender for Containers': 'yes',
      'AKS kubelet': 'by-network',
      'Container Apps': 'by-network',
      'App Service': 'by-network',
      'Self-hosted agent': 'by-network',
      'az acr import': 'yes',
      'GitHub-hosted runner': 'no',
    });
  });
  test('without the exception for trusted services, Defender and import are cut off', () => {
    expect(callers({ ...closed, networkRuleBypassOptions: 'None' })).toMatchObject({
      'Defender for Containers': 'no',
      'az acr import': 'no',
    });
  });
  test('Defender is gone from Azure China', () => {
    expect(callers(closed, undefined, 'azurecr.cn')).toMatchObject({
      'Defender for Containers': 'no',
      'az acr import': 'yes',
    });
  });
  const tasksTable: [string, Partial<Registry>, ReturnType<typeof task>, string][] = [
    ['with their exception', { networkRuleBypassAllowedForTasks: true }, task('a'), 'yes'],
    [
      'with their exception, undone by the bypass',
      { networkRuleBypassAllowedForTasks: true, networkRuleBypassOptions: 'None' },
      task('a'),
      'unknown',
    ],
    ['in an agent pool', {}, task('a', { agentPool: 'pool' }), 'by-network'],
    ['where the exception is not in the answer', {}, task('a'), 'unknown'],
    [
      'where a rule may list their addresses',
      { ...selected(['20.1.2.3']), networkRuleBypassAllowedForTasks: false },
      task('a'),
      'unknown',
    ],
  ];
  test.each(tasksTable)('tasks %s', (_, said, one, can) => {
    expect(callers({ ...closed, ...said }, observed([one]))['ACR Tasks']).toBe(can);
  });

  const [shared, pooled] = [task('shared'), task('pooled', { agentPool: 'pool' })];
  const off = task('off', { status: 'Disabled' });
  test.each([
    ['of which one runs in a pool and one does not', [pooled, shared], 'no'],
    ['of which the one outside of a pool is off', [pooled, off], 'by-network'],
    ['that are none, for az acr build', [], 'no'],
  ])('tasks %s, refused', (_, tasks, can) => {
    expect(callers({ ...closed, networkRuleBypassAllowedForTasks: false }, observed(tasks))['ACR Tasks']).toBe(can);
  });
  test('tasks where no address is listed are refused', () => {
    expect(callers({ ...selected([]), networkRuleBypassAllowedForTasks: false })['ACR Tasks']).toBe('no');
  });
  test('the tasks that the network refuses are named, and no others', () => {
    const evidence = given(
      { tasks: observed([shared, pooled, off]) },
      { ...closed, networkRuleBypassAllowedForTasks: false },
    );
    const [tasks] = pathPage(evidence, 'azurecr.io')?.callers ?? [];
    expect(tasks?.how).toContain('on shared agents (shared) get 403');
  });

  const inNetworks = (...names: readonly string[]) => {
    const clusters = names.map((name) => cluster(`aks-${name}`, [`${networkId(name)}/subnets/nodes`]));
    return observed({
      clusters,
      searched: [],
      declared: [{ registry: 'contoso', clusters: clusters.map(({ id }) => id), networks: [networkId('vnet-far')] }],
    });
  };
  test.each([
    ['works wherever clusters are, though not in every network', ['vnet-a'], 'yes', 'as any client of its network'],
    ['is broken where one cluster is cut off', ['vnet-a', 'vnet-b'], 'no', 'broken in vnet-b,'],
    ['is not known where one cluster asks its own DNS', ['vnet-a', 'vnet-own'], 'unknown', 'as any client'],
  ])('the kubelet %s', (_, names, can, how) => {
    const networks = observed([ofNetwork('vnet-a'), ofNetwork('vnet-b'), ofNetwork('vnet-own', {}, ['10.0.0.4'])]);
    const reach = pathPage(given({ consumers: inNetworks(...names), networks }), 'azurecr.io');
    const kubelet = reach?.callers.find(({ caller }) => caller === 'AKS kubelet');
    expect(kubelet).toMatchObject({ can, how: expect.stringContaining(how) });
  });
  test('the kubelet is broken where one region of several is', () => {
    const privateDns = observed(dns(zone(records(['westeurope', 'eastasia']))));
    const reach = pathPage(given({ consumers: inNetworks('vnet-a'), privateDns }), 'azurecr.io');
    expect(reach?.callers.find(({ caller }) => caller === 'AKS kubelet')?.can).toBe('no');
  });
  test('what Azure does not say is not known', () => {
    const { 'AKS kubelet': _, ...others } = callers({});
    expect(new Set(Object.values(others))).toEqual(new Set(['unknown']));
  });
});

test('the names to look up: login, data and regional endpoints', () => {
  const registry = acr({ regionalEndpoints: 'Enabled', loginServer: 'contoso-a1b2.azurecr.io' });
  const names = namesOf(registry, ['westeurope', 'eastus'], [], 'azurecr.io');
  expect(names.map(({ fqdn }) => fqdn)).toEqual([
    'contoso-a1b2.azurecr.io',
    'contoso-a1b2.westeurope.data.azurecr.io',
    'contoso-a1b2.eastus.data.azurecr.io',
    'contoso-a1b2.westeurope.geo.azurecr.io',
    'contoso-a1b2.eastus.geo.azurecr.io',
  ]);
});

test('an address of the endpoint is private, whatever the range', () => {
  const privateEndpoints = observed([endpoint('pe-a', 'vnet-a', '52.1.0')]);
  const answers = [{ name: 'contoso.azurecr.io', ips: ['52.1.0.4'], problem: null, aliases: [], connections: [] }];
  const reach = pathPage(given({ privateEndpoints, resolution: observed({ servers: [], answers }) }), 'azurecr.io');
  expect(reach?.probed).toMatchObject([{ saw: 'private', agrees: true }]);
});

test('what DNS answered is compared with the endpoint, and changes no path', () => {
  const answers = [
    { name: 'contoso.azurecr.io', ips: ['10.1.0.4'], problem: null, aliases: [], connections: [] },
    { name: 'contoso.westeurope.data.azurecr.io', ips: ['20.9.9.9'], problem: null, aliases: [], connections: [] },
    { name: 'contoso.eastus.data.azurecr.io', ips: ['10.7.7.7'], problem: null, aliases: [], connections: [] },
    { name: 'contoso.eastasia.data.azurecr.io', ips: [], problem: 'NXDOMAIN', aliases: [], connections: [] },
  ];
  const resolution = observed({ servers: ['127.0.0.1'], answers });
  const reach = pathPage(given({ resolution }), 'azurecr.io');
  expect(reach?.probed?.map(({ saw, wanted, agrees }) => [saw, wanted, agrees])).toEqual([
    ['private', ['10.1.0.4'], true],
    ['public', ['10.1.0.5'], false],
    ['private', ['10.1.0.7'], false],
    ['NXDOMAIN', ['10.1.0.6'], null],
  ]);
  expect(reach?.from).toEqual(pathPage(given(), 'azurecr.io')?.from);
});
