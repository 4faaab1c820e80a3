import type { ContainerRegistryManagementClient } from '@azure/arm-containerregistry';
import type { NetworkManagementClient } from '@azure/arm-network';
import type { PrivateDnsManagementClient } from '@azure/arm-privatedns';
import type { SecurityCenter } from '@azure/arm-security';
import type { Clients } from './clients.ts';

/** A typed operation of one client; `names` are what stands at the `{}` of its path after the subscription. */
type Operation<C> = (client: C, ...names: string[]) => Promise<unknown> | AsyncIterable<unknown>;
type Operations<C> = Readonly<Record<string, Operation<C>>>;

const subscription = '/subscriptions/{}';
const group = `${subscription}/resourceGroups/{}`;
const registries = 'providers/Microsoft.ContainerRegistry/registries';
const registry = `${group}/${registries}/{}`;

const containerRegistry: Operations<ContainerRegistryManagementClient> = {
  [`${subscription}/${registries}`]: (acr) => acr.registries.list(),
  [registry]: (acr, rg, name) => acr.registries.get(rg, name),
  [`${registry}/listUsages`]: (acr, rg, name) => acr.registries.listUsages(rg, name),
  [`${registry}/cacheRules`]: (acr, rg, name) => acr.cacheRules.list(rg, name),
  [`${registry}/connectedRegistries`]: (acr, rg, name) => acr.connectedRegistries.list(rg, name),
  [`${registry}/credentialSets`]: (acr, rg, name) => acr.credentialSets.list(rg, name),
  [`${registry}/privateEndpointConnections`]: (acr, rg, name) => acr.privateEndpointConnections.list(rg, name),
  [`${registry}/replications`]: (acr, rg, name) => acr.replications.list(rg, name),
  [`${registry}/scopeMaps`]: (acr, rg, name) => acr.scopeMaps.list(rg, name),
  [`${registry}/tokens`]: (acr, rg, name) => acr.tokens.list(rg, name),
  [`${registry}/webhooks`]: (acr, rg, name) => acr.webhooks.list(rg, name),
};

const inNetwork = `${group}/providers/Microsoft.Network`;

const network: Operations<NetworkManagementClient> = {
  [`${inNetwork}/privateEndpoints/{}`]: (net, rg, name) => net.privateEndpoints.get(rg, name),
  [`${inNetwork}/privateEndpoints/{}/privateDnsZoneGroups`]: (net, rg, name) => net.privateDnsZoneGroups.list(name, rg),
  [`${inNetwork}/networkInterfaces/{}`]: (net, rg, name) => net.networkInterfaces.get(rg, name),
  [`${inNetwork}/virtualNetworks/{}`]: (net, rg, name) => net.virtualNetworks.get(rg, name),
};

const zone = `${inNetwork}/privateDnsZones/{}`;

const privateDns: Operations<PrivateDnsManagementClient> = {
  [`${subscription}/providers/Microsoft.Network/privateDnsZones`]: (dns) => dns.privateZones.list(),
  [`${zone}/A`]: (dns, rg, name) => dns.recordSets.listByType(rg, name, 'A'),
  [`${zone}/virtualNetworkLinks`]: (dns, rg, name) => dns.virtualNetworkLinks.list(rg, name),
};

const security: Operations<SecurityCenter> = {
  [`${subscription}/providers/Microsoft.Security/pricings`]: (defender) => defender.pricings.list(),
};

interface Route {
  readonly path: RegExp;
  run(clients: Clients, subscription: string, names: readonly string[]): Promise<void>;
}

/**
 * The reads that the SDK has an operation for. Its answer's model is thrown away, because models drop what they do not
 * know; the operation is still what names the path, follows the pages and holds the login.
 */
const routes: readonly Route[] = [
  ...routesOf(containerRegistry, (clients, id) => clients.containerRegistry(id)),
  ...routesOf(network, (clients, id) => clients.network(id)),
  ...routesOf(privateDns, (clients, id) => clients.privateDns(id)),
  ...routesOf(security, (clients, id) => clients.security(id)),
];

function routesOf<C>(operations: Operations<C>, client: (clients: Clients, id: string) => Promise<C>): Route[] {
  return Object.entries(operations).map(([pattern, operation]) => ({
    path: new RegExp(`^${pattern.replaceAll('{}', '([^/?]+)')}$`, 'i'),
    run: async (clients, id, names) => drain(operation(await client(clients, id), ...names)),
  }));
}

async function drain(asked: Promise<unknown> | AsyncIterable<unknown>): Promise<void> {
  if (asked instanceof Promise) await asked;
  else for await (const _ of asked);
}

/** The paths that the SDK has an operation for, as patterns. */
export const operationPaths: readonly RegExp[] = routes.map(({ path }) => path);

/** The SDK's operation for a path, ready to run; `null` where it has none, or the path has a query of its own. */
export function operationFor(path: string): ((clients: Clients) => Promise<void>) | null {
  for (const route of routes) {
    const [, id, ...names] = route.path.exec(path) ?? [];
    if (id !== undefined) return (clients) => route.run(clients, id, names.map(decodeURIComponent));
  }
  return null;
}
