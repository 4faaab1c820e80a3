import { notCollected, type Unseen } from '../../model/evidence.ts';
import type { NetworkEvidence } from '../../model/facets/networks.ts';
import type { PrivateDns, ZoneEvidence } from '../../model/facets/private-dns.ts';
import type { PrivateEndpoint } from '../../model/facets/private-endpoints.ts';
import { parseId, sameId } from '../../model/ids.ts';
import type { Observation } from '../../model/outcome.ts';
import type { Pointer } from '../../model/pointer.ts';
import { type ExpectedName, recordName } from './expected-names.ts';

/** A private DNS zone, and where it is in the evidence. */
export interface CitedZone {
  readonly at: Pointer;
  readonly zone: ZoneEvidence;
}

export const zoneName = (suffix: string): string => `privatelink.${suffix}`;

/** A zone as people tell it from its namesakes: by its name and resource group. */
export function zoneWords(id: string): string {
  const { name, resourceGroup } = parseId(id) ?? {};
  return name === undefined ? id : `${name} (${resourceGroup})`;
}

/** The zones for registries, the alternative `<region>.data.privatelink.…` ones of Microsoft's table included. */
export const registryZones = (dns: PrivateDns, suffix: string): readonly CitedZone[] =>
  dns.zones
    .map((zone, index): CitedZone => ({ at: `privateDns/zones/${index}`, zone }))
    .filter(({ zone }) => `.${zone.name.toLowerCase()}`.endsWith(`.${zoneName(suffix)}`));

export const isLinkedTo = (zone: ZoneEvidence, network: string): boolean =>
  zone.links.state === 'observed' && zone.links.value.some((link) => sameId(link.network ?? '', network));

/** Which zones answer for an endpoint's names, and what stands in the way of knowing them all. */
export interface ZonesOfEndpoint {
  readonly zones: readonly CitedZone[];
  readonly unseen: readonly Unseen[];
}

/**
 * The zones that the endpoint's network asks: those linked to it, else those its zone groups write to. A network is
 * linked to one zone of a name at most, so that two networks may each have their own.
 */
export function zonesOf(endpoint: PrivateEndpoint, dns: PrivateDns, suffix: string): ZonesOfEndpoint {
  const { network, zoneGroups } = endpoint;
  const all = registryZones(dns, suffix);
  const linked = network === null ? [] : all.filter(({ zone }) => isLinkedTo(zone, network));
  const ids = zoneGroups.state === 'observed' ? zoneGroups.value.flatMap(({ zones }) => zones) : [];
  const grouped = all.filter(({ zone }) => ids.some((id) => sameId(id, zone.id)) && !named(linked, zone.name));
  const zones = [...linked, ...grouped];
  const unread = ids.filter((id) => !dns.zones.some((zone) => sameId(zone.id, id)));
  if (named(zones, zoneName(suffix))) return { zones, unseen: [] };
  return {
    zones,
    unseen: [
      ...(zoneGroups.state === 'observed' ? [] : [zoneGroups]),
      ...unread.map((id) => notCollected(`zone ${id} was not read`)),
      ...all.flatMap(({ zone }) => (zone.links.state === 'observed' ? [] : [zone.links])),
      ...dns.searched.flatMap((search) => (search.zones.state === 'observed' ? [] : [search.zones])),
      ...(network === null
        ? [notCollected("Azure's answer has no network for the endpoint")]
        : unsearched(dns, network)),
    ],
  };
}

/** One look-up of an endpoint's name in a zone, as a client in a linked network would make it. */
export interface Lookup {
  readonly name: ExpectedName;
  readonly record: string;
  readonly zone: CitedZone;
  /** Where the answer is in the evidence, or would be. */
  readonly at: Pointer;
  /** `null`: there is no such record. */
  readonly saw: readonly string[] | null;
}

/** Looks a name up in the most specific zone that holds it, which is the one that answers. */
export function lookUp(name: ExpectedName, zones: readonly CitedZone[], suffix: string): readonly (Lookup | Unseen)[] {
  const holding = zones.filter(({ zone }) => recordName(name.fqdn, zone.name, suffix) !== null);
  const longest = Math.max(...holding.map(({ zone }) => zone.name.length));
  return holding
    .filter(({ zone }) => zone.name.length === longest)
    .map((cited) => {
      const { records, name: zone } = cited.zone;
      if (records.state !== 'observed') return records;
      const record = recordName(name.fqdn, zone, suffix) ?? '';
      const index = records.value.findIndex((found) => found.name.toLowerCase() === record);
      const at: Pointer = `${cited.at}/records/value`;
      return {
        name,
        record,
        zone: cited,
        at: index < 0 ? `${at}/${record}` : `${at}/${index}/ips`,
        saw: records.value[index]?.ips ?? null,
      };
    });
}

/** Who answers a network's DNS queries: Azure, so that linked zones decide; or servers of the user's. */
export type Resolver = { readonly azure: Observation } | { readonly servers: readonly string[] } | Unseen;

/** The address of Azure's own resolver in every network (Microsoft Learn, "What is IP address 168.63.129.16?"). */
const azureResolver = '168.63.129.16';

export function resolverOf(network: string, networks: readonly NetworkEvidence[]): Resolver {
  const index = networks.findIndex(({ id }) => sameId(id, network));
  const evidence = networks[index]?.network ?? notCollected(`network ${network} was not read`);
  if (evidence.state !== 'observed') return evidence;
  const { dnsServers: saw } = evidence.value;
  return saw.every((server) => server === azureResolver)
    ? {
        azure: {
          at: `networks/${index}/network/value/dnsServers`,
          saw,
          about: `DNS servers of ${evidence.value.name}`,
        },
      }
    : { servers: saw };
}

/** Why an unknown resolver decides nothing; `aside` names records that are wrong by the zone alone. */
export function resolverUnseen(
  network: string,
  resolver: Exclude<Resolver, { azure: Observation }>,
  aside: readonly string[] = [],
): Unseen {
  const name = parseId(network)?.name ?? network;
  const wrong = aside.length > 0 ? ` (by the zone alone, ${aside.join(', ')} would fail)` : '';
  if (!('servers' in resolver))
    return {
      ...resolver,
      reason: `whether network ${name} asks Azure's zones could not be seen: ${resolver.reason}${wrong}`,
    };
  const servers = resolver.servers.join(', ');
  return notCollected(
    `network ${name} asks its own DNS servers (${servers}), so that Azure's zones do not decide${wrong}`,
  );
}

export const isCommonZone = (zone: ZoneEvidence, suffix: string): boolean =>
  zone.name.toLowerCase() === zoneName(suffix).toLowerCase();

const named = (zones: readonly CitedZone[], name: string): boolean =>
  zones.some(({ zone }) => zone.name.toLowerCase() === name.toLowerCase());

/** A zone may be in a subscription nobody searched; where the network's own was searched, we say what was not found. */
export function unsearched(dns: PrivateDns, network: string): readonly Unseen[] {
  const subscription = network.split('/').slice(0, 3).join('/');
  return dns.searched.some((search) => sameId(search.subscription, subscription))
    ? []
    : [notCollected(`${subscription} was not searched for private DNS zones`)];
}
