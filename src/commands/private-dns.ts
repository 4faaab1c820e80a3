import { recordName } from '../facts/path/expected-names.ts';
import { observed } from '../model/evidence.ts';
import type { AddressRecord, ZoneEvidence } from '../model/facets/private-dns.ts';
import type { PrivateEndpoint } from '../model/facets/private-endpoints.ts';
import { parseId, sameId } from '../model/ids.ts';
import { shellWord } from '../model/shell.ts';
import type { AzStep, KnownFacts } from '../model/step.ts';

/** An endpoint and a zone that only the reader knows, for the general steps of a check. */
export const someEndpoint =
  '/subscriptions/<subscription>/resourceGroups/<endpoint-group>/providers/Microsoft.Network/privateEndpoints/<endpoint>';

export const someZone = (suffix: string): string =>
  `/subscriptions/<dns-subscription>/resourceGroups/<dns-group>/providers/Microsoft.Network/privateDnsZones/privatelink.${suffix}`;

/** `az network private-dns record-set a add-record`: makes the record where there is none. */
export const addRecord = (zone: string, record: string, ip: string): AzStep => ({
  az: `az network private-dns record-set a add-record ${recordFlags(zone, record)} --ipv4-address ${word(ip)}`,
  effect: onRecords(zone, (records) => withRecord(records, record, (ips) => [...ips, ip])),
});

/** `az network private-dns record-set a remove-record`: removes the record with its last address. */
export const removeRecord = (zone: string, record: string, ip: string): AzStep => ({
  az: `az network private-dns record-set a remove-record ${recordFlags(zone, record)} --ipv4-address ${word(ip)}`,
  effect: onRecords(zone, (records) => withRecord(records, record, (ips) => ips.filter((other) => other !== ip))),
});

/** Shows the records of a zone, given by its id. */
export const listRecords = (zone: string): string =>
  `az network private-dns record-set a list ${zoneFlags(zone)} --query "[].{name:name, ips:aRecords[].ipv4Address}"`;

/** Shows which zones Azure writes an endpoint's records to, given by the endpoint's id. */
export const listZoneGroups = (endpoint: string): string =>
  `az network private-endpoint dns-zone-group list ${flags(endpoint)} --endpoint-name ${word(lastPart(endpoint))} --query "[].privateDnsZoneConfigs[].privateDnsZoneId"`;

/** Shows where the subscription of a network has zones of a name, and how many networks each is linked to. */
export const listZones = (network: string, zone: string): string =>
  `az network private-dns zone list --subscription ${word(network.split('/')[2] ?? '')} --query "[?name=='${zone}'].{id:id, links:numberOfVirtualNetworkLinks}"`;

/** Shows the DNS servers that a network asks, given by its id; empty where it asks Azure, and with it the linked zones. */
export const listDnsServers = (network: string): string =>
  `az network vnet show --ids ${word(network)} --query dhcpOptions.dnsServers`;

/** Shows the networks a zone is linked to, given by the zone's id. */
export const listLinks = (zone: string): string =>
  `az network private-dns link vnet list ${zoneFlags(zone)} --query "[].{network:virtualNetwork.id, state:virtualNetworkLinkState}"`;

/** Shows which links of a zone fall back to the internet; `az network private-dns` leaves that out in older versions. */
export const listFallbacks = (zone: string): string =>
  `az rest --method get --url ${word(`${zone}/virtualNetworkLinks`)} --url-parameters api-version=2024-06-01 --query "value[].{network:properties.virtualNetwork.id, policy:properties.resolutionPolicy}"`;

/** `az network private-dns zone create`; the id says where. */
export const createZone = (zone: string): AzStep => ({
  az: `az network private-dns zone create ${flags(zone)} --name ${word(lastPart(zone))}`,
  effect: onDns((zones) =>
    zones.some(({ id }) => sameId(id, zone))
      ? zones
      : [...zones, { id: zone, name: lastPart(zone), records: observed([]), links: observed([]) }],
  ),
});

/** `az network private-dns link vnet create`, without registration of the network's own machines. */
export const linkZone = (zone: string, network: string, name = lastPart(network)): AzStep => ({
  az: `az network private-dns link vnet create ${zoneFlags(zone)} --name ${word(name)} --virtual-network ${word(network)} --registration-enabled false`,
  effect: (facts) => {
    const taken = facts.privateDns?.zones.some(
      ({ id, links }) =>
        sameId(id, zone) && links.state === 'observed' && links.value.some((link) => sameId(link.name, name)),
    );
    if (taken) return { refused: `the zone has a link ${name} already` };
    return onZone(zone, (found) =>
      found.links.state === 'observed'
        ? { ...found, links: observed([...found.links.value, linkTo(network, name)]) }
        : found,
    )(facts);
  },
});

/** Has a link answer NXDOMAIN for what its zone does not hold; az learnt a flag of its own for it after 2.45. */
export const keepPrivate = (zone: string, link: string): AzStep => ({
  az: `az resource update --ids ${word(`${zone}/virtualNetworkLinks/${link}`)} --api-version 2024-06-01 --set properties.resolutionPolicy=Default`,
  effect: onZone(zone, (found) => {
    if (found.links.state !== 'observed') return found;
    const links = found.links.value.map((one) =>
      one.name === link ? { ...one, resolutionPolicy: 'Default' as const } : one,
    );
    return { ...found, links: observed(links) };
  }),
});

/**
 * `az network private-endpoint dns-zone-group create`, with the zone's id: a bare name only means a zone in the
 * endpoint's own resource group. Azure then writes the records of the endpoint's interface, now and for each new replica.
 */
export const attachZoneGroup = (endpoint: string, zone: string): AzStep =>
  zoneGroupStep('create', endpoint, 'default', zone);

/** `az network private-endpoint dns-zone-group add`: an endpoint has one group, of several zones. */
export const addToZoneGroup = (endpoint: string, group: string, zone: string): AzStep =>
  zoneGroupStep('add', endpoint, group, zone);

const zoneGroupStep = (verb: 'create' | 'add', endpoint: string, group: string, zone: string): AzStep => ({
  az: `az network private-endpoint dns-zone-group ${verb} ${flags(endpoint)} --endpoint-name ${word(lastPart(endpoint))} --name ${word(group)} --private-dns-zone ${word(zone)} --zone-name registry`,
  effect: (facts) => {
    const connections = facts.privateEndpoints?.map((connection) => {
      if (connection.endpoint.state !== 'observed' || !sameId(connection.endpoint.value.id, endpoint))
        return connection;
      const { zoneGroups: before } = connection.endpoint.value;
      const known = before.state === 'observed' ? before.value : [];
      const zones = [...known.flatMap((one) => one.zones), zone];
      const value = { ...connection.endpoint.value, zoneGroups: observed([{ name: group, zones }]) };
      return { ...connection, endpoint: { ...connection.endpoint, value } };
    });
    const served = connections?.find(({ endpointId }) => sameId(endpointId ?? '', endpoint))?.endpoint;
    const attached: KnownFacts = { ...facts, ...(connections ? { privateEndpoints: connections } : {}) };
    return served?.state === 'observed' ? onRecords(zone, written(served.value, lastPart(zone)))(attached) : attached;
  },
});

/** The records of a zone after Azure wrote those of an endpoint. */
const written =
  ({ members }: PrivateEndpoint, zone: string) =>
  (records: readonly AddressRecord[]): readonly AddressRecord[] => {
    const suffix = zone.replace(/^.*privatelink\./, '');
    const addresses = members.state === 'observed' ? members.value : [];
    return addresses
      .flatMap(({ ip, fqdns }) => fqdns.map((fqdn) => ({ name: recordName(fqdn.toLowerCase(), zone, suffix), ip })))
      .reduce((before, { name, ip }) => (name ? withRecord(before, name, () => [ip]) : before), records);
  };

function withRecord(
  records: readonly AddressRecord[],
  name: string,
  change: (ips: readonly string[]) => readonly string[],
): readonly AddressRecord[] {
  const index = records.findIndex((record) => record.name.toLowerCase() === name.toLowerCase());
  const ips = change(records[index]?.ips ?? []);
  const others = records.filter((_, other) => other !== index);
  return ips.length > 0 ? [...others, { name, ips }] : others;
}

const onDns =
  (change: (zones: readonly ZoneEvidence[]) => readonly ZoneEvidence[]) =>
  (facts: KnownFacts): KnownFacts =>
    facts.privateDns ? { ...facts, privateDns: { ...facts.privateDns, zones: change(facts.privateDns.zones) } } : facts;

const onZone = (zone: string, change: (found: ZoneEvidence) => ZoneEvidence) =>
  onDns((zones) => zones.map((found) => (sameId(found.id, zone) ? change(found) : found)));

const onRecords = (zone: string, change: (records: readonly AddressRecord[]) => readonly AddressRecord[]) =>
  onZone(zone, (found) =>
    found.records.state === 'observed' ? { ...found, records: observed(change(found.records.value)) } : found,
  );

const linkTo = (network: string, name: string) => ({
  name,
  network,
  state: 'Completed' as const,
  provisioningState: 'Succeeded' as const,
  resolutionPolicy: 'Default' as const,
  registrationEnabled: false,
});

const lastPart = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

/** Where the resource is, for az; a placeholder is left for the report or the reader to fill in. */
export const flags = (id: string): string => {
  const { subscription = '<subscription>', resourceGroup = '<group>' } = parseId(id) ?? {};
  return `--subscription ${word(subscription)} --resource-group ${word(resourceGroup)}`;
};

/** Quoted where a shell would trip over it, but for the placeholders, which are quoted when they are filled in. */
export const word = (text: string): string =>
  text.replaceAll(/<[\w-]+>|[^<>]+/g, (part) => (part.startsWith('<') ? part : shellWord(part)));

const zoneFlags = (zone: string): string => `${flags(zone)} --zone-name ${word(lastPart(zone))}`;

const recordFlags = (zone: string, record: string): string => `${zoneFlags(zone)} --record-set-name ${word(record)}`;
