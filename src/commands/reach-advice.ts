import type { Reach } from '../facts/path/reach.ts';
import type { Advice, Hop, Stop } from '../facts/path/reach-hops.ts';
import type { Registry } from '../model/facets/registry.ts';
import { parentId, parseId } from '../model/ids.ts';
import { addRecord, linkZone, listFallbacks, listLinks, listRecords, listZones, removeRecord } from './dns.ts';
import { azOf } from './table.ts';
import { flags, word } from './words.ts';

/** Every distinct thing that stops pulls, broken ones first. Commands carry placeholders as steps do. */
export function stopsOf({ from }: Pick<Reach, 'from'>, registry: Registry, suffix: string): readonly Stop[] {
  const found = new Map<string, Stop>();
  for (const { name: place, regions } of from)
    for (const { region, stopped, can } of regions) {
      if (stopped === null || can === 'yes') continue;
      const { name, hop } = stopped;
      const key = JSON.stringify([name, hop]);
      const stop = found.get(key) ?? { can, name, hop, where: [], ...adviceFor(hop, name, registry, suffix) };
      const own = stop.where.find((one) => one.from === place);
      const others = stop.where.filter((one) => one !== own);
      found.set(key, { ...stop, where: [...others, { from: place, regions: [...(own?.regions ?? []), region] }] });
    }
  return [...found.values()].sort((a, b) => Number(a.can === 'unknown') - Number(b.can === 'unknown'));
}

/** The advice for one hop of one name. `name` is the name that stops there, `suffix` the cloud's registry suffix. */
function adviceFor(hop: Hop, name: string, { loginServer }: Registry, suffix: string): Advice {
  const login = name.toLowerCase() === loginServer?.toLowerCase();
  const fails = login ? 'nobody there can log in' : 'login works, then pulls from that region hang on layers';
  const nslookup = (network: string) => `nslookup ${word(name)}  # on a machine in ${labelOf(network)}`;
  const connections =
    'az acr private-endpoint-connection list --registry-name <registry> --subscription <subscription> --query "[].{endpoint:privateEndpoint.id, status:privateLinkServiceConnectionState.status}"';
  switch (hop.kind) {
    case 'no-endpoint':
      return {
        problem:
          hop.pending.length > 0
            ? `the private endpoint waits for approval: ${hop.pending.map(({ endpoint }) => endpoint).join(', ')}`
            : 'there is no approved private endpoint, and the public endpoint refuses',
        symptom: `${name} resolves to a public address, and docker login gets 403`,
        confirm: [connections],
        fix:
          hop.pending.length > 0
            ? hop.pending.map(
                ({ connection }) =>
                  `az acr private-endpoint-connection approve --registry-name <registry> --subscription <subscription> --name ${word(connection)}`,
              )
            : [
                'make a private endpoint with its zone; until then, for those who must pull today:',
                'az acr update --name <registry> --subscription <subscription> --public-network-enabled true',
              ],
      };
    case 'not-linked':
      return {
        problem: `network ${labelOf(hop.network)} is not linked to ${hop.zone === null ? `any zone privatelink.${suffix}` : zoneOf(hop.zone)}`,
        symptom: `${name} resolves to a public address, and docker login gets 403`,
        confirm: [
          hop.zone === null ? listZones(hop.network, `privatelink.${suffix}`) : listLinks(hop.zone),
          nslookup(hop.network),
        ],
        fix:
          hop.zone === null
            ? [`make a zone privatelink.${suffix}, link it to ${labelOf(hop.network)}, and attach it to the endpoint`]
            : [azOf(linkZone(hop.zone, hop.network))],
      };
    case 'falls-back':
      return {
        problem: `${hop.record} is missing in ${zoneOf(hop.zone)}, and the link falls back to the internet`,
        symptom: `${name} resolves to a public address, which refuses: ${fails}`,
        confirm: [listRecords(hop.zone), listFallbacks(hop.zone)],
        fix: recordFix(hop.zone, hop.record, [], hop.wanted),
      };
    case 'no-record':
      return {
        problem: `${hop.record} is missing in ${zoneOf(hop.zone)}`,
        symptom: `${name} is NXDOMAIN: ${fails}`,
        confirm: [listRecords(hop.zone)],
        fix: recordFix(hop.zone, hop.record, [], hop.wanted),
      };
    case 'wrong-record':
      return {
        problem: `${hop.record} in ${zoneOf(hop.zone)} is ${hop.saw.join(', ') || 'empty'}, which no endpoint has for it`,
        symptom: `${name} leads to the wrong address: ${login ? 'docker login times out there' : fails}`,
        confirm: [listRecords(hop.zone), connections],
        fix: recordFix(hop.zone, hop.record, hop.saw, hop.wanted),
      };
    case 'no-member':
      return {
        problem: `endpoint ${hop.endpoint} has no address for ${hop.region ?? 'the login server'}`,
        symptom: `${name} is NXDOMAIN: ${fails}`,
        confirm: [connections],
        fix: [
          `see whether the connection of ${hop.endpoint} waits for approval since the replica was added; else make the endpoint anew, or the replica`,
        ],
      };
    case 'no-route':
      return {
        problem: `${labelOf(hop.from)} has no way to endpoint ${hop.endpoint} in ${labelOf(hop.to)}: neither peering nor gateway`,
        symptom: `${name} resolves to a private address, and the connection times out`,
        confirm: [listPeerings(hop.from)],
        fix: [
          `peer the two networks in both directions, or give ${labelOf(hop.from)} its own endpoint with its own zone`,
        ],
      };
    case 'own-dns':
      return {
        problem: `${labelOf(hop.network)} asks its own DNS servers (${hop.servers.join(', ')}), which may answer anything`,
        symptom: `right where they forward to Azure from a network that is linked to privatelink.${suffix}; public or NXDOMAIN where not`,
        confirm: [nslookup(hop.network)],
        fix: [],
      };
    case 'indirect':
      return {
        problem: `${name} leads to endpoint ${hop.endpoint} in ${labelOf(hop.to)}, with which ${labelOf(hop.from)} is not peered`,
        symptom: 'works where a hub, a gateway or a virtual WAN connects the two; times out where not',
        confirm: [listPeerings(hop.from), nslookup(hop.from)],
        fix: [],
      };
    case 'egress':
      return {
        problem: `${name} leads to the public endpoint, which answers listed addresses only`,
        symptom: 'works where a rule lists the address that the network leaves by; 403 where not',
        confirm: ['az acr network-rule list --name <registry> --subscription <subscription>'],
        fix: [],
      };
    case 'unnamed-network':
      return {
        problem: `AKS made the cluster's network itself, in ${hop.nodeResourceGroup ?? 'its node resource group'}`,
        symptom: 'works where somebody linked and peered that network',
        confirm: [
          `az network vnet list --subscription ${word(hop.cluster.split('/')[2] ?? '<subscription>')} --resource-group ${word(hop.nodeResourceGroup ?? '<node-resource-group>')} --query "[].id"`,
        ],
        fix: [],
      };
    case 'unseen':
      return { problem: hop.reason, symptom: 'not known', confirm: [], fix: [] };
  }
}

const recordFix = (zone: string, record: string, stale: readonly string[], wanted: readonly string[] | null) => [
  ...stale.map((ip) => azOf(removeRecord(zone, record, ip))),
  ...(wanted ?? ['<address-of-the-endpoint>']).map((ip) => azOf(addRecord(zone, record, ip))),
];

const listPeerings = (network: string): string =>
  `az network vnet peering list ${flags(network)} --vnet-name ${word(labelOf(network))} --query "[].{remote:remoteVirtualNetwork.id, state:peeringState}"`;

const labelOf = (id: string): string => parseId(id)?.name ?? id;

/** The zone's name and where it is, for there are often several of a name. */
const zoneOf = (id: string): string => `zone ${labelOf(id)} (${parseId(id)?.resourceGroup ?? parentId(id)})`;
