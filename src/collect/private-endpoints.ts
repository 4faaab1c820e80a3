import * as v from 'valibot';
import { notCollected } from '../model/evidence.ts';
import type {
  EndpointConnection,
  EndpointMember,
  Placement,
  PrivateEndpoint,
  ZoneGroup,
} from '../model/facets/private-endpoints.ts';
import type { PrivateEndpointConnection } from '../model/facets/registry.ts';
import { parentId, sameId } from '../model/ids.ts';
import { type Azure, AzureError } from './azure.ts';
import type { RegistryCollector } from './collector.ts';
import type { Observe, Permission } from './observe.ts';
import { armId, type Each, listOf, listOrNone, maybe, read, ShapeError, text, texts } from './read.ts';
import { parseConnection } from './registry.ts';

export const networkApiVersion = '2025-05-01';

const may = {
  connections: 'Microsoft.ContainerRegistry/registries/privateEndpointConnections/read',
  endpoint: 'Microsoft.Network/privateEndpoints/read',
  zoneGroups: 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups/read',
  interface: 'Microsoft.Network/networkInterfaces/read',
} as const satisfies Record<string, Permission>;

/** A link is in the list of the automatic or of the manual ones. */
export const linkWire = maybe(
  v.array(v.object({ properties: v.object({ privateLinkServiceId: maybe(text), groupIds: maybe(texts) }) })),
);

const endpointWire = v.object({
  id: armId,
  name: text,
  properties: v.object({
    subnet: maybe(v.object({ id: maybe(armId) })),
    // Left out while the endpoint is being deleted.
    networkInterfaces: listOrNone(v.object({ id: armId })),
    privateLinkServiceConnections: linkWire,
    manualPrivateLinkServiceConnections: linkWire,
    customDnsConfigs: listOrNone(v.object({ fqdn: text, ipAddresses: texts })),
    ipConfigurations: listOrNone(v.unknown()),
  }),
});

type EndpointRead = Omit<PrivateEndpoint, 'members' | 'zoneGroups'> & { readonly interfaces: readonly string[] };

/** Reads a private endpoint, for the registry it serves; its connection may be manual or automatic. */
export function parsePrivateEndpoint(body: unknown, registryId: string): EndpointRead {
  const { id, name, properties } = read('a private endpoint', endpointWire, body);
  const subnet = properties.subnet?.id ?? null;
  const { privateLinkServiceConnections: automatic, manualPrivateLinkServiceConnections: manual } = properties;
  const links = [...(automatic ?? []), ...(manual ?? [])];
  if (links.length === 0) throw new ShapeError(`Azure does not say what endpoint ${name} links to`);
  return {
    id,
    name,
    subnet,
    network: subnet === null ? null : parentId(subnet),
    groups: links
      .filter((link) => sameId(link.properties.privateLinkServiceId ?? '', registryId))
      .flatMap((link) => link.properties.groupIds ?? []),
    staticAddresses: properties.ipConfigurations.length > 0,
    customDns: properties.customDnsConfigs.map(({ fqdn, ipAddresses: ips }) => ({ fqdn, ips })),
    interfaces: properties.networkInterfaces.map((networkInterface) => networkInterface.id),
  };
}

const interfaceWire = v.object({ properties: v.object({ ipConfigurations: listOf(v.unknown()) }) });

const addressWire = v.object({
  properties: v.object({
    privateIPAddress: text,
    privateLinkConnectionProperties: v.object({ requiredMemberName: text, fqdns: maybe(texts) }),
  }),
});

/** The addresses of a network interface, to be read one by one. */
const addressesOf = (body: unknown): readonly unknown[] =>
  read('a network interface', interfaceWire, body).properties.ipConfigurations;

/** Reads which member (`registry`, `registry_data_<region>`) an address of an endpoint's interface serves. */
export function parseMember(body: unknown): EndpointMember {
  const { properties } = read('an address of a network interface', addressWire, body);
  const { privateIPAddress: ip, privateLinkConnectionProperties: link } = properties;
  return { member: link.requiredMemberName, ip, fqdns: link.fqdns ?? [] };
}

const zoneGroupWire = v.object({
  name: text,
  properties: v.object({
    privateDnsZoneConfigs: listOf(v.object({ properties: v.object({ privateDnsZoneId: armId }) })),
  }),
});

export function parseZoneGroup(body: unknown): ZoneGroup {
  const { name, properties } = read('a DNS zone group', zoneGroupWire, body);
  return {
    name,
    zones: properties.privateDnsZoneConfigs.map((config) => config.properties.privateDnsZoneId),
  };
}

export const privateEndpoints: RegistryCollector<'privateEndpoints'> = {
  facet: 'privateEndpoints',
  scope: 'registry',
  permissions: Object.values(may),
  async collect(azure, registry, { observe, each }) {
    // The registry's own answer lists its connections; old api-versions leave them out, and odd ones are not in it.
    const connections =
      registry.privateEndpointConnections ??
      (await each(await azure.list(`${registry.id}/privateEndpointConnections`, '2025-11-01'), parseConnection));
    return Promise.all(connections.map((connection) => follow(observe, connection, registry.id)));
  },
};

/** Follows a connection to its endpoint, but for one that is certainly not approved. */
async function follow(observe: Observe, connection: PrivateEndpointConnection, registryId: string) {
  const { id, name, status, endpoint: endpointId } = connection;
  const known = { id, name, status, endpointId };
  const unfollowed = (reason: string): EndpointConnection => ({
    ...known,
    placement: { whose: 'unplaced' },
    endpoint: notCollected(reason),
  });
  if (endpointId === null) return unfollowed("Azure's answer names no endpoint");
  if (status === 'Rejected' || status === 'Disconnected') return unfollowed(`its connection is ${status}`);
  const parts = await readEndpoint(observe, endpointId, registryId, status !== 'Pending');
  return { ...known, ...parts };
}

/** An endpoint and where it lies, which ARM's refusals tell too. */
async function readEndpoint(observe: Observe, endpointId: string, registryId: string, whole: boolean) {
  let placement: Placement = { whose: 'unplaced' };
  const endpoint = await observe({
    permissions: [may.endpoint],
    scope: endpointId,
    async ask(azure): Promise<PrivateEndpoint> {
      const { interfaces, ...endpoint } = parsePrivateEndpoint(
        await azure.get(endpointId, networkApiVersion).catch((error: unknown) => {
          placement = placementBy(error);
          throw error;
        }),
        registryId,
      );
      placement = { whose: 'ours', gone: false };
      if (!whole) {
        const pending = notCollected('its connection is Pending');
        return { ...endpoint, members: pending, zoneGroups: pending };
      }
      const [members, zoneGroups] = await Promise.all([
        observe({
          permissions: [may.interface],
          scope: endpointId,
          ask: (azure, each) => readMembers(azure, each, interfaces),
        }),
        observe({
          permissions: [may.zoneGroups],
          scope: endpointId,
          ask: async (azure, each) =>
            each(await azure.list(`${endpointId}/privateDnsZoneGroups`, networkApiVersion), parseZoneGroup),
        }),
      ]);
      return { ...endpoint, members, zoneGroups };
    },
  });
  return { placement, endpoint };
}

/** What a refusal tells: whose token ARM wants, or that our token was looked at. */
export function placementBy(error: unknown): Placement {
  if (!(error instanceof AzureError)) return { whose: 'unplaced' };
  if (error.kind === 'other-tenant') return { whose: 'another-tenant', tenant: error.tenant };
  if (error.kind === 'denied' && error.status === 403) return { whose: 'ours', gone: false };
  // ARM says so before it looks for the resource where it does not know the subscription.
  if (error.kind === 'absent' && error.code !== 'SubscriptionNotFound') return { whose: 'ours', gone: true };
  return { whose: 'unplaced' };
}

/** One address that does not tell what it serves may serve what seems to be missing: it is an unread entry. */
async function readMembers(azure: Azure, each: Each, interfaces: readonly string[]): Promise<EndpointMember[]> {
  const bodies = await Promise.all(interfaces.map((id) => azure.get(id, networkApiVersion)));
  const members = await each(bodies.flatMap(addressesOf), parseMember);
  // An approved endpoint serves something: silence is not the same as a name that is not served.
  if (members.length === 0) throw new ShapeError("Azure does not say what the endpoint's network interface serves");
  return members;
}
