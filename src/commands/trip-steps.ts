import { linkChoice, wantedFor } from '../facts/path/arrive.ts';
import { type CitedConnection, endpointName, endpointOf, whoseEndpoint } from '../facts/path/endpoints.ts';
import type { PathFacts } from '../facts/path/facts.ts';
import type { Linking } from '../facts/path/links.ts';
import type { Fallback } from '../facts/path/records.ts';
import { stopOf, type Trip } from '../facts/path/trips.ts';
import { labelOf } from '../facts/path/words.ts';
import { citedZones, isNamed, zoneName } from '../facts/path/zones.ts';
import type { ZoneEvidence } from '../model/facets/private-dns.ts';
import type { PrivateEndpoint } from '../model/facets/private-endpoints.ts';
import { parseId, sameId } from '../model/ids.ts';
import type { RecordStop, Stop } from '../model/path.ts';
import { isCommand, type Step } from '../model/step.ts';
import {
  addRecord,
  createZone,
  fallBack,
  keepPrivate,
  linkZone,
  listDnsServers,
  listFallbacks,
  listLinks,
  listRecords,
  listZones,
  removeRecord,
} from './dns.ts';
import { addToZoneGroup, approveConnection, attachZoneGroup, createEndpoint, newEndpointIn } from './endpoints.ts';
import { manual } from './manual.ts';
import { acrUpdate, addIpRule } from './registry.ts';
import { flags, word } from './words.ts';

/** Steps that make a trip work, in an order in which nothing that works today stops: give, prove, then take away. */
export function mendTrip(trip: Trip, facts: PathFacts): readonly Step[] {
  const stop = stopOf(trip);
  return stop ? mend(stop, trip, facts) : [];
}

/** Steps that make the record right that a trip asks for, whether or not a client gets through without it. */
export function mendRecord(trip: Trip, facts: PathFacts): readonly Step[] {
  const { resolution, name } = trip;
  const network = trip.network.id ?? '';
  if (resolution?.by === 'public') return linkSteps(network, facts);
  if (resolution?.by !== 'zone' || resolution.answer.saw !== null || stopOf(trip)?.kind === 'no-member')
    return mendTrip(trip, facts);
  const { answer, link } = resolution;
  const wanted = wantedFor(name, network, facts);
  return missingSteps(
    { zone: answer.zone.zone.id, link: link.link.name, record: answer.record, wanted },
    network,
    facts,
  );
}

function mend(stop: Stop, { name, network }: Trip, facts: PathFacts): readonly Step[] {
  switch (stop.kind) {
    case 'no-endpoint':
      return endpointSteps(network.id, facts);
    case 'not-linked':
      return linkSteps(stop.network, facts);
    case 'no-record':
    case 'falls-back':
      return missingSteps(stop, network.id ?? '', facts);
    case 'wrong-record':
    case 'half-record':
      return recordSteps(stop, stop.saw, network.id ?? '', facts);
    case 'no-member':
      return [
        ...approvals(facts.connections.pending),
        manual(
          `Give ${stop.endpoint} an address for ${stop.region ?? 'the login server'}: mend the replica if it is Failed, else make the endpoint anew with dynamic addresses. Until then no record can lead to ${name.fqdn}.`,
        ),
      ];
    case 'no-route':
      return stop.own === null
        ? [reachFirst(stop.from, stop.to)]
        : [separateZones(stop.from, stop.own, stop.endpoint, stop.zone)];
    default:
      return [];
  }
}

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
        `az network vnet list --subscription ${word(stop.cluster.split('/')[2] ?? '<subscription>')} --resource-group ${word(stop.nodeResourceGroup ?? '<node-resource-group>')} --query "[].id"`,
      ];
    case 'unseen':
      return [];
  }
}

const listConnections =
  'az acr private-endpoint-connection list --registry-name <registry> --subscription <subscription> --query "[].{endpoint:privateEndpoint.id, status:privateLinkServiceConnectionState.status}"';

/** Approves what waits and is ours; what waits and is not is named. */
export const approvals = (pending: readonly CitedConnection[]): readonly Step[] =>
  pending.map(({ connection }) =>
    whoseEndpoint(connection) === 'ours'
      ? approveConnection(connection.name)
      : manual(
          `${connection.name} waits for endpoint ${endpointName(connection)}, which is not known to be in a subscription of ours: do not approve what you did not order.`,
        ),
  );

/**
 * A private endpoint in a network, with its zone. Azure wants an endpoint in the region and subscription of its network,
 * and a network is linked to one zone of a name: so the zone that it asks, or that there is, is used.
 */
export function endpointSteps(network: string | null, facts: PathFacts): readonly Step[] {
  const waiting = approvals(facts.connections.pending);
  if (waiting.some(isCommand)) return waiting;
  const found = facts.networks.find(({ id }) => sameId(id, network ?? ''))?.network;
  const read = found?.state === 'observed' ? found.value : null;
  const at = read?.id ?? someNetwork;
  const named = citedZones(facts.dns).filter((zone) => isNamed(zone, zoneName(facts.suffix)));
  const links = ({ zone }: (typeof named)[number]) => (zone.links.state === 'observed' ? zone.links.value : []);
  const asked = named.find((zone) => links(zone).some((link) => sameId(link.network ?? '', network ?? '')));
  const [central] = [...named].sort((a, b) => links(b).length - links(a).length);
  const zone = asked ?? central;
  const endpoint = newEndpointIn(at);
  const zoneId =
    zone?.zone.id ?? `${groupOf(endpoint)}/providers/Microsoft.Network/privateDnsZones/${zoneName(facts.suffix)}`;
  const concerned = [...new Set(named.flatMap(links).flatMap((link) => (link.network ? [labelOf(link.network)] : [])))];
  return [
    ...waiting,
    manual(
      `Run the steps from the endpoint to its zone group in one go: as soon as the endpoint is approved, the registry's names are aliases of private ones, and networks linked to a zone ${zoneName(facts.suffix)} without its records get NXDOMAIN${concerned.length > 0 ? ` (${concerned.join(', ')})` : ''}. Only a zone that the group writes to serves them: look for further zones of that name first.`,
    ),
    ...(zone ? [] : [createZone(zoneId)]),
    ...(asked
      ? []
      : [linkZone(zoneId, read?.id ?? '<network-id>', read ? freeName(read.id, zone?.zone) : '<network-name>')]),
    createEndpoint(facts.suffix, {
      endpoint,
      ...(read ? { subnet: `${read.id}/subnets/<subnet>` } : {}),
      ...(read?.location ? { location: read.location } : {}),
    }),
    attachZoneGroup(endpoint, zoneId),
  ];
}

/** A network that only the reader knows. */
const someNetwork =
  '/subscriptions/<network-subscription>/resourceGroups/<network-group>/providers/Microsoft.Network/virtualNetworks/<network-name>';

/** Links a network to a zone of the registry, once it has a way to the endpoint that the zone's records lead to. */
export function linkSteps(network: string, facts: PathFacts): readonly Step[] {
  const choice = linkChoice(network, facts);
  if (choice === null) return zonelessSteps(network, facts);
  const zone = citedZones(facts.dns).find((one) => sameId(one.zone.id, choice.zone))?.zone;
  const link = linkZone(choice.zone, network, freeName(network, zone));
  return choice.route === 'same' || choice.route === 'peered' || choice.to === null
    ? [link]
    : [reachFirst(network, choice.to), link];
}

/** Steps that bring the registry's names to a network; never by deleting a link that resolves. */
export function mendLink({ network, state, link }: Linking, facts: PathFacts): readonly Step[] {
  const id = network.id ?? '';
  switch (state) {
    case 'unlinked':
      return linkSteps(id, facts);
    case 'broken':
      return [
        manual(
          `Delete link ${link?.link.name}, which never completed, and make it again; the names of every other registry in that zone come to ${network.name} by it too.`,
        ),
      ];
    case 'elsewhere': {
      const choice = linkChoice(id, facts);
      return [
        manual(
          `Write the registry's records into the zone that ${network.name} is linked to: name that zone in the zone group of the endpoint${choice ? ` beside ${choice.zone}` : ''}. A network has one zone of a name: move its link only once the other zone holds every record that the network needs.`,
        ),
      ];
    }
    default:
      return [];
  }
}

/** Steps that give a zone the records for which a link of it falls back to public DNS, and then close the fallback. */
export function mendFallback({ link, zone, gaps }: Fallback, facts: PathFacts): readonly Step[] {
  const records = gaps.flatMap(({ record, name }) => {
    const endpoint = facts.connections.approved.map(endpointOf).find((one) => one !== null);
    const wanted = wantedFor(name, endpoint?.network ?? '', facts);
    return recordSteps({ zone, link, record, wanted }, [], endpoint?.network ?? '', facts);
  });
  return [...records, keepPrivate(zone, link)];
}

/** A zone for endpoints that have none. */
function zonelessSteps(network: string, facts: PathFacts): readonly Step[] {
  const own = facts.connections.approved
    .flatMap((cited) => endpointOf(cited) ?? [])
    .find((endpoint) => sameId(endpoint.network ?? '', network));
  const zone = zoneName(facts.suffix);
  if (own?.zoneGroups.state !== 'observed' || own.zoneGroups.value.length > 0)
    return [
      manual(
        `Link ${labelOf(network)} to the zone that the endpoint's zone group writes to; none of the zones that could be read holds the registry's records.`,
      ),
    ];
  // A zone that is there is used: a network is linked to one zone of a name, and others are linked to that one.
  const [there] = citedZones(facts.dns).filter((one) => isNamed(one, zone));
  const id = there?.zone.id ?? `${groupOf(own.id)}/providers/Microsoft.Network/privateDnsZones/${zone}`;
  return [
    ...(there ? [] : [createZone(id)]),
    linkZone(id, network, freeName(network, there?.zone)),
    attachZoneGroup(own.id, id),
  ];
}

/** What a zone lacks: written by a zone group, so that it stays right; by hand only where the group writes here already. */
function missingSteps(stop: RecordStop, network: string, facts: PathFacts): readonly Step[] {
  if (facts.connections.approved.length === 0)
    return [
      fallBack(stop.zone, stop.link),
      manual(
        `Or give ${labelOf(network)} a private endpoint of its own on the registry. Never add a record with the address of somebody else's endpoint.`,
      ),
    ];
  return recordSteps(stop, [], network, facts);
}

function recordSteps(
  { zone, record, wanted }: RecordStop,
  saw: readonly string[],
  network: string,
  facts: PathFacts,
): readonly Step[] {
  const endpoint = servingEndpoint(wanted, network, facts);
  const groups = endpoint?.zoneGroups.state === 'observed' ? endpoint.zoneGroups.value : null;
  if (endpoint && groups?.length === 0) return [attachZoneGroup(endpoint.id, zone)];
  const elsewhere =
    groups?.flatMap(({ zones }) => zones).filter((id) => isZoneOf(id, facts) && !sameId(id, zone)) ?? [];
  const [group] = groups ?? [];
  const writesHere = groups?.some(({ zones }) => zones.some((id) => sameId(id, zone))) ?? false;
  if (endpoint && group && !writesHere)
    return [
      addToZoneGroup(endpoint.id, group.name, zone),
      ...elsewhere.map((id) =>
        manual(
          `The zone group of ${endpoint.name} writes to ${id}, and ${labelOf(network)} asks ${zone}: once the records are there, remove the other zone from the group if no network needs it.`,
        ),
      ),
    ];
  if (wanted === null)
    return [
      manual(
        `Find out which endpoint ${labelOf(network)} is to use, and let its zone group write ${record} to ${zone}: which address is right is not known.`,
      ),
    ];
  // Added before the stale one is removed: with its last address the whole record goes.
  return [
    ...wanted.filter((ip) => !saw.includes(ip)).map((ip) => addRecord(zone, record, ip)),
    ...saw.filter((ip) => !wanted.includes(ip)).map((ip) => removeRecord(zone, record, ip)),
  ];
}

/** The endpoint whose addresses are wanted: the network's own, else the one that has them. */
function servingEndpoint(wanted: readonly string[] | null, network: string, facts: PathFacts): PrivateEndpoint | null {
  const read = facts.connections.approved.flatMap((cited: CitedConnection) => endpointOf(cited) ?? []);
  const own = read.find((endpoint) => sameId(endpoint.network ?? '', network));
  const holder = read.find(
    ({ members }) => members.state === 'observed' && members.value.some(({ ip }) => wanted?.includes(ip)),
  );
  return own ?? holder ?? (read.length === 1 ? (read[0] ?? null) : null);
}

const isZoneOf = (id: string, { suffix }: PathFacts): boolean => labelOf(id).toLowerCase() === zoneName(suffix);

/** A link without a way turns a public pull that works into a private address that does not. */
const reachFirst = (from: string, to: string): Step =>
  manual(
    `First give ${labelOf(from)} a way to the endpoint: peer it with ${labelOf(to)} in both directions, or make an endpoint with its own zone in ${labelOf(from)}. Prove it with a connection from a machine there (nc -vz to the endpoint's address, port 443) before its names change: until then its pulls go as they do today.`,
  );

const separateZones = (network: string, own: string, other: string, zone: string): Step =>
  manual(
    `${own} and ${other} overwrite each other's records in ${zone}. Where ${labelOf(network)} can be peered with the network of ${other}, delete the surplus endpoint; else make a second zone of that name, copy all records of the shared one into it with the addresses of ${own}, and only then move the link of ${labelOf(network)} to it.`,
  );

/** Opens the public endpoint for those who must pull today; ARM refuses it while exports are forbidden. */
export const openSteps = ({ registry }: PathFacts): readonly Step[] => [
  ...(registry.policies.export?.status === 'disabled' ? [acrUpdate({ allowExports: true })] : []),
  acrUpdate({ publicNetworkEnabled: true }),
];

/** Lets listed clients in where only listed networks are answered. */
export const openToSome = (): readonly Step[] => [
  manual('Find the addresses that the clients who must pull today leave from.'),
  addIpRule('<address-range>'),
];

const listPeerings = (network: string): string =>
  `az network vnet peering list ${flags(network)} --vnet-name ${word(labelOf(network))} --query "[].{remote:remoteVirtualNetwork.id, state:peeringState}"`;

/** The network's name, unless a network of the same name in another group is linked already. */
function freeName(network: string, zone: ZoneEvidence | undefined): string | undefined {
  const { name, resourceGroup } = parseId(network) ?? {};
  const taken = zone?.links.state === 'observed' && zone.links.value.some((link) => sameId(link.name, name ?? ''));
  return taken ? `${name}-${resourceGroup}` : name;
}

const groupOf = (id: string): string => {
  const { subscription, resourceGroup } = parseId(id) ?? {};
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}`;
};
