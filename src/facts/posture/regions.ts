import { zones } from './region-zones.ts';
import { regionName } from './replicas.ts';

export { zonesAsOf } from './region-zones.ts';

/**
 * The regions of the sovereign clouds that are known to have zones (MicrosoftDocs/azure-docs,
 * articles/reliability/availability-zones-service-support.md, and its page for Azure in China). Of their other regions
 * neither page says anything.
 */
const sovereign: Readonly<Record<string, boolean>> = { chinanorth3: true, usgovvirginia: true };

/**
 * `null`: the table does not know the region, which is not the same as a region without zones: Azure adds zones and
 * regions faster than tables do.
 */
export function hasZones(location: string): boolean | null {
  const region = regionName(location);
  const table = [zones, sovereign].find((known) => Object.hasOwn(known, region));
  return table?.[region] ?? null;
}

/** The regions of all clouds of which we know that they have zones, or that they have none. */
export const regionsKnown = (have: boolean): readonly string[] =>
  Object.entries({ ...zones, ...sovereign }).flatMap(([region, has]) => (has === have ? [region] : []));
