import { lastPart, subscriptionGuid } from '../model/ids.ts';
import { flags, word } from './words.ts';

/** Shows the records of a zone, given by its id. */
export const listRecords = (zone: string): string =>
  `az network private-dns record-set a list ${inZone(zone)} --query "[].{name:name, ips:aRecords[].ipv4Address}"`;

/** Shows which zones Azure writes an endpoint's records to, given by the endpoint's id. */
export const listZoneGroups = (endpoint: string): string =>
  `az network private-endpoint dns-zone-group list ${flags(endpoint)} --endpoint-name ${word(lastPart(endpoint))} --query "[].privateDnsZoneConfigs[].privateDnsZoneId"`;

/** Shows where the subscription of a network has zones of a name, and how many networks each is linked to. */
export const listZones = (network: string, zone: string): string =>
  `az network private-dns zone list --subscription ${word(subscriptionGuid(network))} --query "[?name=='${zone}'].{id:id, links:numberOfVirtualNetworkLinks}"`;

/** Shows the DNS servers that a network asks, given by its id; empty where it asks Azure, and with it the linked zones. */
export const listDnsServers = (network: string): string =>
  `az network vnet show --ids ${word(network)} --query dhcpOptions.dnsServers`;

/** Shows the networks a zone is linked to, given by the zone's id. */
export const listLinks = (zone: string): string =>
  `az network private-dns link vnet list ${inZone(zone)} --query "[].{network:virtualNetwork.id, state:virtualNetworkLinkState}"`;

/** Shows which links of a zone fall back to the internet; `az network private-dns` leaves that out in older versions. */
export const listFallbacks = (zone: string): string =>
  `az rest --method get --url ${word(`${zone}/virtualNetworkLinks?api-version=2024-06-01`)} --query "value[].{network:properties.virtualNetwork.id, policy:properties.resolutionPolicy}"`;

const inZone = (zone: string): string => `${flags(zone)} --zone-name ${word(lastPart(zone))}`;
