import * as v from 'valibot';
import { notCollected } from '../model/evidence.ts';
import type { EndpointMember, PrivateEndpoint, ZoneGroup } from '../model/facets/private-endpoints.ts';
import { parentId, sameId } from '../model/ids.ts';
import type { Azure } from './azure.ts';
import type { RegistryCollector } from './collector.ts';
import type { Learn, Permission } from './learn.ts';
import { listOf, maybe, member, read, text, texts } from './read.ts';
import { parseConnection } from './registry.ts';

export const networkApiVersion = '2025-05-01';

const may = {
  connections: 'Microsoft.ContainerRegistry/registries/privateEndpointConnections/read',
  endpoint: 'Microsoft.Network/privateEndpoints/read',
  zoneGroups: 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups/read',
  interface: 'Microsoft.Network/networkInterfaces/read',
} as const satisfies Record<string, Permission>;

const linkWire = listOf(
  v.object({ properties: v.object({ privateLinkServiceId: maybe(text), groupIds: maybe(texts) }) }),
);

const endpointWire = v.object({
  id: text,
  name: text,
  location: maybe(text),
  properties: v.object({
    provisioningState: maybe(member('provisioningState')),
    subnet: maybe(v.object({ id: maybe(text) })),
    networkInterfaces: listOf(v.object({ id: text })),
    privateLinkServiceConnections: linkWire,
    manualPrivateLinkServiceConnections: linkWire,
    customDnsConfigs: listOf(v.object({ fqdn: maybe(text), ipAddresses: maybe(texts) })),
    ipConfigurations: listOf(v.unknown()),
  }),
});

type EndpointRead = Omit<PrivateEndpoint, 'members' | 'zoneGroups'> & { readonly interfaces: readonly string[] };

/** Reads a private endpoint, for the registry it serves; its connection may be manual or automatic. */
export function parsePrivateEndpoint(body: unknown, registryId: string): EndpointRead {
  const { id, name, location, properties } = read('a private endpoint', endpointWire, body);
  const subnet = properties.subnet?.id ?? null;
  const links = [...properties.privateLinkServiceConnections, ...properties.manualPrivateLinkServiceConnections];
  return {
    id,
    name,
    location,
    provisioningState: properties.provisioningState,
    subnet,
    network: subnet === null ? null : parentId(subnet),
    groups: links
      .filter((link) => sameId(link.properties.privateLinkServiceId ?? '', registryId))
      .flatMap((link) => link.properties.groupIds ?? []),
    staticAddresses: properties.ipConfigurations.length > 0,
    customDns: properties.customDnsConfigs.flatMap(({ fqdn, ipAddresses }) =>
      fqdn === null ? [] : [{ fqdn, ips: ipAddresses ?? [] }],
    ),
    interfaces: properties.networkInterfaces.map((networkInterface) => networkInterface.id),
  };
}

const interfaceWire = v.object({
  properties: v.object({
    ipConfigurations: listOf(
      v.object({
        properties: v.object({
          privateIPAddress: maybe(text),
          privateLinkConnectionProperties: maybe(v.object({ requiredMemberName: maybe(text), fqdns: maybe(texts) })),
        }),
      }),
    ),
  }),
});

/** Reads which members (`registry`, `registry_data_<region>`) an endpoint's network interface serves at which address. */
export function parseMembers(body: unknown): EndpointMember[] {
  const { properties } = read('a network interface', interfaceWire, body);
  return properties.ipConfigurations.flatMap(
    ({ properties: { privateIPAddress: ip, privateLinkConnectionProperties: link } }) =>
      ip !== null && link?.requiredMemberName ? [{ member: link.requiredMemberName, ip, fqdns: link.fqdns ?? [] }] : [],
  );
}

const zoneGroupWire = v.object({
  name: text,
  properties: v.object({
    privateDnsZoneConfigs: listOf(v.object({ properties: maybe(v.object({ privateDnsZoneId: maybe(text) })) })),
  }),
});

export function parseZoneGroup(body: unknown): ZoneGroup {
  const { name, properties } = read('a DNS zone group', zoneGroupWire, body);
  return {
    name,
    zones: properties.privateDnsZoneConfigs.flatMap((config) => config.properties?.privateDnsZoneId ?? []),
  };
}

export const privateEndpoints: RegistryCollector<'privateEndpoints'> = {
  facet: 'privateEndpoints',
  scope: 'registry',
  permissions: Object.values(may),
  async collect(azure, registry, { learn }) {
    // The registry's own answer lists its connections; only api-versions of 2019 and before leave them out.
    const connections =
      registry.privateEndpointConnections ??
      (await azure.list(`${registry.id}/privateEndpointConnections`, '2025-11-01')).map(parseConnection);
    return Promise.all(
      connections.map(async ({ id, name, status, endpoint }) => ({
        id,
        name,
        status,
        endpointId: endpoint,
        endpoint:
          status === 'Approved' && endpoint !== null
            ? await readEndpoint(learn, endpoint, registry.id)
            : notCollected('only approved connections are followed to their endpoint'),
      })),
    );
  },
};

const readEndpoint = (learn: Learn, endpointId: string, registryId: string) =>
  learn({
    permissions: [may.endpoint],
    scope: endpointId,
    async ask(azure): Promise<PrivateEndpoint> {
      const { interfaces, ...endpoint } = parsePrivateEndpoint(
        await azure.get(endpointId, networkApiVersion),
        registryId,
      );
      const [members, zoneGroups] = await Promise.all([
        learn({ permissions: [may.interface], scope: endpointId, ask: (azure) => readMembers(azure, interfaces) }),
        learn({
          permissions: [may.zoneGroups],
          scope: endpointId,
          ask: async (azure) =>
            (await azure.list(`${endpointId}/privateDnsZoneGroups`, networkApiVersion)).map(parseZoneGroup),
        }),
      ]);
      return { ...endpoint, members, zoneGroups };
    },
  });

async function readMembers(azure: Azure, interfaces: readonly string[]): Promise<EndpointMember[]> {
  const bodies = await Promise.all(interfaces.map((id) => azure.get(id, networkApiVersion)));
  return bodies.flatMap(parseMembers);
}
