import { type Observation, type Unknown, unseen } from '../../model/outcome.ts';
import { type CitedConnection, endpointName } from './endpoints.ts';
import { zoneName } from './zones.ts';

/** Whether an endpoint has a zone group that writes the registry's records. */
export type ZoneGroupState =
  | { readonly state: 'attached'; readonly name: string; readonly seen: Observation }
  | { readonly state: 'unseen'; readonly name: string; readonly why: Unknown }
  | {
      readonly state: 'absent';
      readonly name: string;
      /** Id of the endpoint. */
      readonly endpoint: string;
      /** The endpoint's group for zones of other names, which writes nothing for a registry. */
      readonly group: string | null;
      readonly seen: Observation;
    };

/** The zone groups of endpoints. */
export const zoneGroupsOf = (approved: readonly CitedConnection[], suffix: string): readonly ZoneGroupState[] =>
  approved.map(({ at, connection }): ZoneGroupState => {
    const { endpoint } = connection;
    const name = endpointName(connection);
    if (endpoint.state !== 'observed') return { state: 'unseen', name, why: unseen(endpoint) };
    const groups = endpoint.value.zoneGroups;
    if (groups.state !== 'observed') return { state: 'unseen', name, why: unseen(groups) };
    const list = `${at}/endpoint/value/zoneGroups/value` as const;
    const index = groups.value.findIndex(({ zones }) => zones.some((zone) => isRegistryZone(zone, suffix)));
    return index >= 0
      ? {
          state: 'attached',
          name,
          seen: { at: `${list}/${index}/zones`, saw: groups.value[index]?.zones, about: name },
        }
      : {
          state: 'absent',
          name,
          endpoint: endpoint.value.id,
          group: groups.value[0]?.name ?? null,
          seen: { at: list, saw: groups.value, wanted: zoneName(suffix), about: name },
        };
  });

const isRegistryZone = (zone: string, suffix: string): boolean => zone.toLowerCase().endsWith(`/${zoneName(suffix)}`);
