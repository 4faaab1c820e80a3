import { idKey, lastPart, sameId } from '../model/ids.ts';
import { drop, found, isJson, type Json, keep, merged, objectAt, objectsAt, propertiesOf, textAt } from './bodies.ts';
import { above, type ProviderPath, providerPath, typeOf, within } from './paths.ts';
import type { Resource, Tenant } from './tenant.ts';
import { connectionsOf } from './write-refusals.ts';

/** What Azure adds to a body that it takes: states, names, and what it makes beside it. */
type Effect = (tenant: Tenant, resource: Resource) => Resource;

/** The resource as Azure keeps it, after it has made what belongs to it. */
export const taken = (tenant: Tenant, parts: ProviderPath, resource: Resource): Resource =>
  (effects[idKey(typeOf(parts))] ?? settled)(tenant, resource);

/** What else goes when a resource is deleted. */
export function leave(tenant: Tenant, parts: ProviderPath, resource: Resource): void {
  if (sameId(typeOf(parts), 'Microsoft.Network/privateEndpoints')) {
    const owned = objectsAt(propertiesOf(resource), 'networkInterfaces').map((one) => textAt(one, 'id') ?? '');
    removeRecords(tenant, resource);
    for (const { registry } of targets(tenant, resource))
      setConnections(tenant, registry, (all) => all.filter((one) => endpointOf(one) !== idKey(resource.id)));
    drop(tenant, ({ id }) => owned.some((one) => sameId(one, id)));
  }
  drop(tenant, ({ id }) => within(id, resource.id));
}

const having = (resource: Resource, change: Json): Resource => ({
  ...resource,
  properties: merged(propertiesOf(resource), change),
});

const settled: Effect = (_, resource) => having(resource, { provisioningState: 'Succeeded' });

const asWritten: Effect = (_, resource) => resource;

const effects: Readonly<Record<string, Effect>> = {
  'microsoft.containerregistry/registries': (tenant, resource) => {
    const sku = objectAt(resource, 'sku');
    const named = { ...resource, sku: { ...sku, tier: sku['name'] } };
    const properties = propertiesOf(named);
    const regions = properties['dataEndpointEnabled'] === true ? regionsOf(tenant, named) : [];
    const server = textAt(properties, 'loginServer') ?? '';
    const [name = '', ...rest] = server.split('.');
    const hosts = regions.map((region) => `${name}.${region}.data.${rest.join('.')}`);
    const rules = sku['name'] === 'Premium' ? { defaultAction: 'Allow', ipRules: [] } : null;
    return having(named, {
      provisioningState: 'Succeeded',
      dataEndpointHostNames: hosts,
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

/** The regions of a registry: its home, and those of its replicas. */
function regionsOf(tenant: Tenant, registry: Resource): readonly string[] {
  const replicas = tenant.resources.filter(
    ({ id }) => within(id, registry.id) && sameId(providerPath(id)?.types.join('/') ?? '', 'registries/replications'),
  );
  const all = [registry, ...replicas].map((one) => String(one['location']));
  return [...new Set(all)];
}

const endpointOf = (connection: Json): string =>
  idKey(textAt(objectAt(propertiesOf(connection), 'privateEndpoint'), 'id') ?? '');

/** The registries that an endpoint leads to. */
const targets = (tenant: Tenant, endpoint: Json) =>
  connectionsOf(endpoint).flatMap((connection) => {
    const registry = found(tenant, textAt(propertiesOf(connection), 'privateLinkServiceId') ?? '');
    return registry ? [{ connection, registry }] : [];
  });

const endpointsOf = (tenant: Tenant, registry: Resource): readonly Resource[] =>
  tenant.resources.filter(
    (one) =>
      sameId(providerPath(one.id)?.types.join('/') ?? '', 'privateEndpoints') &&
      targets(tenant, one).some((target) => sameId(target.registry.id, registry.id)),
  );

function setConnections(tenant: Tenant, registry: Resource, change: (all: readonly Json[]) => readonly Json[]): void {
  const before = objectsAt(propertiesOf(registry), 'privateEndpointConnections');
  keep(tenant, having(registry, { privateEndpointConnections: change(before) }));
}

/** The address of each name of a registry, from the first free of the subnet; what has one keeps it. */
function serve(tenant: Tenant, resource: Resource): Resource {
  const [target] = targets(tenant, resource);
  const subnet = textAt(objectAt(propertiesOf(resource), 'subnet'), 'id') ?? '';
  if (!target) return settled(tenant, resource);
  const { registry } = target;
  const server = textAt(propertiesOf(registry), 'loginServer') ?? '';
  const [name = '', ...rest] = server.split('.');
  const members = [
    { member: 'registry', fqdn: server },
    ...regionsOf(tenant, registry).map((region) => ({
      member: `registry_data_${region}`,
      fqdn: `${name}.${region}.data.${rest.join('.')}`,
    })),
  ];
  const nic = `${above(above(resource.id))}/networkInterfaces/${lastPart(resource.id)}.nic.emulated`;
  const had = objectsAt(propertiesOf(found(tenant, nic) ?? {}), 'ipConfigurations');
  const free = freeAddresses(tenant, subnet);
  const configurations = members.map(({ member, fqdn }, index) => {
    const id = `${nic}/ipConfigurations/privateEndpointIpConfig.${member}`;
    const before = had.find((one) => sameId(textAt(one, 'id') ?? '', id));
    return (
      before ?? {
        id,
        name: `privateEndpointIpConfig.${member}`,
        properties: {
          provisioningState: 'Succeeded',
          privateIPAddress: free.shift() ?? '',
          privateIPAllocationMethod: 'Dynamic',
          subnet: { id: subnet },
          primary: index === 0,
          privateIPAddressVersion: 'IPv4',
          privateLinkConnectionProperties: { groupId: 'registry', requiredMemberName: member, fqdns: [fqdn] },
        },
      }
    );
  });
  keep(tenant, {
    id: nic,
    name: lastPart(nic),
    type: 'Microsoft.Network/networkInterfaces',
    location: resource['location'],
    properties: { provisioningState: 'Succeeded', ipConfigurations: configurations },
  });
  const endpoint = having(resource, {
    provisioningState: 'Succeeded',
    networkInterfaces: [{ id: nic }],
    privateLinkServiceConnections: connectionsOf(resource).map((one) => ({
      ...one,
      id: `${resource.id}/privateLinkServiceConnections/${textAt(one, 'name')}`,
      properties: merged(propertiesOf(one), {
        provisioningState: 'Succeeded',
        privateLinkServiceConnectionState: approved,
      }),
    })),
    customDnsConfigs: configurations.map((one) => ({
      fqdn: members.find(({ member }) => textAt(one, 'name')?.endsWith(`.${member}`))?.fqdn,
      ipAddresses: [textAt(propertiesOf(one), 'privateIPAddress')],
    })),
  });
  keep(tenant, endpoint);
  setConnections(tenant, registry, (all) =>
    all.some((one) => endpointOf(one) === idKey(resource.id)) ? all : [...all, connectionOf(registry, endpoint)],
  );
  writeRecords(tenant, endpoint);
  return endpoint;
}

const approved = { status: 'Approved', description: 'Auto-approved', actionsRequired: 'None' };

const connectionOf = (registry: Resource, endpoint: Resource): Json => ({
  id: `${registry.id}/privateEndpointConnections/${lastPart(endpoint.id)}.emulated`,
  name: `${lastPart(endpoint.id)}.emulated`,
  type: 'Microsoft.ContainerRegistry/registries/privateEndpointConnections',
  properties: {
    provisioningState: 'Succeeded',
    privateEndpoint: { id: endpoint.id },
    privateLinkServiceConnectionState: approved,
  },
});

/** Azure keeps the first four addresses of a subnet and the last; a subnet is taken to be a /24 at most. */
function freeAddresses(tenant: Tenant, subnet: string): string[] {
  const network = found(tenant, above(above(subnet)));
  const body = objectsAt(propertiesOf(network ?? {}), 'subnets').find((one) => sameId(textAt(one, 'id') ?? '', subnet));
  const prefix = textAt(propertiesOf(body ?? {}), 'addressPrefix') ?? '10.255.255.0/24';
  const [base = '', size = '24'] = prefix.split('/');
  const [a = '10', b = '0', c = '0', d = '0'] = base.split('.');
  const used = new Set(
    tenant.resources
      .flatMap((one) => objectsAt(propertiesOf(one), 'ipConfigurations'))
      .map((one) => textAt(propertiesOf(one), 'privateIPAddress')),
  );
  const count = Math.min(256, 2 ** (32 - Number(size)));
  return Array.from({ length: Math.max(0, count - 5) }, (_, index) => `${a}.${b}.${c}.${Number(d) + index + 4}`).filter(
    (ip) => !used.has(ip),
  );
}

/** The A records of an endpoint's zone groups, which Azure keeps in step with its addresses. */
function writeRecords(tenant: Tenant, endpoint: Resource): void {
  for (const group of tenant.resources.filter(
    ({ id }) => within(id, endpoint.id) && sameId(above(id), `${endpoint.id}/privateDnsZoneGroups`),
  )) {
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

function removeRecords(tenant: Tenant, endpoint: Resource): void {
  const groups = tenant.resources.filter(({ id }) => sameId(above(id), `${endpoint.id}/privateDnsZoneGroups`));
  const records = groups.flatMap((group) =>
    objectsAt(propertiesOf(group), 'privateDnsZoneConfigs').flatMap((config) =>
      objectsAt(propertiesOf(config), 'recordSets').map(
        (one) => `${textAt(propertiesOf(config), 'privateDnsZoneId')}/A/${textAt(one, 'recordSetName')}`,
      ),
    ),
  );
  drop(tenant, ({ id }) => records.some((record) => sameId(record, id)));
}
