import { idKey, lastPart, sameId } from '../model/ids.ts';
import { found, having, type Json, keep, merged, objectAt, objectsAt, propertiesOf, textAt } from './bodies.ts';
import { writeRecords } from './made-records.ts';
import { above, providerPath, within } from './paths.ts';
import type { Resource, Tenant } from './tenant.ts';
import { connectionsOf } from './write-refusals.ts';

/** What Azure adds to a body that it takes: states, names, and what it makes beside it. */
export type Effect = (tenant: Tenant, resource: Resource) => Resource;

/** What most resources are once Azure has taken them. */
export const settled: Effect = (_, resource) => having(resource, { provisioningState: 'Succeeded' });

/** The regions of a registry: its home, and those of its replicas. */
export function regionsOf(tenant: Tenant, registry: Resource): readonly string[] {
  const replicas = tenant.resources.filter(
    ({ id }) => within(id, registry.id) && sameId(providerPath(id)?.types.join('/') ?? '', 'registries/replications'),
  );
  const all = [registry, ...replicas].map((one) => String(one['location']));
  return [...new Set(all)];
}

/** The name of a registry's data endpoint in a region. */
export function dataHost(registry: Json, region: string): string {
  const [name = '', ...rest] = (textAt(propertiesOf(registry), 'loginServer') ?? '').split('.');
  return `${name}.${region}.data.${rest.join('.')}`;
}

export const endpointOf = (connection: Json): string =>
  idKey(textAt(objectAt(propertiesOf(connection), 'privateEndpoint'), 'id') ?? '');

/** The registries that an endpoint leads to. */
export const targets = (tenant: Tenant, endpoint: Json): readonly Resource[] =>
  connectionsOf(endpoint).flatMap(
    (connection) => found(tenant, textAt(propertiesOf(connection), 'privateLinkServiceId') ?? '') ?? [],
  );

export const endpointsOf = (tenant: Tenant, registry: Resource): readonly Resource[] =>
  tenant.resources.filter(
    (one) =>
      sameId(providerPath(one.id)?.types.join('/') ?? '', 'privateEndpoints') &&
      targets(tenant, one).some((target) => sameId(target.id, registry.id)),
  );

export function setConnections(
  tenant: Tenant,
  registry: Resource,
  change: (all: readonly Json[]) => readonly Json[],
): void {
  const before = objectsAt(propertiesOf(registry), 'privateEndpointConnections');
  keep(tenant, having(registry, { privateEndpointConnections: change(before) }));
}

/** The address of each name of a registry, from the first free of the subnet; what has one keeps it. */
export function serve(tenant: Tenant, resource: Resource): Resource {
  const [registry] = targets(tenant, resource);
  const subnet = textAt(objectAt(propertiesOf(resource), 'subnet'), 'id') ?? '';
  if (!registry) return settled(tenant, resource);
  const members = [
    { member: 'registry', fqdn: textAt(propertiesOf(registry), 'loginServer') ?? '' },
    ...regionsOf(tenant, registry).map((region) => ({
      member: `registry_data_${region}`,
      fqdn: dataHost(registry, region),
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
