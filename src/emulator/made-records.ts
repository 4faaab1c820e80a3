import { lastPart, sameId } from '../model/ids.ts';
import { drop, having, keep, merged, objectsAt, propertiesOf, textAt } from './bodies.ts';
import { above } from './paths.ts';
import type { Resource, Tenant } from './tenant.ts';

const groupsOf = (tenant: Tenant, endpoint: Resource): readonly Resource[] =>
  tenant.resources.filter(({ id }) => sameId(above(id), `${endpoint.id}/privateDnsZoneGroups`));

/** The A records of an endpoint's zone groups, which Azure keeps in step with its addresses. */
export function writeRecords(tenant: Tenant, endpoint: Resource): void {
  for (const group of groupsOf(tenant, endpoint)) {
    const zones = objectsAt(propertiesOf(group), 'privateDnsZoneConfigs').map((config) => {
      const zone = textAt(propertiesOf(config), 'privateDnsZoneId') ?? '';
      const recordSets = objectsAt(propertiesOf(endpoint), 'customDnsConfigs').map((one) =>
        recordSet(zone, textAt(one, 'fqdn') ?? '', one['ipAddresses']),
      );
      for (const { recordSetName, ipAddresses, fqdn } of recordSets)
        keep(tenant, {
          id: `${zone}/A/${recordSetName}`,
          name: recordSetName,
          type: 'Microsoft.Network/privateDnsZones/A',
          properties: {
            metadata: { creator: `created by private endpoint ${lastPart(endpoint.id)}` },
            fqdn: `${fqdn}.`,
            ttl: 10,
            aRecords: ipAddresses.map((ipv4Address) => ({ ipv4Address })),
            isAutoRegistered: false,
          },
        });
      return { ...config, properties: merged(propertiesOf(config), { provisioningState: 'Succeeded', recordSets }) };
    });
    keep(tenant, having(group, { privateDnsZoneConfigs: zones }));
  }
}

/** `name.azurecr.io` is the record `name` of the zone `privatelink.azurecr.io`. */
function recordSet(zone: string, fqdn: string, addresses: unknown) {
  const zoneName = lastPart(zone);
  const recordSetName = fqdn.replace(/\.azurecr\.[a-z]+$/i, '');
  const ipAddresses = Array.isArray(addresses) ? addresses.map(String) : [];
  return { recordType: 'A', recordSetName, fqdn: `${recordSetName}.${zoneName}`, ttl: 10, ipAddresses };
}

/** The records that go with an endpoint. */
export function removeRecords(tenant: Tenant, endpoint: Resource): void {
  const records = groupsOf(tenant, endpoint).flatMap((group) =>
    objectsAt(propertiesOf(group), 'privateDnsZoneConfigs').flatMap((config) =>
      objectsAt(propertiesOf(config), 'recordSets').map(
        (one) => `${textAt(propertiesOf(config), 'privateDnsZoneId')}/A/${textAt(one, 'recordSetName')}`,
      ),
    ),
  );
  drop(tenant, ({ id }) => records.some((record) => sameId(record, id)));
}
