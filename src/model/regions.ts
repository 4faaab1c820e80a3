import { regionName } from './replicas.ts';

/**
 * Which Azure regions have availability zones.
 *
 * Source of the public cloud: "List of Azure regions", MicrosoftDocs/reliability-docs,
 * articles/reliability/regions-list.md, page of 2025-09-23, read from the repository in November 2026.
 * https://learn.microsoft.com/azure/reliability/regions-list
 * Source of the sovereign clouds: "Azure regions that support availability zones",
 * MicrosoftDocs/azure-docs, articles/reliability/availability-zones-service-support.md (US Gov Virginia and China
 * North 3 have zones); of their other regions the page says nothing, so they are not in the table.
 *
 * A region that is not here is unknown, never "without zones": Azure adds zones and regions faster than tables do.
 */
export const zonesAsOf = '2025-09-23';

const withZones = `
  australiaeast austriaeast belgiumcentral brazilsouth canadacentral centralindia centralus chilecentral denmarkeast
  eastasia eastus eastus2 francecentral germanywestcentral indonesiacentral israelcentral italynorth japaneast japanwest
  koreacentral malaysiawest mexicocentral newzealandnorth northeurope norwayeast polandcentral qatarcentral
  southafricanorth southcentralus southeastasia spaincentral swedencentral switzerlandnorth uaenorth uksouth westeurope
  westus2 westus3 usgovvirginia chinanorth3
`;

const withoutZones = `
  australiacentral australiacentral2 australiasoutheast brazilsoutheast canadaeast francesouth germanynorth koreasouth
  northcentralus norwaywest southafricawest southindia switzerlandwest uaecentral ukwest westcentralus westindia westus
`;

const table: ReadonlyMap<string, boolean> = new Map([
  ...words(withZones).map((region) => [region, true] as const),
  ...words(withoutZones).map((region) => [region, false] as const),
]);

/** `null`: the table does not know the region. */
export const hasZones = (location: string): boolean | null => table.get(regionName(location)) ?? null;

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
