import * as v from 'valibot';
import { type Evidence, notCollected, observed } from '../model/evidence.ts';
import type { Placement } from '../model/facets/private-endpoints.ts';
import type { RegistryLink, SubscriptionEndpoint } from '../model/facets/subscription-endpoints.ts';
import { idKey, parseId, sameId, subscriptionGuid } from '../model/ids.ts';
import { AzureError } from './azure.ts';
import type { SubscriptionCollector } from './collector.ts';
import type { Observe } from './observe.ts';
import { linkWire, networkApiVersion, placementBy } from './private-endpoints.ts';
import { armId, listOrNone, maybe, read, ShapeError, text, texts } from './read.ts';
import { registryPermission } from './registries.ts';

const endpointWire = v.object({
  id: armId,
  name: text,
  properties: v.object({
    privateLinkServiceConnections: linkWire,
    manualPrivateLinkServiceConnections: linkWire,
    customDnsConfigs: listOrNone(v.object({ fqdn: text, ipAddresses: texts })),
  }),
});

type EndpointRead = Omit<SubscriptionEndpoint, 'links' | 'serves'> & {
  readonly targets: readonly (string | null)[];
  readonly fqdns: readonly string[];
};

const zoneGroupPermission = 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups/read';

const zoneGroupWire = v.object({
  properties: v.object({
    privateDnsZoneConfigs: listOrNone(
      v.object({ properties: v.object({ recordSets: listOrNone(v.object({ fqdn: maybe(text) })) }) }),
    ),
  }),
});

/** The public names of the records that a zone group writes. */
export const namesInGroup = (body: unknown): readonly string[] =>
  read('a DNS zone group', zoneGroupWire, body).properties.privateDnsZoneConfigs.flatMap(({ properties }) =>
    properties.recordSets.flatMap(({ fqdn }) =>
      fqdn === null ? [] : [fqdn.toLowerCase().replace(/\.$/, '').replace('.privatelink.', '.')],
    ),
  );

const isRegistry = (id: string): boolean => /\/providers\/Microsoft\.ContainerRegistry\/registries\/[^/]+$/i.test(id);

/** Reads an endpoint for the registries it leads to: by the group of a connection, or by what it is connected to. */
export function parseSubscriptionEndpoint(body: unknown): EndpointRead {
  const { id, name, properties } = read('a private endpoint', endpointWire, body);
  const { privateLinkServiceConnections: automatic, manualPrivateLinkServiceConnections: manual } = properties;
  const links = [...(automatic ?? []), ...(manual ?? [])].map((link) => link.properties);
  if (
    links.length === 0 ||
    links.some(({ privateLinkServiceId: target, groupIds }) => target === null && groupIds === null)
  )
    throw new ShapeError(`Azure does not say what endpoint ${name} links to`);
  return {
    id,
    name,
    targets: links
      .filter(
        ({ privateLinkServiceId: target, groupIds }) =>
          (groupIds ?? []).some((group) => sameId(group, 'registry')) || (target !== null && isRegistry(target)),
      )
      .map(({ privateLinkServiceId: target }) => target),
    fqdns: properties.customDnsConfigs.map(({ fqdn }) => fqdn.toLowerCase()),
  };
}

export const subscriptionEndpoints: SubscriptionCollector<'subscriptionEndpoints'> = {
  facet: 'subscriptionEndpoints',
  scope: 'subscription',
  permissions: ['Microsoft.Network/privateEndpoints/read', zoneGroupPermission, registryPermission],
  async collect(azure, { id: subscription }, { observe, each }) {
    const path = `${subscription}/providers/Microsoft.Network/privateEndpoints`;
    const endpoints = await each(await azure.list(path, networkApiVersion), parseSubscriptionEndpoint);
    const placements = new Map<string, Promise<Evidence<Placement>>>();
    const placed = (target: string) => {
      const known = placements.get(idKey(target)) ?? placementOf(observe, target, subscription);
      placements.set(idKey(target), known);
      return known;
    };
    const withPlacement = async (target: string | null): Promise<RegistryLink> => ({
      target,
      placement: target === null ? notCollected("Azure's answer names no registry") : await placed(target),
    });
    return Promise.all(
      endpoints
        .filter(({ targets }) => targets.length > 0)
        .map(async ({ targets, fqdns, ...endpoint }) => ({
          ...endpoint,
          links: await Promise.all(targets.map(withPlacement)),
          serves: await servedBy(endpoint.id, fqdns, observe),
        })),
    );
  },
};

/** Azure leaves the names out of an endpoint as soon as a zone group writes its records. */
const servedBy = async (
  id: string,
  fqdns: readonly string[],
  observe: Observe,
): Promise<Evidence<readonly string[]>> =>
  fqdns.length > 0
    ? observed(fqdns)
    : observe({
        permissions: [zoneGroupPermission],
        scope: id,
        ask: async (azure, each) =>
          (await each(await azure.list(`${id}/privateDnsZoneGroups`, networkApiVersion), namesInGroup)).flat(),
      });

/** Where a registry lies: what is in the endpoint's own subscription needs no question. */
async function placementOf(observe: Observe, target: string, subscription: string): Promise<Evidence<Placement>> {
  const ours = { whose: 'ours', gone: false } as const;
  const its = v.is(armId, target) && isRegistry(target) ? parseId(target)?.subscription : undefined;
  if (its === undefined) return observed({ whose: 'unplaced' });
  if (sameId(its, subscriptionGuid(subscription))) return observed(ours);
  return observe({
    permissions: [registryPermission],
    scope: target,
    ask: (azure) =>
      azure.get(target, '2025-11-01').then(
        (): Placement => ours,
        (error: unknown) => {
          const placement = placementBy(error);
          // ARM told that it knows no such subscription; any other failure tells nothing and stays one.
          if (placement.whose === 'unplaced' && !isAbsent(error)) throw error;
          return placement;
        },
      ),
  });
}

const isAbsent = (error: unknown): boolean => error instanceof AzureError && error.kind === 'absent';
