import type { Command, EndpointCommand } from '../model/command.ts';
import { lastPart, parentId, sameId } from '../model/ids.ts';
import type { Manual } from '../model/step.ts';
import { locationOf, refusedApproval, refusedBelowPremium, refusedEndpoint } from './constraints.ts';
import { createZone, linkZone } from './dns.ts';
import { made, onConnections, withZoneGroup } from './endpoint-effects.ts';
import { manual } from './manual.ts';
import { nothing, type Traits } from './trait.ts';
import { asking, flags, quoted, word } from './words.ts';

/** An endpoint that only the reader knows, for the general steps of a check. */
export const someEndpoint =
  '/subscriptions/<subscription>/resourceGroups/<endpoint-group>/providers/Microsoft.Network/privateEndpoints/<endpoint>';

/** The id of a new endpoint of the registry: Azure wants it in the subscription of its network. */
export const newEndpointIn = (network: string): string => `${parentId(network)}/privateEndpoints/<registry>-pe`;

/** Where a new endpoint goes: the network of the reader's choice says in which subscription and region. */
const newEndpoint = newEndpointIn(
  '/subscriptions/<network-subscription>/resourceGroups/<network-group>/providers/Microsoft.Network/virtualNetworks/<network-name>',
);

/** What comes before the public endpoint closes: clients that come by it may have no other way that works. */
export const mendWaysFirst: Manual = manual(
  'Mend first what these checks say of this registry: private-endpoint-*, private-dns-*, clusters-reach-registry and tasks-can-reach-registry. Bring every network that pulls onto a way of its own (endpoint or peering, DNS zone, link), and prove it there: acr-audit explain path <registry>.',
);

/** `az network private-endpoint create` for the registry, approved on the spot by whoever may write the registry. */
export const createEndpoint = (
  suffix: string,
  { endpoint = newEndpoint, location = '<network-location>', subnet = '<network-id>/subnets/<subnet>' } = {},
): EndpointCommand => ({ kind: 'endpoint.create', endpoint, location, subnet, suffix });

/**
 * `az network private-endpoint dns-zone-group create`, with the zone's id: a bare name only means a zone in the
 * endpoint's own resource group. Azure then writes the records of the endpoint's interface, now and for each new replica.
 */
export const attachZoneGroup = (endpoint: string, zone: string): EndpointCommand => ({
  kind: 'endpoint.zoneGroup.create',
  endpoint,
  group: 'default',
  zone,
});

const pathZone =
  '/subscriptions/<network-subscription>/resourceGroups/<network-group>/providers/Microsoft.Network/privateDnsZones/privatelink.<registry-suffix>';

/**
 * The whole private path, where nothing of it is there: zone, endpoint, the group that writes the records, and the link,
 * which comes last: without the records it would take from the network the names that it has.
 */
export const privatePath: readonly Command[] = [
  createZone(pathZone),
  createEndpoint('<registry-suffix>'),
  attachZoneGroup(newEndpoint, pathZone),
  linkZone(pathZone, '<network-id>', '<network-name>'),
];

/** `az network private-endpoint dns-zone-group add`: an endpoint has one group, of several zones. */
export const addToZoneGroup = (endpoint: string, group: string, zone: string): EndpointCommand => ({
  kind: 'endpoint.zoneGroup.add',
  endpoint,
  group,
  zone,
});

/** `az acr private-endpoint-connection approve`, by the connection's name. */
export const approveConnection = (name: string): EndpointCommand => ({ kind: 'connection.approve', name });

/** `az acr private-endpoint-connection delete`: what is left of an endpoint that was refused or is gone. */
export const deleteConnection = (name: string): EndpointCommand => ({ kind: 'connection.delete', name });

const zoneGroup = (verb: 'create' | 'add') => (command: { endpoint: string; group: string; zone: string }) =>
  `az network private-endpoint dns-zone-group ${verb} ${flags(command.endpoint)} --endpoint-name ${word(lastPart(command.endpoint))} --name ${word(command.group)} --private-dns-zone ${word(command.zone)} --zone-name registry`;

const zoneGroupTrait = (verb: 'create' | 'add') =>
  ({
    az: zoneGroup(verb),
    apply: withZoneGroup,
    target: ({ endpoint, group }: { endpoint: string; group: string }) => `${endpoint}/privateDnsZoneGroups/${group}`,
    undo: () => ({ cannot: 'The records that the group wrote over stay gone.' }),
    verify: ({ endpoint, zone }: { endpoint: string; zone: string }) => ({
      az: `az network private-endpoint dns-zone-group list ${flags(endpoint)} --endpoint-name ${word(lastPart(endpoint))} ${asking(`length([].privateDnsZoneConfigs[?privateDnsZoneId==${quoted(zone)}][])`)}`,
      prints: '1',
    }),
    ends: nothing,
  }) as const;

const ofConnection = (name: string): string =>
  `--registry-name <registry> --subscription <subscription> --name ${word(name)}`;

const endpointCount = (endpoint: string): string =>
  `az network private-endpoint list ${flags(endpoint)} ${asking(`length([?name==${quoted(lastPart(endpoint))}])`)}`;

export const endpointTraits: Traits<EndpointCommand> = {
  'endpoint.create': {
    az: ({ endpoint, location, subnet }) =>
      `az network private-endpoint create ${flags(endpoint)} --name ${word(lastPart(endpoint))} --location ${word(location)} --subnet ${word(subnet)} --private-connection-resource-id <registry-id> --group-id registry --connection-name <registry>`,
    apply: (facts, command) => {
      const { registry } = facts;
      if (!registry) return facts;
      const connection = made(command, registry, facts);
      const { id, name } = connection;
      return {
        ...facts,
        registry: {
          ...registry,
          privateEndpointConnections: [
            ...(registry.privateEndpointConnections ?? []),
            { id, name, status: 'Approved', description: null, endpoint: command.endpoint },
          ],
        },
        ...(facts.privateEndpoints ? { privateEndpoints: [...facts.privateEndpoints, connection] } : {}),
      };
    },
    refuse: ({ registry, networks }, { endpoint, location, subnet }) =>
      refusedBelowPremium(registry, 'a private endpoint') ??
      refusedEndpoint(locationOf(networks, parentId(subnet)), { id: endpoint, location, subnet }),
    target: ({ endpoint }) => endpoint,
    undo: ({ endpoint }) => [{ kind: 'endpoint.delete', endpoint }],
    verify: ({ endpoint }) => ({
      az: `az network private-endpoint show ${flags(endpoint)} --name ${word(lastPart(endpoint))} ${asking('privateLinkServiceConnections[0].privateLinkServiceConnectionState.status')}`,
      prints: 'Approved',
    }),
    ends: nothing,
  },
  'endpoint.delete': {
    az: ({ endpoint }) => `az network private-endpoint delete ${flags(endpoint)} --name ${word(lastPart(endpoint))}`,
    apply: (facts, { endpoint }) => ({
      ...facts,
      ...(facts.registry?.privateEndpointConnections
        ? {
            registry: {
              ...facts.registry,
              privateEndpointConnections: facts.registry.privateEndpointConnections.filter(
                (one) => !sameId(one.endpoint ?? '', endpoint),
              ),
            },
          }
        : {}),
      ...(facts.privateEndpoints
        ? { privateEndpoints: facts.privateEndpoints.filter((one) => !sameId(one.endpointId ?? '', endpoint)) }
        : {}),
    }),
    target: ({ endpoint }) => endpoint,
    deletes: true,
    undo: () => ({ cannot: 'A new endpoint gets other addresses.' }),
    verify: ({ endpoint }) => ({ az: endpointCount(endpoint), prints: '0' }),
    ends: () => 'way',
  },
  'endpoint.zoneGroup.create': zoneGroupTrait('create'),
  'endpoint.zoneGroup.add': zoneGroupTrait('add'),
  'connection.approve': {
    az: ({ name }) => `az acr private-endpoint-connection approve ${ofConnection(name)}`,
    apply: (facts, { name }) =>
      onConnections(facts, (connections) =>
        connections.map((one) => (sameId(one.name, name) ? { ...one, status: 'Approved' } : one)),
      ),
    refuse: ({ privateEndpoints = [] }, { name }) => refusedApproval(privateEndpoints, name),
    target: ({ name }) => `<registry-id>/privateEndpointConnections/${name}`,
    undo: () => ({ cannot: 'An approved connection can be rejected, and does not wait for approval again.' }),
    verify: ({ name }) => ({
      az: `az acr private-endpoint-connection show ${ofConnection(name)} ${asking('privateLinkServiceConnectionState.status')}`,
      prints: 'Approved',
    }),
    ends: nothing,
  },
  'connection.delete': {
    az: ({ name }) => `az acr private-endpoint-connection delete ${ofConnection(name)}`,
    apply: (facts, { name }) =>
      onConnections(facts, (connections) => connections.filter((one) => !sameId(one.name, name))),
    target: ({ name }) => `<registry-id>/privateEndpointConnections/${name}`,
    deletes: true,
    undo: () => ({ cannot: 'The endpoint has to be made again.' }),
    verify: ({ name }) => ({
      az: `az acr private-endpoint-connection list --registry-name <registry> --subscription <subscription> ${asking(`length([?name==${quoted(name)}])`)}`,
      prints: '0',
    }),
    ends: () => 'way',
  },
};
