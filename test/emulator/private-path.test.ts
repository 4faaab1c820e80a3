import { describe, expect, test } from 'vitest';
import clustersReach from '../../checks/network/clusters-reach-registry.ts';
import dnsRecords from '../../checks/network/private-dns-records-complete.ts';
import zoneLinked from '../../checks/network/private-dns-zone-linked.ts';
import reachable from '../../checks/network/registry-reachable.ts';
import { clouds } from '../../src/azure/clouds.ts';
import { connect } from '../../src/azure/index.ts';
import { collect } from '../../src/collect/collect.ts';
import { withPrerequisites } from '../../src/collect/index.ts';
import type { NameServers } from '../../src/collect/probe.ts';
import { denying, emulate, type TenantDocument } from '../../src/emulator/index.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { pathFacets, pathPage } from '../../src/explain/path.ts';
import { namesIn } from '../../src/facts/path/facts.ts';
import type { AnyCheck } from '../../src/model/check.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { dnsServer } from '../dns-server.ts';
import { onlyNames } from '../probe/servers.ts';
import { toldVerdicts } from '../verdicts.ts';
import { networkId, networkTenant, type Wiring } from './network-tenant.ts';

const credential = { getToken: async () => ({ token: 'token', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) };

/** The whole way: the SDK's clients, the collectors, with the emulator in place of the network. */
async function collected(
  document: TenantDocument,
  {
    cloud = 'public',
    networks = [],
    from,
  }: { cloud?: keyof typeof clouds; networks?: readonly string[]; from?: NameServers } = {},
) {
  const { httpClient, now, requests } = emulate(document);
  const snapshot = await collect(
    connect({ cloud: clouds[cloud], credential, httpClient }),
    {
      subscriptions: [],
      managementGroup: null,
      registries: [],
      groups: [],
      tags: [],
      facets: withPrerequisites(pathFacets),
      declared: networks.map((name) => ({ registry: 'contoso', clusters: [], networks: [networkId(name)] })),
    },
    {
      tool: { name: 'acr-audit', version: '0' },
      now: () => now,
      progress: () => {},
      ...(from ? { probe: { from, namesOf: namesIn } } : {}),
    },
  );
  return { snapshot, requests };
}

/** One word a region, one line a network: `yes` with the way, else what stops the pull. */
function matrix(snapshot: Snapshot) {
  const [entry] = snapshot.registries;
  const [subscription] = snapshot.subscriptions;
  const evidence = { ...snapshot.shared, ...subscription?.facets, ...entry?.facets };
  return Object.fromEntries(
    (pathPage(evidence, snapshot.cloud.registrySuffix)?.from ?? []).map(({ name, regions }) => [
      name,
      regions.map(({ can, via, stopped }) =>
        can === 'yes' ? `yes, ${via.join('+')}` : `${can}, ${stopped?.hop.kind}`,
      ),
    ]),
  );
}

const verdict = (check: AnyCheck, snapshot: Snapshot): string | undefined =>
  toldVerdicts(evaluate(snapshot, { checks: [check], profile: 'recommended' }))[0]?.verdict;

const three = ['westeurope', 'eastasia', 'eastus'];
const all = (answer: string) => three.map(() => answer);
const hubAndSpoke: Wiring = {
  registries: { contoso: { regions: three } },
  networks: { 'vnet-hub': { peers: ['vnet-spoke'] }, 'vnet-spoke': { peers: ['vnet-hub'] } },
  endpoints: [{ name: 'pe-hub', registry: 'contoso', network: 'vnet-hub', prefix: '10.1.0', zone: 'rg-dns' }],
  zones: { 'rg-dns': ['vnet-hub'] },
  clusters: { 'aks-spoke': 'vnet-spoke' },
};
const twoEndpoints: Wiring = {
  ...hubAndSpoke,
  networks: { 'vnet-a': {}, 'vnet-b': {} },
  endpoints: [
    { name: 'pe-a', registry: 'contoso', network: 'vnet-a', prefix: '10.1.0', zone: 'rg-a' },
    { name: 'pe-b', registry: 'contoso', network: 'vnet-b', prefix: '10.2.0', zone: 'rg-b' },
  ],
  zones: { 'rg-a': ['vnet-a'], 'rg-b': ['vnet-b'] },
  clusters: { 'aks-a': 'vnet-a' },
};

describe('who can pull is told from what Azure answers', () => {
  const table: [
    string,
    Wiring,
    Record<string, string[]>,
    { readonly records: string; readonly linked: string; readonly reach?: string },
  ][] = [
    [
      'three regions, two networks, a zone each',
      twoEndpoints,
      { 'vnet-a': all('yes, pe-a'), 'vnet-b': all('yes, pe-b') },
      { records: 'pass', linked: 'pass' },
    ],
    [
      'a zone linked only to the hub, and a spoke that pulls',
      hubAndSpoke,
      { 'vnet-hub': all('yes, pe-hub'), 'vnet-spoke': all('no, not-linked') },
      { records: 'pass', linked: 'fail' },
    ],
    [
      'the same zone linked to the spoke too',
      { ...hubAndSpoke, zones: { 'rg-dns': ['vnet-hub', 'vnet-spoke'] } },
      { 'vnet-hub': all('yes, pe-hub'), 'vnet-spoke': all('yes, pe-hub') },
      { records: 'pass', linked: 'pass' },
    ],
    [
      'a spoke with DNS servers of its own',
      {
        ...hubAndSpoke,
        networks: { ...hubAndSpoke.networks, 'vnet-spoke': { peers: ['vnet-hub'], dnsServers: ['10.9.0.4'] } },
      },
      { 'vnet-hub': all('yes, pe-hub'), 'vnet-spoke': all('unknown, own-dns') },
      { records: 'pass', linked: 'unknown' },
    ],
    [
      'a shared zone whose records the second endpoint overwrote',
      {
        ...twoEndpoints,
        endpoints: twoEndpoints.endpoints.map((one) => ({ ...one, zone: 'rg-a' })),
        zones: { 'rg-a': ['vnet-a', 'vnet-b'] },
      },
      { 'vnet-a': all('no, no-route'), 'vnet-b': all('yes, pe-b') },
      { records: 'fail', linked: 'pass' },
    ],
  ];
  const forwarded: Wiring = {
    ...hubAndSpoke,
    networks: { 'vnet-hub': { peers: ['vnet-spoke'], subscription: 2 }, 'vnet-spoke': { peers: ['vnet-hub'] } },
    rulesets: { central: { subscription: 2, rules: { 'azurecr.io.': ['10.1.9.4'] }, links: ['vnet-spoke'] } },
    resolvers: { hub: { network: 'vnet-hub', ip: '10.1.9.4' } },
  };
  const byRuleset: typeof table = [
    [
      'a ruleset of another subscription forwards the names of the spoke to the resolver of the hub',
      forwarded,
      { 'vnet-hub': all('yes, pe-hub'), 'vnet-spoke': all('yes, pe-hub') },
      { records: 'pass', linked: 'pass' },
    ],
    [
      'the same, and no resolver has the address',
      { ...forwarded, resolvers: {} },
      { 'vnet-hub': all('yes, pe-hub'), 'vnet-spoke': all('unknown, forwarded') },
      { records: 'pass', linked: 'unknown' },
    ],
    [
      'a ruleset that is linked to no network of the registry',
      { ...forwarded, rulesets: { central: { subscription: 2, rules: { '.': ['10.1.9.4'] }, links: [] } } },
      { 'vnet-hub': all('yes, pe-hub'), 'vnet-spoke': all('no, not-linked') },
      { records: 'pass', linked: 'fail' },
    ],
  ];
  /** Endpoint and cluster in two spokes that know only the hub, whose appliance routes between them. */
  const byAppliance: Wiring = {
    ...hubAndSpoke,
    networks: {
      'vnet-hub': { peers: ['vnet-spoke', 'vnet-shared'] },
      'vnet-spoke': { peers: ['vnet-hub'] },
      'vnet-shared': { peers: ['vnet-hub'] },
    },
    endpoints: hubAndSpoke.endpoints.map((one) => ({ ...one, name: 'pe-shared', network: 'vnet-shared' })),
    zones: { 'rg-dns': ['vnet-shared', 'vnet-spoke'] },
  };
  /** The same without any peering: a network manager makes a mesh of them, or nobody does. */
  const byManager: Wiring = {
    ...byAppliance,
    networks: { 'vnet-spoke': {}, 'vnet-shared': {} },
    managers: { mesh: [1] },
  };
  const withoutPeering: typeof table = [
    [
      'networks that an appliance in the hub may connect',
      byAppliance,
      { 'vnet-shared': all('yes, pe-shared'), 'vnet-spoke': all('unknown, indirect') },
      { records: 'unknown', linked: 'pass', reach: 'unknown' },
    ],
    [
      'networks that a virtual WAN may connect: each is peered with a hub of Microsoft alone',
      {
        ...byAppliance,
        networks: { 'vnet-spoke': { peers: ['hv-wan'] }, 'vnet-shared': { peers: ['hv-wan'] } },
      },
      { 'vnet-shared': all('yes, pe-shared'), 'vnet-spoke': all('unknown, indirect') },
      { records: 'unknown', linked: 'pass', reach: 'unknown' },
    ],
    [
      'networks that a network manager may connect',
      byManager,
      { 'vnet-shared': all('yes, pe-shared'), 'vnet-spoke': all('unknown, indirect') },
      { records: 'unknown', linked: 'pass', reach: 'unknown' },
    ],
    [
      'networks that the manager of a management group may connect',
      { ...byManager, managers: { mesh: [] } },
      { 'vnet-shared': all('yes, pe-shared'), 'vnet-spoke': all('unknown, indirect') },
      { records: 'unknown', linked: 'pass', reach: 'unknown' },
    ],
    [
      'networks without peering, and a network manager of another subscription',
      { ...byManager, managers: { mesh: [2] } },
      { 'vnet-shared': all('yes, pe-shared'), 'vnet-spoke': all('no, no-route') },
      { records: 'fail', linked: 'pass', reach: 'fail' },
    ],
  ];
  test.each([...table, ...byRuleset, ...withoutPeering])(
    '%s',
    async (_, wiring, expected, { records, linked, reach }) => {
      const { snapshot } = await collected(networkTenant(wiring));
      expect(matrix(snapshot)).toEqual(expected);
      expect(verdict(dnsRecords, snapshot)).toBe(records);
      expect(verdict(zoneLinked, snapshot)).toBe(linked);
      if (reach) expect(verdict(clustersReach, snapshot)).toBe(reach);
      // The network of the endpoint gets to it.
      expect(verdict(reachable, snapshot)).toBe('pass');
    },
  );
});

test('where network managers may not be listed, networks without peering are an open question', async () => {
  const wiring = {
    ...hubAndSpoke,
    networks: { 'vnet-hub': {}, 'vnet-spoke': {} },
    zones: { 'rg-dns': ['vnet-hub', 'vnet-spoke'] },
  };
  const denied = denying(networkTenant(wiring), '/', 'Microsoft.Network/networkManagers/read');
  const { snapshot } = await collected(denied);
  expect(matrix(snapshot)).toEqual({ 'vnet-hub': all('yes, pe-hub'), 'vnet-spoke': all('unknown, unseen') });
  expect(verdict(clustersReach, snapshot)).toBe('unknown');
});

test('endpoint and interface in a subscription that may not be read: nothing is guessed', async () => {
  const wiring = {
    ...hubAndSpoke,
    endpoints: hubAndSpoke.endpoints.map((one) => ({ ...one, subscription: 2 as const })),
  };
  const elsewhere = '/subscriptions/00000000-0000-0000-0000-000000000002';
  const { snapshot } = await collected(denying(networkTenant(wiring), elsewhere));
  expect(matrix(snapshot)).toEqual({ 'vnet-spoke': all('unknown, unseen') });
  expect(verdict(dnsRecords, snapshot)).toBe('unknown');
  expect(verdict(zoneLinked, snapshot)).toBe('unknown');
});

test.each([
  ['usgov', 'azurecr.us'],
  ['china', 'azurecr.cn'],
] as const)('the names of the %s cloud, with a hashed login server', async (cloud, suffix) => {
  const registries = { contoso: { regions: three, hash: 'exfrbuffaye7ceag' } };
  const { snapshot } = await collected(networkTenant({ ...hubAndSpoke, registries, suffix }), { cloud });
  expect(matrix(snapshot)).toEqual({ 'vnet-hub': all('yes, pe-hub'), 'vnet-spoke': all('no, not-linked') });
  expect(verdict(dnsRecords, snapshot)).toBe('pass');
});

test('a network that only the configuration names is read and judged', async () => {
  const networks = { ...hubAndSpoke.networks, 'vnet-ci': {} };
  const { snapshot } = await collected(networkTenant({ ...hubAndSpoke, networks }), { networks: ['vnet-ci'] });
  expect(matrix(snapshot)['vnet-ci']).toEqual(all('no, not-linked'));
});

test('many registries cost no more reads of private DNS, of networks and of clusters than one', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `contoso${index}`);
  const wiring: Wiring = {
    ...hubAndSpoke,
    registries: Object.fromEntries(names.map((name) => [name, { regions: three }])),
    endpoints: names.map((registry, index) => ({
      name: `pe-${registry}`,
      registry,
      network: 'vnet-hub',
      prefix: `10.1.${index}`,
      zone: index % 2 === 0 ? 'rg-even' : 'rg-odd',
    })),
    zones: { 'rg-even': ['vnet-hub'], 'rg-odd': [] },
  };
  const { requests, snapshot } = await collected(networkTenant(wiring));
  expect(snapshot.registries).toHaveLength(12);
  const asked = (pattern: RegExp) => requests.filter(({ path }) => pattern.test(path)).length;
  // One list of zones for each of three subscriptions; for each of two zones one list of records, one of aliases and one of links.
  expect(asked(/providers\/Microsoft\.Network\/privateDnsZones\?/i)).toBe(3);
  expect(asked(/privateDnsZones\/[^/]+\/A\?/i)).toBe(2);
  expect(asked(/privateDnsZones\/[^/]+\/virtualNetworkLinks\?/i)).toBe(2);
  expect(asked(/privateDnsZones\/[^/]+\/CNAME\?/i)).toBe(2);
  expect(asked(/privateDnsZones/i)).toBe(9);
  expect(asked(/virtualNetworks\/vnet-hub\?/i)).toBe(1);
  expect(asked(/managedClusters/i)).toBe(3);
});

test('--probe: every name is looked up once, and the answer lies in the snapshot beside what ARM says', async () => {
  const server = await dnsServer({
    'contoso.azurecr.io': ['10.1.0.4'],
    'contoso.westeurope.data.azurecr.io': ['20.30.40.50'],
  });
  try {
    const { snapshot } = await collected(networkTenant(hubAndSpoke), { from: onlyNames(500, server.address) });
    const [entry] = snapshot.registries;
    const reach = pathPage({ ...snapshot.shared, ...entry?.facets }, 'azurecr.io');
    expect(server.asked.sort()).toEqual(
      ['', ...three.map((region) => `.${region}.data`)]
        .flatMap((branch) => ['A', 'AAAA', 'CNAME'].map((type) => `${type} contoso${branch}.azurecr.io`))
        .sort(),
    );
    expect(reach?.probed?.map(({ name, saw, agrees }) => [name, saw, agrees])).toEqual([
      ['contoso.azurecr.io', 'private', true],
      ['contoso.eastasia.data.azurecr.io', 'NXDOMAIN', null],
      ['contoso.eastus.data.azurecr.io', 'NXDOMAIN', null],
      ['contoso.westeurope.data.azurecr.io', 'public', false],
    ]);
    const without = (await collected(networkTenant(hubAndSpoke))).snapshot;
    expect(matrix(snapshot)).toEqual(matrix(without));
    expect(without.registries[0]?.facets.resolution).toBeUndefined();
  } finally {
    await server.close();
  }
});
