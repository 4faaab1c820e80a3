import { idKey, lastPart, sameId } from '../model/ids.ts';
import { drop, found, having, isJson, type Json, keep, objectAt, objectsAt, propertiesOf, textAt } from './bodies.ts';
import {
  dataHost,
  type Effect,
  endpointOf,
  endpointsOf,
  regionsOf,
  serve,
  setConnections,
  settled,
  targets,
} from './made-endpoints.ts';
import { removeRecords, writeRecords } from './made-records.ts';
import { above, type ProviderPath, providerPath, typeOf, within } from './paths.ts';
import type { Resource, Tenant } from './tenant.ts';

/** The resource as Azure keeps it, after it has made what belongs to it. */
export const taken = (tenant: Tenant, parts: ProviderPath, resource: Resource): Resource =>
  (effects[idKey(typeOf(parts))] ?? settled)(tenant, resource);

/** What else goes when a resource is deleted. */
export function leave(tenant: Tenant, parts: ProviderPath, resource: Resource): void {
  if (sameId(typeOf(parts), 'Microsoft.Network/privateEndpoints')) {
    const owned = objectsAt(propertiesOf(resource), 'networkInterfaces').map((one) => textAt(one, 'id') ?? '');
    removeRecords(tenant, resource);
    for (const registry of targets(tenant, resource))
      setConnections(tenant, registry, (all) => all.filter((one) => endpointOf(one) !== idKey(resource.id)));
    drop(tenant, ({ id }) => owned.some((one) => sameId(one, id)));
  }
  drop(tenant, ({ id }) => within(id, resource.id));
}

const asWritten: Effect = (_, resource) => resource;

const effects: Readonly<Record<string, Effect>> = {
  'microsoft.containerregistry/registries': (tenant, resource) => {
    const sku = objectAt(resource, 'sku');
    const named = { ...resource, sku: { ...sku, tier: sku['name'] } };
    const properties = propertiesOf(named);
    const regions = properties['dataEndpointEnabled'] === true ? regionsOf(tenant, named) : [];
    const rules = sku['name'] === 'Premium' ? { defaultAction: 'Allow', ipRules: [] } : null;
    return having(named, {
      provisioningState: 'Succeeded',
      dataEndpointHostNames: regions.map((region) => dataHost(named, region)),
      networkRuleSet: isJson(properties['networkRuleSet']) ? properties['networkRuleSet'] : rules,
    });
  },
  'microsoft.containerregistry/registries/replications': (tenant, resource) => {
    const made = having(resource, {
      provisioningState: 'Succeeded',
      status: { displayStatus: 'Ready', timestamp: tenant.now },
      regionEndpointEnabled: propertiesOf(resource)['regionEndpointEnabled'] ?? true,
    });
    keep(tenant, made);
    const registry = found(tenant, above(above(resource.id)));
    if (registry) for (const endpoint of endpointsOf(tenant, registry)) serve(tenant, endpoint);
    return made;
  },
  // az writes back the names of the passwords that stay; that their dates stay with them is not verified.
  'microsoft.containerregistry/registries/tokens': (tenant, resource) => {
    const credentials = objectAt(propertiesOf(resource), 'credentials');
    const before = objectsAt(objectAt(propertiesOf(found(tenant, resource.id) ?? {}), 'credentials'), 'passwords');
    const passwords = objectsAt(credentials, 'passwords').map((one) => ({
      ...before.find((known) => textAt(known, 'name') === textAt(one, 'name')),
      ...Object.fromEntries(Object.entries(one).filter(([, value]) => value !== null)),
    }));
    return having(resource, { provisioningState: 'Succeeded', credentials: { ...credentials, passwords } });
  },
  'microsoft.network/privatednszones': (_, resource) =>
    having({ ...resource, location: 'global' }, { provisioningState: 'Succeeded', numberOfRecordSets: 1 }),
  'microsoft.network/privatednszones/virtualnetworklinks': (_, resource) =>
    having(
      { ...resource, location: 'global' },
      { provisioningState: 'Succeeded', virtualNetworkLinkState: 'Completed', ...unlessGiven(resource) },
    ),
  'microsoft.network/privatednszones/a': (_, resource) => {
    const zone = lastPart(above(above(resource.id)));
    const properties = propertiesOf(resource);
    return {
      ...resource,
      properties: {
        ...properties,
        aRecords: properties['aRecords'] ?? [],
        ttl: properties['ttl'] ?? properties['TTL'] ?? 3600,
        fqdn: `${lastPart(resource.id)}.${zone}.`,
        isAutoRegistered: false,
      },
    };
  },
  'microsoft.network/privateendpoints': (tenant, resource) => serve(tenant, resource),
  'microsoft.network/privateendpoints/privatednszonegroups': (tenant, resource) => {
    const made = settled(tenant, resource);
    keep(tenant, made);
    const endpoint = found(tenant, above(above(resource.id)));
    if (endpoint) writeRecords(tenant, endpoint);
    return found(tenant, resource.id) ?? made;
  },
  'microsoft.authorization/roleassignments': (_, resource) =>
    having(resource, { scope: providerPath(resource.id)?.scope ?? '' }),
  'microsoft.authorization/locks': asWritten,
  'microsoft.insights/diagnosticsettings': asWritten,
  'microsoft.security/pricings': asWritten,
};

const unlessGiven = (resource: Resource): Json => ({
  resolutionPolicy: propertiesOf(resource)['resolutionPolicy'] ?? 'Default',
});
