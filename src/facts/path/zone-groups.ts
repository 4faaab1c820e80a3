import type { Unseen } from '../../model/evidence.ts';
import type { Observation } from '../../model/outcome.ts';
import { type CitedConnection, endpointName } from './endpoints.ts';
import { zoneName } from './private-dns.ts';

/** Which endpoints have a zone group that writes the registry's records. */
export interface ZoneGroups {
  readonly attached: readonly Observation[];
  readonly missing: readonly Groupless[];
  readonly unseen: readonly Unseen[];
}

export interface Groupless {
  readonly endpoint: string;
  readonly name: string;
  /** The endpoint's group for zones of other names. */
  readonly group: string | null;
  readonly seen: Observation;
}

/** A group for zones of another name writes nothing for a registry. */
export function zoneGroupsOf(approved: readonly CitedConnection[], suffix: string): ZoneGroups {
  const attached: Observation[] = [];
  const missing: Groupless[] = [];
  const unseen: Unseen[] = [];
  for (const { at, connection } of approved) {
    const groups =
      connection.endpoint.state === 'observed' ? connection.endpoint.value.zoneGroups : connection.endpoint;
    if (groups.state !== 'observed' || connection.endpoint.state !== 'observed') {
      if (groups.state !== 'observed') unseen.push(groups);
      continue;
    }
    const name = endpointName(connection);
    const list = `${at}/endpoint/value/zoneGroups/value` as const;
    const index = groups.value.findIndex(({ zones }) => zones.some((zone) => isRegistryZone(zone, suffix)));
    if (index >= 0) attached.push({ at: `${list}/${index}/zones`, saw: groups.value[index]?.zones, about: name });
    else
      missing.push({
        endpoint: connection.endpoint.value.id,
        group: groups.value[0]?.name ?? null,
        name,
        seen: { at: list, saw: groups.value, wanted: zoneName(suffix), about: name },
      });
  }
  return { attached, missing, unseen };
}

const isRegistryZone = (zone: string, suffix: string): boolean => zone.toLowerCase().endsWith(`/${zoneName(suffix)}`);
