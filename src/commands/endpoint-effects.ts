import { servingRegions, wantedMembers } from '../facts/path/endpoints.ts';
import { aliasOf, recordName } from '../facts/path/names.ts';
import type { EndpointCommand } from '../model/command.ts';
import { observed } from '../model/evidence.ts';
import type { AddressRecord } from '../model/facets/private-dns.ts';
import type { EndpointConnection, PrivateEndpoint } from '../model/facets/private-endpoints.ts';
import type { Registry } from '../model/facets/registry.ts';
import { lastPart, parentId, sameId } from '../model/ids.ts';
import type { KnownFacts } from '../model/step.ts';
import { onRecords, withRecord } from './dns.ts';

/** The registry tells its connections, and they are a facet of their own with what is behind them. */
export const onConnections = (
  facts: KnownFacts,
  change: <C extends { readonly name: string }>(connections: readonly C[]) => readonly C[],
): KnownFacts => ({
  ...facts,
  ...(facts.registry?.privateEndpointConnections
    ? {
        registry: {
          ...facts.registry,
          privateEndpointConnections: change(facts.registry.privateEndpointConnections),
        },
      }
    : {}),
  ...(facts.privateEndpoints ? { privateEndpoints: change(facts.privateEndpoints) } : {}),
});

/** What Azure makes of the command; it chooses the addresses, which we name by what they serve. */
export function made(
  { endpoint: id, subnet, suffix }: Extract<EndpointCommand, { kind: 'endpoint.create' }>,
  registry: Registry,
  { replications = [] }: KnownFacts,
): EndpointConnection {
  const label = registry.loginServer?.split('.')[0] ?? registry.name;
  const endpoint: PrivateEndpoint = {
    id,
    name: lastPart(id),
    subnet,
    network: parentId(subnet),
    groups: ['registry'],
    staticAddresses: false,
    customDns: [],
    members: observed(
      wantedMembers(registry, servingRegions(registry, replications)).map(({ member, branch }) => ({
        member,
        ip: `<address of ${member}>`,
        fqdns: [[label, branch, suffix].filter(Boolean).join('.')],
      })),
    ),
    zoneGroups: observed([]),
  };
  const name = lastPart(id);
  return {
    id: `${registry.id}/privateEndpointConnections/${name}`,
    name,
    status: 'Approved',
    endpointId: id,
    placement: { whose: 'ours', gone: false },
    endpoint: observed(endpoint),
  };
}

/** The records of a zone after Azure wrote those of an endpoint. */
const written = (
  records: readonly AddressRecord[],
  { members }: PrivateEndpoint,
  zone: string,
): readonly AddressRecord[] => {
  const suffix = zone.replace(/^.*privatelink\./, '');
  const addresses = members.state === 'observed' ? members.value : [];
  return addresses
    .flatMap(({ ip, fqdns }) =>
      fqdns.map((fqdn) => ({ name: recordName(aliasOf(fqdn.toLowerCase(), suffix), zone), ip })),
    )
    .reduce((before, { name, ip }) => (name ? withRecord(before, name, () => [ip]) : before), records);
};

export function withZoneGroup(
  facts: KnownFacts,
  { endpoint: id, group, zone }: { readonly endpoint: string; readonly group: string; readonly zone: string },
): KnownFacts {
  const connections = facts.privateEndpoints?.map((connection) => {
    if (connection.endpoint.state !== 'observed' || !sameId(connection.endpoint.value.id, id)) return connection;
    const { zoneGroups: before } = connection.endpoint.value;
    const known = before.state === 'observed' ? before.value : [];
    const zones = [...known.flatMap((one) => one.zones), zone];
    const value = { ...connection.endpoint.value, zoneGroups: observed([{ name: group, zones }]) };
    return { ...connection, endpoint: { ...connection.endpoint, value } };
  });
  if (connections === undefined) return facts;
  const served = connections.find(({ endpointId }) => sameId(endpointId ?? '', id))?.endpoint;
  const attached = { ...facts, privateEndpoints: connections };
  return served?.state === 'observed'
    ? onRecords(attached, zone, (records) => written(records, served.value, lastPart(zone)))
    : attached;
}
