import type { PathFacts } from '../facts/path/facts.ts';
import { stopOf, type Trip } from '../facts/path/trips.ts';
import { labelOf } from '../facts/path/words.ts';
import { zoneName } from '../facts/path/zones.ts';
import { subscriptionGuid } from '../model/ids.ts';
import { listDnsServers, listFallbacks, listLinks, listRecords, listZones } from './dns.ts';
import { flags, word } from './words.ts';

/** Read-only commands that show what stops a trip. */
export function confirmTrip(trip: Trip, facts: PathFacts): readonly string[] {
  const stop = stopOf(trip);
  if (stop === null) return [];
  const nslookup = (network: string) => `nslookup ${word(trip.name.fqdn)}  # on a machine in ${labelOf(network)}`;
  switch (stop.kind) {
    case 'no-endpoint':
    case 'no-member':
      return [listConnections];
    case 'not-linked':
      return [
        stop.choice === null ? listZones(stop.network, zoneName(facts.suffix)) : listLinks(stop.choice.zone),
        listDnsServers(stop.network),
        nslookup(stop.network),
      ];
    case 'falls-back':
      return [listRecords(stop.zone), listFallbacks(stop.zone)];
    case 'no-record':
      return [listRecords(stop.zone), ...(trip.network.id === null ? [] : [listDnsServers(trip.network.id)])];
    case 'wrong-record':
    case 'half-record':
      return [listRecords(stop.zone), listConnections];
    case 'no-route':
      return [listRecords(stop.zone), listPeerings(stop.from)];
    case 'own-dns':
    case 'forwarded':
      return [nslookup(stop.network)];
    case 'indirect':
      return [listPeerings(stop.from), nslookup(stop.from)];
    case 'egress':
      return ['az acr network-rule list --name <registry> --subscription <subscription>'];
    case 'unnamed-network':
      return [
        `az network vnet list --subscription ${word(subscriptionGuid(stop.cluster))} --resource-group ${word(stop.nodeResourceGroup ?? '<node-resource-group>')} --query "[].id"`,
      ];
    case 'unseen':
      return [];
  }
}

const listConnections =
  'az acr private-endpoint-connection list --registry-name <registry> --subscription <subscription> --query "[].{endpoint:privateEndpoint.id, status:privateLinkServiceConnectionState.status}"';

const listPeerings = (network: string): string =>
  `az network vnet peering list ${flags(network)} --vnet-name ${word(labelOf(network))} --query "[].{remote:remoteVirtualNetwork.id, state:peeringState}"`;
