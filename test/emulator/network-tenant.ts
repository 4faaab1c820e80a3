import type { TenantDocument } from '../../src/emulator/index.ts';

/** A tenant drawn by its wiring. Regions start with home; names are resource names; subscriptions are 1, 2 and 3. */
export interface Wiring {
  readonly suffix?: string;
  readonly registries: Readonly<Record<string, { readonly regions: readonly string[]; readonly hash?: string }>>;
  readonly networks: Readonly<
    Record<
      string,
      { readonly peers?: readonly string[]; readonly dnsServers?: readonly string[]; readonly subscription?: Place }
    >
  >;
  /** In the order in which they were made: a later one overwrites the records of an earlier one in a shared zone. */
  readonly endpoints: readonly {
    readonly name: string;
    readonly registry: string;
    readonly network: string;
    /** The addresses are `<prefix>.4` and on. */
    readonly prefix: string;
    /** The resource group of the zone that its zone group writes to. */
    readonly zone: string;
    readonly subscription?: Place;
  }[];
  /** The networks a zone is linked to, by the zone's resource group. */
  readonly zones: Readonly<Record<string, readonly string[]>>;
  /** The network of each cluster, whose kubelet may pull from every registry. */
  readonly clusters?: Readonly<Record<string, string>>;
  /** Forwarding rulesets: the addresses that each forwards a domain to, and the networks it is linked to. */
  readonly rulesets?: Readonly<
    Record<
      string,
      {
        readonly rules: Readonly<Record<string, readonly string[]>>;
        readonly links: readonly string[];
        readonly subscription?: Place;
      }
    >
  >;
  /** Private resolvers: the network that each is in, and the address it answers at. */
  readonly resolvers?: Readonly<Record<string, { readonly network: string; readonly ip: string }>>;
  /** Network managers: the subscriptions whose networks each may connect; none: those below a management group. */
  readonly managers?: Readonly<Record<string, readonly Place[]>>;
}

/** The number of a subscription. */
type Place = 1 | 2 | 3;

const places = [1, 2, 3] as const;
const subscription = (number: Place) => `/subscriptions/00000000-0000-0000-0000-00000000000${number}`;
const registryId = (name: string) =>
  `${subscription(1)}/resourceGroups/rg-acr/providers/Microsoft.ContainerRegistry/registries/${name}`;
const networkThing = (type: string, name: string, group = 'rg-net', number: Place = 1) =>
  `${subscription(number)}/resourceGroups/${group}/providers/Microsoft.Network/${type}/${name}`;
export const networkId = (name: string, number?: Place): string =>
  networkThing('virtualNetworks', name, 'rg-net', number);

/** The ARM bodies of such a tenant, with no more in each than collectors read. Every registry is closed to the public. */
export function networkTenant(wiring: Wiring): TenantDocument {
  const { suffix = 'azurecr.io', registries, networks, endpoints, zones, clusters = {} } = wiring;
  const idOf = (name: string) => networkId(name, networks[name]?.subscription);
  const zoneId = (group: string) => networkThing('privateDnsZones', `privatelink.${suffix}`, group);
  const label = (name: string) => [name, registries[name]?.hash].filter(Boolean).join('-');
  const endpointId = ({ name, subscription: number }: Wiring['endpoints'][number]) =>
    networkThing('privateEndpoints', name, 'rg-net', number);
  const members = ({ registry, prefix }: Wiring['endpoints'][number]) =>
    ['', ...(registries[registry]?.regions ?? [])].map((region, index) => ({
      member: region ? `registry_data_${region}` : 'registry',
      record: region ? `${label(registry)}.${region}.data` : label(registry),
      ip: `${prefix}.${4 + index}`,
    }));

  const registryBodies = Object.entries(registries).flatMap(([name, { regions }]) => [
    {
      id: registryId(name),
      name,
      location: regions[0],
      sku: { name: 'Premium' },
      properties: {
        loginServer: `${label(name)}.${suffix}`,
        provisioningState: 'Succeeded',
        publicNetworkAccess: 'Disabled',
        networkRuleBypassOptions: 'AzureServices',
        networkRuleBypassAllowedForTasks: false,
        roleAssignmentMode: 'LegacyRegistryPermissions',
        privateEndpointConnections: endpoints
          .filter(({ registry }) => registry === name)
          .map((one) => ({
            id: `${registryId(name)}/privateEndpointConnections/${one.name}`,
            name: one.name,
            properties: {
              privateEndpoint: { id: endpointId(one) },
              privateLinkServiceConnectionState: { status: 'Approved' },
            },
          })),
      },
    },
    ...regions.map((location) => ({
      id: `${registryId(name)}/replications/${location}`,
      name: location,
      location,
      properties: { provisioningState: 'Succeeded', regionEndpointEnabled: true },
    })),
  ]);
  const endpointBodies = endpoints.flatMap((one) => {
    const nic = networkThing('networkInterfaces', `${one.name}.nic`, 'rg-net', one.subscription);
    return [
      {
        id: endpointId(one),
        name: one.name,
        location: 'westeurope',
        properties: {
          provisioningState: 'Succeeded',
          subnet: { id: `${idOf(one.network)}/subnets/endpoints` },
          networkInterfaces: [{ id: nic }],
          privateLinkServiceConnections: [
            { properties: { privateLinkServiceId: registryId(one.registry), groupIds: ['registry'] } },
          ],
        },
      },
      {
        id: nic,
        name: `${one.name}.nic`,
        properties: {
          ipConfigurations: members(one).map(({ member, record, ip }) => ({
            properties: {
              privateIPAddress: ip,
              privateLinkConnectionProperties: { requiredMemberName: member, fqdns: [`${record}.${suffix}`] },
            },
          })),
        },
      },
      {
        id: `${endpointId(one)}/privateDnsZoneGroups/default`,
        name: 'default',
        properties: { privateDnsZoneConfigs: [{ properties: { privateDnsZoneId: zoneId(one.zone) } }] },
      },
    ];
  });
  const zoneBodies = Object.entries(zones).flatMap(([group, linked]) => {
    const written = new Map(
      endpoints
        .filter(({ zone }) => zone === group)
        .flatMap(members)
        .map(({ record, ip }) => [record, ip]),
    );
    return [
      { id: zoneId(group), name: `privatelink.${suffix}`, location: 'global', properties: {} },
      ...[...written].map(([record, ip]) => ({
        id: `${zoneId(group)}/A/${record}`,
        name: record,
        properties: { aRecords: [{ ipv4Address: ip }] },
      })),
      ...linked.map((name) => ({
        id: `${zoneId(group)}/virtualNetworkLinks/${name}`,
        name,
        properties: {
          virtualNetwork: { id: idOf(name) },
          virtualNetworkLinkState: 'Completed',
          provisioningState: 'Succeeded',
          resolutionPolicy: 'Default',
        },
      })),
    ];
  });
  const networkBodies = Object.entries(networks).map(([name, { peers = [], dnsServers = [] }]) => ({
    id: idOf(name),
    name,
    location: 'westeurope',
    properties: {
      addressSpace: { addressPrefixes: ['10.0.0.0/8'] },
      dhcpOptions: { dnsServers },
      virtualNetworkPeerings: peers.map((peer) => ({
        properties: { remoteVirtualNetwork: { id: idOf(peer) }, peeringState: 'Connected' },
      })),
      subnets: ['endpoints', 'nodes'].map((subnet) => ({
        id: `${idOf(name)}/subnets/${subnet}`,
        name: subnet,
        properties: { addressPrefix: '10.0.0.0/24' },
      })),
    },
  }));
  const clusterBodies = Object.entries(clusters).flatMap(([name, network]) => [
    {
      id: `${subscription(1)}/resourcegroups/rg-aks/providers/Microsoft.ContainerService/managedClusters/${name}`,
      name,
      location: 'westeurope',
      properties: {
        provisioningState: 'Succeeded',
        servicePrincipalProfile: { clientId: 'msi' },
        identityProfile: { kubeletidentity: { objectId: `kubelet-of-${name}` } },
        agentPoolProfiles: [{ vnetSubnetID: `${idOf(network)}/subnets/nodes` }],
      },
    },
    {
      id: `${subscription(1)}/providers/Microsoft.Authorization/roleAssignments/${name}`,
      name,
      properties: {
        scope: `${subscription(1)}/resourceGroups/rg-acr`,
        principalId: `kubelet-of-${name}`,
        principalType: 'ServicePrincipal',
        roleDefinitionId: `${subscription(1)}/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d`,
      },
    },
  ]);
  const rulesetBodies = Object.entries(wiring.rulesets ?? {}).flatMap(([name, { rules, links, subscription }]) => {
    const id = networkThing('dnsForwardingRulesets', name, 'rg-dns', subscription);
    return [
      { id, name, location: 'westeurope', properties: { provisioningState: 'Succeeded' } },
      ...Object.entries(rules).map(([domainName, servers], index) => ({
        id: `${id}/forwardingRules/rule-${index}`,
        name: `rule-${index}`,
        properties: {
          domainName,
          forwardingRuleState: 'Enabled',
          targetDnsServers: servers.map((ipAddress) => ({ ipAddress, port: 53 })),
        },
      })),
      ...links.map((network) => ({
        id: `${id}/virtualNetworkLinks/${network}`,
        name: network,
        properties: { virtualNetwork: { id: idOf(network) }, provisioningState: 'Succeeded' },
      })),
    ];
  });
  const resolverBodies = Object.entries(wiring.resolvers ?? {}).flatMap(([name, { network, ip }]) => {
    const id = networkThing('dnsResolvers', name, 'rg-dns', networks[network]?.subscription);
    return [
      { id, name, location: 'westeurope', properties: { virtualNetwork: { id: idOf(network) } } },
      {
        id: `${id}/inboundEndpoints/in`,
        name: 'in',
        properties: { ipConfigurations: [{ privateIpAddress: ip, subnet: { id: `${idOf(network)}/subnets/dns` } }] },
      },
    ];
  });
  const managerBodies = Object.entries(wiring.managers ?? {}).map(([name, scope]) => ({
    id: networkThing('networkManagers', name, 'rg-net', scope[0]),
    name,
    properties: {
      networkManagerScopes: {
        subscriptions: scope.map(subscription),
        managementGroups: scope.length > 0 ? [] : ['/providers/Microsoft.Management/managementGroups/contoso'],
      },
      networkManagerScopeAccesses: ['Connectivity'],
    },
  }));
  return {
    now: '2026-11-20T09:00:00Z',
    tenantId: '00000000-0000-0000-0000-000000000900',
    subscriptions: places.map((number) => ({
      subscriptionId: subscription(number).slice('/subscriptions/'.length),
      displayName: `Contoso ${number}`,
      state: 'Enabled',
    })),
    resources: [
      ...registryBodies,
      ...endpointBodies,
      ...zoneBodies,
      ...networkBodies,
      ...clusterBodies,
      ...rulesetBodies,
      ...resolverBodies,
      ...managerBodies,
    ],
  };
}
