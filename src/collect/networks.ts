import * as v from 'valibot';
import { consumersOf } from '../facts/access/consumption.ts';
import { observed } from '../model/evidence.ts';
import type { VirtualNetwork } from '../model/facets/networks.ts';
import { byIdKey, distinctIds, idKey, parentId } from '../model/ids.ts';
import type { KnownSoFar, SharedCollector } from './collector.ts';
import { networkApiVersion } from './private-endpoints.ts';
import { armId, listOf, listOrNone, maybe, read, text, texts, told } from './read.ts';

export const networks: SharedCollector<'networks'> = {
  facet: 'networks',
  scope: 'shared',
  permissions: ['Microsoft.Network/virtualNetworks/read'],
  from: ['registry', 'privateEndpoints', 'agentPools', 'roleAssignments', 'consumers'],
  collect: (_, known, { learn }) =>
    Promise.all(
      networksOfInterest(known).map(async (id) => ({
        id,
        network: await learn({
          permissions: networks.permissions,
          scope: id,
          ask: async (azure) => parseVirtualNetwork(await azure.get(id, networkApiVersion)),
        }),
      })),
    ),
};

/** The networks of private endpoints, of agent pools and of everything that pulls: each once. */
function networksOfInterest({ registries, subscriptions, shared }: KnownSoFar): readonly string[] {
  const ids = registries.flatMap((entry) => {
    const { registry, privateEndpoints, agentPools } = entry.facets;
    const connections = privateEndpoints?.state === 'observed' ? privateEndpoints.value : [];
    const pools = agentPools?.state === 'observed' ? agentPools.value : [];
    const roles = subscriptions.find(({ id }) => idKey(id) === idKey(entry.subscription))?.facets.roleAssignments;
    const consumption =
      registry?.state === 'observed' && shared.consumers?.state === 'observed'
        ? consumersOf(
            registry.value,
            shared.consumers.value,
            roles?.state === 'observed' ? roles.value : { assignments: [], definitions: observed([]) },
          )
        : null;
    return [
      ...connections.flatMap(({ endpoint }) => (endpoint.state === 'observed' ? [endpoint.value.network] : [])),
      ...pools.map(({ subnet }) => (subnet === null ? null : parentId(subnet))),
      ...(consumption?.networks.map(({ id }) => id) ?? []),
    ].filter((id) => id !== null);
  });
  return distinctIds(ids).sort(byIdKey);
}

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
    addressSpace: maybe(v.object({ addressPrefixes: listOrNone(text) })),
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

export function parseVirtualNetwork(body: unknown): VirtualNetwork {
  const { id, name, location, properties } = read('a virtual network', networkWire, body);
  return {
    id,
    name,
    location,
    addressSpace: properties.addressSpace?.addressPrefixes ?? [],
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
  };
}
