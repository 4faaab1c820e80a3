import type { DnsCommand } from '../model/command.ts';
import { observed } from '../model/evidence.ts';
import type { AddressRecord, NetworkLink, ZoneEvidence } from '../model/facets/private-dns.ts';
import { lastPart, parentId, sameId } from '../model/ids.ts';
import type { KnownFacts } from '../model/step.ts';
import { refusedLink, refusedZoneDelete } from './constraints.ts';
import { back, nothing, oneOf, type Traits } from './trait.ts';
import { asking, flags, quoted, word } from './words.ts';

export * from './dns-queries.ts';

/** A zone that only the reader knows, for the general steps of a check: `<registry-suffix>` is filled in by the cloud. */
export const someZone = (suffix = '<registry-suffix>'): string =>
  `/subscriptions/<dns-subscription>/resourceGroups/<dns-group>/providers/Microsoft.Network/privateDnsZones/privatelink.${suffix}`;

/** The id of a zone in the group of a network or an endpoint. */
export const zoneBeside = (resource: string, zone: string): string => `${parentId(resource)}/privateDnsZones/${zone}`;

/** `az network private-dns record-set a add-record`: makes the record where there is none. */
export const addRecord = (zone: string, record: string, ip: string): DnsCommand => ({
  kind: 'dns.record.add',
  zone,
  record,
  ip,
});

/** `az network private-dns record-set a remove-record`: removes the record with its last address. */
export const removeRecord = (zone: string, record: string, ip: string): DnsCommand => ({
  kind: 'dns.record.remove',
  zone,
  record,
  ip,
});

/** `az network private-dns zone create`; the id says where. */
export const createZone = (zone: string): DnsCommand => ({ kind: 'dns.zone.create', zone });

/** `az network private-dns link vnet create`, without registration of the network's own machines. */
export const linkZone = (zone: string, network: string, name = lastPart(network)): DnsCommand => ({
  kind: 'dns.link.create',
  zone,
  network,
  name,
});

/** Has a link answer NXDOMAIN for what its zone does not hold; az has a flag of its own for it only after 2.45. */
export const keepPrivate = (zone: string, link: string): DnsCommand => ({
  kind: 'dns.link.resolve',
  zone,
  name: link,
  policy: 'Default',
});

/** Has a link ask public DNS for what its zone does not hold. */
export const fallBack = (zone: string, link: string): DnsCommand => ({
  kind: 'dns.link.resolve',
  zone,
  name: link,
  policy: 'NxDomainRedirect',
});

/** The records with one changed; a record without an address is gone. */
export function withRecord(
  records: readonly AddressRecord[],
  name: string,
  change: (ips: readonly string[]) => readonly string[],
): readonly AddressRecord[] {
  const index = records.findIndex((record) => record.name.toLowerCase() === name.toLowerCase());
  const ips = change(records[index]?.ips ?? []);
  if (ips.length === 0) return records.filter((_, other) => other !== index);
  return index < 0
    ? [...records, { name, ips }]
    : records.map((record, other) => (other === index ? { ...record, ips } : record));
}

const onZones = (facts: KnownFacts, change: (zones: readonly ZoneEvidence[]) => readonly ZoneEvidence[]): KnownFacts =>
  facts.privateDns ? { ...facts, privateDns: { ...facts.privateDns, zones: change(facts.privateDns.zones) } } : facts;

/** An effect on the records of one zone, where they were seen. */
export const onRecords = (
  facts: KnownFacts,
  zone: string,
  change: (records: readonly AddressRecord[]) => readonly AddressRecord[],
): KnownFacts =>
  onZones(facts, (zones) =>
    zones.map((found) =>
      sameId(found.id, zone) && found.records.state === 'observed'
        ? { ...found, records: { ...found.records, value: change(found.records.value) } }
        : found,
    ),
  );

const onLinks = (
  facts: KnownFacts,
  zone: string,
  change: (links: readonly NetworkLink[]) => readonly NetworkLink[],
): KnownFacts =>
  onZones(facts, (zones) =>
    zones.map((found) =>
      sameId(found.id, zone) && found.links.state === 'observed'
        ? { ...found, links: { ...found.links, value: change(found.links.value) } }
        : found,
    ),
  );

const zoneIn = ({ privateDns }: KnownFacts, id: string): ZoneEvidence | undefined =>
  privateDns?.zones.find((zone) => sameId(zone.id, id));

const linkIn = (facts: KnownFacts, zone: string, name: string): NetworkLink | undefined => {
  const links = zoneIn(facts, zone)?.links;
  return links?.state === 'observed' ? links.value.find((link) => sameId(link.name, name)) : undefined;
};

const ipsIn = (facts: KnownFacts, zone: string, record: string): readonly string[] => {
  const records = zoneIn(facts, zone)?.records;
  return records?.state === 'observed'
    ? (records.value.find(({ name }) => name.toLowerCase() === record.toLowerCase())?.ips ?? [])
    : [];
};

const linkTo = (network: string, name: string): NetworkLink => ({
  name,
  network,
  state: 'Completed',
  provisioningState: 'Succeeded',
  resolutionPolicy: 'Default',
});

const inZone = (zone: string): string => `${flags(zone)} --zone-name ${word(lastPart(zone))}`;
const ofRecord = (zone: string, record: string): string => `${inZone(zone)} --record-set-name ${word(record)}`;
const linkAt = (zone: string, name: string): string => `${zone}/virtualNetworkLinks/${name}`;
const recordAt = (zone: string, record: string): string => `${zone}/A/${record}`;

const zoneCount = (zone: string): string =>
  `az network private-dns zone list ${flags(zone)} ${asking(`length([?name==${quoted(lastPart(zone))}])`)}`;

const addressCount = (zone: string, record: string, ip: string): string =>
  `az network private-dns record-set a list ${inZone(zone)} ${asking(`length([?name==${quoted(record)}].aRecords[] | [?ipv4Address==${quoted(ip)}])`)}`;

export const dnsTraits: Traits<DnsCommand> = {
  'dns.zone.create': {
    az: ({ zone }) => `az network private-dns zone create ${flags(zone)} --name ${word(lastPart(zone))}`,
    apply: (facts, { zone }) =>
      onZones(facts, (zones) =>
        zones.some(({ id }) => sameId(id, zone))
          ? zones
          : [
              ...zones,
              { id: zone, name: lastPart(zone), records: observed([]), aliases: observed([]), links: observed([]) },
            ],
      ),
    target: ({ zone }) => zone,
    undo: ({ zone }, before) => (zoneIn(before, zone) ? [] : [{ kind: 'dns.zone.delete', zone }]),
    verify: ({ zone }) => ({ az: zoneCount(zone), prints: '1' }),
    ends: nothing,
  },
  'dns.zone.delete': {
    az: ({ zone }) => `az network private-dns zone delete ${flags(zone)} --name ${word(lastPart(zone))} --yes`,
    apply: (facts, { zone }) => onZones(facts, (zones) => zones.filter(({ id }) => !sameId(id, zone))),
    refuse: (facts, { zone }) => refusedZoneDelete(zoneIn(facts, zone)),
    target: ({ zone }) => zone,
    deletes: true,
    undo: () => ({ cannot: 'The records of the zone are gone with it.' }),
    verify: ({ zone }) => ({ az: zoneCount(zone), prints: '0' }),
    ends: () => 'way',
  },
  'dns.link.create': {
    az: ({ zone, network, name }) =>
      `az network private-dns link vnet create ${inZone(zone)} --name ${word(name)} --virtual-network ${word(network)} --registration-enabled false`,
    apply: (facts, { zone, network, name }) =>
      onLinks(facts, zone, (links) =>
        links.some((link) => sameId(link.network ?? '', network)) ? links : [...links, linkTo(network, name)],
      ),
    refuse: ({ privateDns }, { zone, network, name }) => refusedLink(privateDns?.zones ?? [], zone, network, name),
    target: ({ zone, name }) => linkAt(zone, name),
    undo: ({ zone, name }) => [{ kind: 'dns.link.delete', zone, name }],
    verify: ({ zone, name }) => ({
      az: `az network private-dns link vnet show ${inZone(zone)} --name ${word(name)} ${asking('virtualNetworkLinkState')}`,
      prints: 'Completed',
    }),
    ends: nothing,
  },
  'dns.link.delete': {
    az: ({ zone, name }) => `az network private-dns link vnet delete ${inZone(zone)} --name ${word(name)} --yes`,
    apply: (facts, { zone, name }) => onLinks(facts, zone, (links) => links.filter((link) => !sameId(link.name, name))),
    target: ({ zone, name }) => linkAt(zone, name),
    deletes: true,
    undo: ({ zone, name }, before) => {
      const link = linkIn(before, zone, name);
      return link?.network ? [linkZone(zone, link.network, name)] : { cannot: 'Which network it linked is not known.' };
    },
    verify: ({ zone, name }) => ({
      az: `az network private-dns link vnet list ${inZone(zone)} ${asking(`length([?name==${quoted(name)}])`)}`,
      prints: '0',
    }),
    ends: () => 'way',
  },
  'dns.link.resolve': {
    az: ({ zone, name, policy }) =>
      `az resource update --ids ${word(linkAt(zone, name))} --api-version 2024-06-01 --set properties.resolutionPolicy=${policy}`,
    apply: (facts, { zone, name, policy }) =>
      onLinks(facts, zone, (links) =>
        links.map((link) => (sameId(link.name, name) ? { ...link, resolutionPolicy: policy } : link)),
      ),
    target: ({ zone, name }) => linkAt(zone, name),
    undo: ({ zone, name }, before) =>
      back(oneOf(linkIn(before, zone, name)?.resolutionPolicy, ['Default', 'NxDomainRedirect']), (policy) => ({
        kind: 'dns.link.resolve',
        zone,
        name,
        policy,
      })),
    verify: ({ zone, name, policy }) => ({
      az: `az resource show --ids ${word(linkAt(zone, name))} --api-version 2024-06-01 ${asking('properties.resolutionPolicy')}`,
      prints: policy,
    }),
    ends: ({ policy }) => (policy === 'Default' ? 'way' : null),
  },
  'dns.record.add': {
    az: ({ zone, record, ip }) =>
      `az network private-dns record-set a add-record ${ofRecord(zone, record)} --ipv4-address ${word(ip)}`,
    apply: (facts, { zone, record, ip }) =>
      onRecords(facts, zone, (records) =>
        withRecord(records, record, (ips) => (ips.includes(ip) ? ips : [...ips, ip])),
      ),
    target: ({ zone, record }) => recordAt(zone, record),
    undo: ({ zone, record, ip }, before) =>
      ipsIn(before, zone, record).includes(ip) ? [] : [removeRecord(zone, record, ip)],
    verify: ({ zone, record, ip }) => ({ az: addressCount(zone, record, ip), prints: '1' }),
    ends: nothing,
  },
  'dns.record.remove': {
    az: ({ zone, record, ip }) =>
      `az network private-dns record-set a remove-record ${ofRecord(zone, record)} --ipv4-address ${word(ip)}`,
    apply: (facts, { zone, record, ip }) =>
      onRecords(facts, zone, (records) => withRecord(records, record, (ips) => ips.filter((other) => other !== ip))),
    target: ({ zone, record }) => recordAt(zone, record),
    undo: ({ zone, record, ip }, before) =>
      ipsIn(before, zone, record).includes(ip) ? [addRecord(zone, record, ip)] : [],
    verify: ({ zone, record, ip }) => ({ az: addressCount(zone, record, ip), prints: '0' }),
    ends: () => 'way',
  },
};
