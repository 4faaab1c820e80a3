import * as v from 'valibot';
import { type Evidence, observed } from '../model/evidence.ts';
import type { VirtualNetwork } from '../model/facets/networks.ts';
import { byIdKey, distinctIds, parentId, sameId, subscriptionOf } from '../model/ids.ts';
import type { KnownSoFar, SharedCollector } from './collector.ts';
import type { Observe, Permission } from './observe.ts';
import { networkApiVersion } from './private-endpoints.ts';
import { armId, listOf, listOrNone, maybe, read, text, texts, told } from './read.ts';

const may = {
  networks: 'Microsoft.Network/virtualNetworks/read',
  managers: 'Microsoft.Network/networkManagers/read',
} as const satisfies Record<string, Permission>;

export const networks: SharedCollector<'networks'> = {
  facet: 'networks',
  scope: 'shared',
  permissions: Object.values(may),
  from: ['registry', 'privateEndpoints', 'privateDns', 'agentPools', 'consumers'],
  async collect(_, known, { observe }) {
    const ids = networksOfInterest(known);
    const managers = ids.length > 0 ? await managersIn(observe, known.subscriptions) : [];
    return Promise.all(
      ids.map(async (id) => ({
        id,
        network: await observe({
          permissions: [may.networks],
          scope: id,
          ask: async (azure) => parseVirtualNetwork(await azure.get(id, networkApiVersion), managersOf(id, managers)),
        }),
      })),
    );
  },
};

/** The network managers of a subscription, with the subscriptions that each may connect networks of. */
interface Managers {
  readonly subscription: string;
  readonly managers: Evidence<readonly Manager[]>;
}

interface Manager {
  readonly id: string;
  readonly subscriptions: readonly string[];
  readonly managementGroups: readonly string[];
}

const managerWire = v.object({
  id: text,
  properties: v.object({
    // One of the two may be left out; without both it may connect any network.
    networkManagerScopes: v.pipe(
      v.object({ subscriptions: maybe(texts), managementGroups: maybe(texts) }),
      v.check(
        ({ subscriptions, managementGroups }) => (subscriptions ?? managementGroups) !== null,
        'it names no scope',
      ),
    ),
  }),
});

function parseManager(body: unknown): Manager {
  const { id, properties } = read('a network manager', managerWire, body);
  const { subscriptions, managementGroups } = properties.networkManagerScopes;
  return { id, subscriptions: subscriptions ?? [], managementGroups: managementGroups ?? [] };
}

const managersIn = (observe: Observe, subscriptions: KnownSoFar['subscriptions']): Promise<Managers[]> =>
  Promise.all(
    subscriptions.map(async ({ id: subscription }) => ({
      subscription,
      managers: await observe({
        permissions: [may.managers],
        scope: subscription,
        ask: async (azure, each) =>
          each(
            await azure.list(`${subscription}/providers/Microsoft.Network/networkManagers`, networkApiVersion),
            parseManager,
          ),
      }),
    })),
  );

/** Which subscriptions are below a management group is not asked: a manager of one may connect any network. */
function managersOf(network: string, found: readonly Managers[]): Evidence<readonly string[]> {
  const subscription = subscriptionOf(network);
  const own = found.find((one) => sameId(one.subscription, subscription))?.managers;
  if (own && own.state !== 'observed') return own;
  return observed(
    found
      .flatMap(({ managers }) => (managers.state === 'observed' ? managers.value : []))
      .filter((one) => one.managementGroups.length > 0 || one.subscriptions.some((id) => sameId(id, subscription)))
      .map(({ id }) => id),
  );
}

/**
 * The networks of private endpoints, of agent pools, of all clusters and of the configuration: each once. Which of them
 * pull from which registry is judged later, so that an old snapshot can answer a better rule.
 */
function networksOfInterest({ registries, shared, declared }: KnownSoFar): readonly string[] {
  const connections = registries.flatMap(({ facets }) => valuesOf(facets.privateEndpoints));
  const subnets = [
    ...connections.map(({ endpoint }) => (endpoint.state === 'observed' ? endpoint.value.subnet : null)),
    ...registries.flatMap(({ facets }) => valuesOf(facets.agentPools)).map(({ subnet }) => subnet),
    ...(shared.consumers?.state === 'observed' ? shared.consumers.value.clusters : []).flatMap((one) => one.subnets),
  ];
  // Somebody else's endpoint makes the names private in every network with a zone for them.
  const foreign = connections.some(({ status, placement }) => status === 'Approved' && placement.whose !== 'ours');
  const zones = foreign && shared.privateDns?.state === 'observed' ? shared.privateDns.value.zones : [];
  return distinctIds([
    ...subnets.flatMap((subnet) => (subnet === null ? [] : [parentId(subnet)])),
    ...zones.flatMap(({ links }) => valuesOf(links)).map(({ network }) => network),
    ...declared.flatMap(({ networks }) => networks),
  ]).sort(byIdKey);
}

const valuesOf = <T>(evidence: Evidence<readonly T[]> | undefined): readonly T[] =>
  evidence?.state === 'observed' ? evidence.value : [];

const subnetWire = v.object({
  id: text,
  name: text,
  properties: v.object({
    addressPrefix: maybe(text),
    addressPrefixes: listOrNone(text),
    ipConfigurations: maybe(v.array(v.unknown())),
  }),
});

const networkWire = v.object({
  id: armId,
  name: text,
  location: maybe(text),
  properties: v.object({
    dhcpOptions: maybe(v.object({ dnsServers: maybe(texts) })),
    virtualNetworkPeerings: listOf(
      v.object({
        properties: v.object({
          remoteVirtualNetwork: told(v.object({ id: told(text) })),
          peeringState: told(text),
        }),
      }),
    ),
    subnets: listOf(subnetWire),
  }),
});

export function parseVirtualNetwork(
  body: unknown,
  managers: VirtualNetwork['managers'] = observed([]),
): VirtualNetwork {
  const { id, name, location, properties } = read('a virtual network', networkWire, body);
  return {
    id,
    name,
    location,
    dnsServers: properties.dhcpOptions?.dnsServers ?? [],
    peerings: properties.virtualNetworkPeerings.map((peering) => ({
      remote: peering.properties.remoteVirtualNetwork?.id ?? null,
      state: peering.properties.peeringState,
    })),
    // A subnet has one prefix in `addressPrefix` or several in `addressPrefixes`; newer answers may give both.
    subnets: properties.subnets.map(
      ({ id, name, properties: { addressPrefix, addressPrefixes, ipConfigurations } }) => ({
        id,
        name,
        prefixes: addressPrefixes.length > 0 ? addressPrefixes : addressPrefix === null ? [] : [addressPrefix],
        usedAddresses: ipConfigurations?.length ?? null,
      }),
    ),
    managers,
  };
}
