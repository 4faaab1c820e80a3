import { servingRegions, wantedMembers } from '../facts/path/endpoints.ts';
import { observed } from '../model/evidence.ts';
import type { EndpointConnection, PrivateEndpoint } from '../model/facets/private-endpoints.ts';
import type { Registry } from '../model/facets/registry.ts';
import { sameId } from '../model/ids.ts';
import type { AzStep, KnownFacts } from '../model/step.ts';
import { attachZoneGroup, createZone, flags, linkZone, word } from './private-dns.ts';

const newEndpoint =
  '/subscriptions/<subscription>/resourceGroups/<group>/providers/Microsoft.Network/privateEndpoints/<registry>-pe';
const network = '<network-id>';
const networkName = '<network-name>';

/** The whole private path, in the order that works: endpoint, zone, link, and the group that writes the records. */
export function privatePath(suffix: string): readonly AzStep[] {
  const zone = `/subscriptions/<subscription>/resourceGroups/<group>/providers/Microsoft.Network/privateDnsZones/privatelink.${suffix}`;
  return [
    createEndpoint(suffix),
    createZone(zone),
    linkZone(zone, network, networkName),
    attachZoneGroup(newEndpoint, zone),
  ];
}

/** `az network private-endpoint create` for the registry, approved on the spot by whoever may write the registry. */
export function createEndpoint(suffix: string): AzStep {
  return {
    az: `az network private-endpoint create ${flags(newEndpoint)} --name <registry>-pe --location <network-location> --subnet <subnet-id> --private-connection-resource-id <registry-id> --group-id registry --connection-name <registry>`,
    effect: (facts) => {
      if (!facts.registry) return facts;
      if (facts.registry.sku !== 'Premium') return { refused: 'private endpoints need Premium' };
      const connection = newConnection(facts.registry, facts, suffix);
      return {
        ...facts,
        registry: withConnections(facts.registry, (connections) => [
          ...connections,
          { id: connection.id, name: connection.name, status: 'Approved', description: null, endpoint: newEndpoint },
        ]),
        ...(facts.privateEndpoints ? { privateEndpoints: [...facts.privateEndpoints, connection] } : {}),
      };
    },
  };
}

/** `az acr private-endpoint-connection approve`, by the connection's name. */
export const approveConnection = (name: string): AzStep => ({
  az: `az acr private-endpoint-connection approve --registry-name <registry> --subscription <subscription> --name ${word(name)}`,
  effect: onConnections((connections) =>
    connections.map((one) => (sameId(one.name, name) ? { ...one, status: 'Approved' } : one)),
  ),
});

/** `az acr private-endpoint-connection delete`: what is left of an endpoint that was refused or is gone. */
export const deleteConnection = (name: string): AzStep => ({
  az: `az acr private-endpoint-connection delete --registry-name <registry> --subscription <subscription> --name ${word(name)}`,
  effect: onConnections((connections) => connections.filter((one) => !sameId(one.name, name))),
});

/** The registry tells its connections, and they are a facet of their own with what is behind them. */
const onConnections =
  (change: <C extends { readonly name: string }>(connections: readonly C[]) => readonly C[]) =>
  (facts: KnownFacts): KnownFacts => ({
    ...facts,
    ...(facts.registry ? { registry: withConnections(facts.registry, change) } : {}),
    ...(facts.privateEndpoints ? { privateEndpoints: change(facts.privateEndpoints) } : {}),
  });

type Listed = NonNullable<Registry['privateEndpointConnections']>;

const withConnections = (registry: Registry, change: (connections: Listed) => Listed): Registry => ({
  ...registry,
  privateEndpointConnections: change(registry.privateEndpointConnections ?? []),
});

/** What Azure makes of the command; it chooses the addresses, which we name by what they serve. */
function newConnection(registry: Registry, facts: KnownFacts, suffix: string): EndpointConnection {
  const label = registry.loginServer?.split('.')[0] ?? registry.name;
  const wanted = wantedMembers(registry, servingRegions(registry, facts.replications ?? []));
  const endpoint: PrivateEndpoint = {
    id: newEndpoint,
    name: '<registry>-pe',
    location: null,
    provisioningState: 'Succeeded',
    subnet: '<subnet-id>',
    network,
    groups: ['registry'],
    staticAddresses: false,
    customDns: [],
    members: observed(
      wanted.map(({ member, branch }) => ({
        member,
        ip: `<address of ${member}>`,
        fqdns: [[label, branch, suffix].filter(Boolean).join('.')],
      })),
    ),
    zoneGroups: observed([]),
  };
  return {
    id: `${registry.id}/privateEndpointConnections/<registry>-pe`,
    name: '<registry>-pe',
    status: 'Approved',
    endpointId: newEndpoint,
    endpoint: observed(endpoint),
  };
}
