import { endpointWithout, wantedFor } from '../facts/path/arrive.ts';
import { type CitedConnection, endpointOf } from '../facts/path/endpoints.ts';
import type { PathFacts } from '../facts/path/facts.ts';
import type { RegistryName } from '../facts/path/names.ts';
import type { Fallback } from '../facts/path/records.ts';
import type { RecordStop } from '../facts/path/stops.ts';
import { labelOf } from '../facts/path/words.ts';
import { zoneName, zoneWords } from '../facts/path/zones.ts';
import type { PrivateEndpoint } from '../model/facets/private-endpoints.ts';
import { sameId } from '../model/ids.ts';
import type { Step } from '../model/step.ts';
import { addRecord, fallBack, keepPrivate, removeRecord } from './dns.ts';
import { approvals } from './endpoint-steps.ts';
import { addToZoneGroup, attachZoneGroup } from './endpoints.ts';
import { manual } from './manual.ts';

/** Steps that give a zone the records for which a link of it falls back to public DNS, and then close the fallback. */
export function mendFallback({ link, zone, gaps }: Fallback, facts: PathFacts): readonly Step[] {
  const records = gaps.flatMap(({ record, name }) => {
    const endpoint = facts.connections.approved.map(endpointOf).find((one) => one !== null);
    const network = endpoint?.network ?? '';
    return noRecordSteps({ zone, link, record, wanted: wantedFor(name, network, facts) }, name, network, facts);
  });
  return [...records, keepPrivate(zone, link)];
}

/** What a zone lacks: written by a zone group, so that it stays right; by hand only where the group writes here already. */
export function noRecordSteps(
  stop: RecordStop,
  name: RegistryName,
  network: string,
  facts: PathFacts,
): readonly Step[] {
  if (facts.connections.approved.length === 0)
    return [
      fallBack(stop.zone, stop.link),
      manual(
        `Or give ${labelOf(network)} a private endpoint of its own on the registry. Never add a record with the address of somebody else's endpoint.`,
      ),
    ];
  const endpoint = endpointWithout(name, network, facts);
  return endpoint === null ? recordSteps(stop, [], network, facts) : memberSteps(endpoint, name, facts);
}

/** What gives an endpoint that was read an address that it lacks: no record can lead to it before. */
export const memberSteps = (endpoint: string, { fqdn, region }: RegistryName, facts: PathFacts): readonly Step[] => [
  ...approvals(facts.connections.pending),
  manual(
    `Give ${endpoint} an address for ${region ?? 'the login server'}: mend the replica if it is Failed, else make the endpoint anew with dynamic addresses. Until then no record can lead to ${fqdn}.`,
  ),
];

export function recordSteps(
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
          `The zone group of ${endpoint.name} writes to zone ${zoneWords(id)}, and ${labelOf(network)} asks ${zoneWords(zone)}: once the records are there, remove the other zone from the group if no network needs it.`,
        ),
      ),
    ];
  if (wanted === null)
    return [
      manual(
        `Find out which endpoint ${labelOf(network)} is to use, and let its zone group write ${record} to zone ${zoneWords(zone)}: which address is right is not known.`,
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
