import { denied, observed } from '../src/model/evidence.ts';
import type { NetworkEvidence, Subnet } from '../src/model/facets/networks.ts';
import type { AddressRecord, NetworkLink, PrivateDns, ZoneEvidence } from '../src/model/facets/private-dns.ts';
import type { EndpointConnection, EndpointMember, PrivateEndpoint } from '../src/model/facets/private-endpoints.ts';
import type { Replication } from '../src/model/facets/replications.ts';
import type { Connection, Resolution } from '../src/model/facets/resolution.ts';
import { lastPart } from '../src/model/ids.ts';
import { registryId } from './support.ts';

/** Fixtures of a private path: endpoint `pe-a` in network `vnet-a` at 10.1.0.4 and on, zone privatelink.azurecr.io in rg-net. */

export const subscription = '/subscriptions/00000000-0000-0000-0000-000000000001';
const inNetworkGroup = (type: string, name: string) =>
  `${subscription}/resourceGroups/rg-net/providers/Microsoft.Network/${type}/${name}`;

export const networkId = (name: string): string => inNetworkGroup('virtualNetworks', name);

export const replica = (location: string, changes: Partial<Replication> = {}): Replication => ({
  id: `${registryId}/replications/${location}`,
  name: location,
  location,
  provisioningState: 'Succeeded',
  displayStatus: 'Ready',
  regionEndpointEnabled: true,
  ...changes,
});

/** A network interface's members for the login server and the data endpoints, at `<prefix>.4` and on. */
export const members = (
  regions: readonly string[],
  prefix = '10.1.0',
  registry = 'contoso.azurecr.io',
): EndpointMember[] =>
  ['', ...regions].map((region, index) => ({
    member: region ? `registry_data_${region}` : 'registry',
    ip: `${prefix}.${4 + index}`,
    fqdns: [region ? registry.replace('.', `.${region}.data.`) : registry],
  }));

export const connection = (
  endpoint: Partial<PrivateEndpoint> = {},
  changes: Partial<EndpointConnection> = {},
): EndpointConnection => {
  const { name = 'pe-a', network = networkId('vnet-a') } = endpoint;
  const id = inNetworkGroup('privateEndpoints', name);
  return {
    id: `${registryId}/privateEndpointConnections/${name}`,
    name,
    status: 'Approved',
    endpointId: id,
    placement: { whose: 'ours', gone: false },
    endpoint: observed({
      id,
      name,
      location: 'westeurope',
      provisioningState: 'Succeeded',
      subnet: `${network}/subnets/endpoints`,
      network,
      groups: ['registry'],
      staticAddresses: false,
      customDns: [],
      members: observed(members(['westeurope'])),
      zoneGroups: observed([{ name: 'default', zones: [zoneId()] }]),
      ...endpoint,
    }),
    ...changes,
  };
};

export const zoneId = (name = 'privatelink.azurecr.io', group = 'rg-net'): string =>
  `${subscription}/resourceGroups/${group}/providers/Microsoft.Network/privateDnsZones/${name}`;

export const link = (network = 'vnet-a', changes: Partial<NetworkLink> = {}): NetworkLink => ({
  name: network,
  network: networkId(network),
  state: 'Completed',
  provisioningState: 'Succeeded',
  resolutionPolicy: 'Default',
  ...changes,
});

/** A zone by its records, as `{ 'contoso.westeurope.data': '10.1.0.5' }`. */
export const zone = (
  records: Readonly<Record<string, string>>,
  { id = zoneId(), links = [link()] }: { id?: string; links?: readonly NetworkLink[] } = {},
): ZoneEvidence => ({
  id,
  name: lastPart(id),
  records: observed(Object.entries(records).map(([name, ip]): AddressRecord => ({ name, ips: [ip] }))),
  aliases: observed([]),
  links: observed(links),
});

/** The records that Azure writes for `members()`. */
export const records = (
  regions: readonly string[],
  prefix = '10.1.0',
  registry = 'contoso.azurecr.io',
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    members(regions, prefix, registry).map(({ ip, fqdns: [fqdn = ''] }) => [fqdn.replace(/\.azurecr\.\w+$/, ''), ip]),
  );

export const dns = (...zones: readonly ZoneEvidence[]): PrivateDns => ({
  zones,
  rulesets: [],
  searched: [{ subscription, zones: observed(zones.map(({ id }) => id)), rulesets: observed([]) }],
});

export const network = (
  name = 'vnet-a',
  dnsServers: readonly string[] = [],
  subnets: readonly Subnet[] = [],
): NetworkEvidence => ({
  id: networkId(name),
  network: observed({
    id: networkId(name),
    name,
    location: 'westeurope',
    dnsServers,
    peerings: [],
    subnets,
    managers: observed([]),
  }),
});

export const refused = (action: string, scope = '/subscriptions/elsewhere') =>
  denied(`the credential may not perform ${action} over ${scope}`, [{ action, scope }]);

/** How a connection to an address ends. */
export const asksForToken = (address: string): Connection => ({
  address,
  step: 'http',
  status: 401,
  challenged: true,
  denial: null,
  redirect: null,
});
export const timesOut = (address: string): Connection => ({ address, step: 'tcp', problem: 'timeout' });

/** What one machine saw of names: addresses, or what DNS said instead. */
export const probed = (
  answers: Readonly<Record<string, readonly string[] | 'NXDOMAIN' | 'TIMEOUT'>>,
  end: (address: string) => Connection = asksForToken,
): Resolution => ({
  servers: ['10.0.0.53'],
  answers: Object.entries(answers).map(([label, answer]) => {
    const ips = typeof answer === 'string' ? [] : answer;
    return {
      name: `${label}.azurecr.io`,
      aliases: [`${label}.privatelink.azurecr.io`],
      ips,
      problem: typeof answer === 'string' ? answer : null,
      connections: ips.map(end),
    };
  }),
});
