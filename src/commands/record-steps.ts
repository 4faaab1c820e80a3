import { type EndpointRecords, takenBy } from '../facts/path/endpoint-records.ts';
import { endpointName } from '../facts/path/endpoints.ts';
import type { Lookup } from '../facts/path/private-dns.ts';
import type { EndpointConnection } from '../model/facets/private-endpoints.ts';
import { parseId } from '../model/ids.ts';
import type { Step } from '../model/step.ts';
import { addRecord, createZone, linkZone, listDnsServers, listRecords, listZones, removeRecord } from './dns.ts';
import { attachZoneGroup } from './endpoints.ts';
import { manual } from './manual.ts';

/** Commands that show the records of the zones that are wrong. */
export const recordConfirm = (broken: readonly EndpointRecords[], zone: string): readonly string[] => [
  ...new Set(
    broken.flatMap(({ wrong, endpoint: { network } }) => [
      ...(wrong.length > 0
        ? wrong.map((lookup) => listRecords(lookup.zone.zone.id))
        : [listZones(network ?? '', zone)]),
      listDnsServers(network ?? ''),
    ]),
  ),
];

/** Steps that make an endpoint's records right: by a zone group where there is none, so that they stay right. */
export function recordSteps(
  judged: EndpointRecords,
  connections: readonly EndpointConnection[],
  zone: string,
): readonly Step[] {
  const { cited, endpoint, wrong, zoneless } = judged;
  const { subscription, resourceGroup } = parseId(endpoint.id) ?? {};
  const groupless = endpoint.zoneGroups.state === 'observed' && endpoint.zoneGroups.value.length === 0;
  if (zoneless && groupless && endpoint.network !== null) {
    const id = `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Network/privateDnsZones/${zone}`;
    return [createZone(id), linkZone(id, endpoint.network), attachZoneGroup(endpoint.id, id)];
  }
  const name = endpointName(cited.connection);
  if (zoneless)
    return [manual(`Link a ${zone} zone to the network of ${name} and name it in the endpoint's zone group.`)];

  const shared = wrong.find((lookup) => takenBy(judged, lookup, connections) !== null);
  if (shared)
    return [
      manual(
        `Give the networks of ${name} and ${takenBy(judged, shared, connections)} a ${zone} zone each, linked to that network only: they overwrite each other's records in ${shared.zone.zone.id}.`,
      ),
    ];
  const [first] = wrong;
  if (groupless && first) return [...wrong.flatMap(withoutStale), attachZoneGroup(endpoint.id, first.zone.zone.id)];
  return wrong.flatMap(mendRecord);
}

/** Gives a record the addresses it should have. */
export const mendRecord = (lookup: Lookup): readonly Step[] => {
  const { name, record, zone, saw } = lookup;
  if (name.ips === null)
    return [
      manual(
        `Find the endpoint's address for ${name.fqdn} on its network interface, and add A record ${record} to ${zone.zone.id}.`,
      ),
    ];
  // Added before the stale one is removed: with its last address the whole record goes.
  const added = name.ips.filter((ip) => !saw?.includes(ip));
  return [...added.map((ip) => addRecord(zone.zone.id, record, ip)), ...withoutStale(lookup)];
};

const withoutStale = ({ name, record, zone, saw }: Lookup): readonly Step[] =>
  (saw ?? []).filter((ip) => !name.ips?.includes(ip)).map((ip) => removeRecord(zone.zone.id, record, ip));
