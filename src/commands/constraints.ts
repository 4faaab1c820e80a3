import { obstaclesToSoftDelete } from '../facts/posture/recovery.ts';
import { otherRegions, regionName } from '../facts/posture/replicas.ts';
import type { CacheRule } from '../model/facets/cache-rules.ts';
import type { DiagnosticSetting } from '../model/facets/diagnostic-settings.ts';
import type { Lock } from '../model/facets/locks.ts';
import type { ZoneEvidence } from '../model/facets/private-dns.ts';
import type { EndpointConnection } from '../model/facets/private-endpoints.ts';
import type { Registry } from '../model/facets/registry.ts';
import type { Replication } from '../model/facets/replications.ts';
import { idKey, lastPart, parentId, sameId, subscriptionOf } from '../model/ids.ts';
import { isBelowPremium } from '../model/sku.ts';
import type { KnownFacts, Refusal } from '../model/step.ts';
import { exists, refusal } from './refusal.ts';

/** What Azure refuses, in one place: for the fixes of checks, for plans and for the emulator's writes. */

export * from './rights-constraints.ts';

/** A version of the API that knows the switch for tasks, as its page writes it. */
export const previewVersion = '2025-06-01-preview';

/** What of a registry its own rules look at. */
export type RegistryState = Pick<
  Registry,
  'sku' | 'publicNetworkAccess' | 'networkRuleSet' | 'dataEndpointEnabled' | 'anonymousPullEnabled' | 'policies'
>;

/** What a registry may not be. `before` is what it is: a state that stands already is not refused again. */
export function refusedState(
  before: RegistryState,
  after: RegistryState,
  facts: { readonly exportPipelines?: readonly unknown[] },
): Refusal | null {
  const turned = (is: (state: RegistryState) => boolean): boolean => is(after) && !is(before);
  if (isBelowPremium(after)) {
    if (turned((state) => isBelowPremium(state) && state.publicNetworkAccess === 'Disabled'))
      return refusal('DisablingPublicNetworkAccessNotSupported', 'disabling public access needs Premium');
    if (turned((state) => isBelowPremium(state) && hasRules(state))) return refusal(null, 'network rules need Premium');
    if (turned((state) => isBelowPremium(state) && state.dataEndpointEnabled === true))
      return refusal(null, 'dedicated data endpoints need Premium');
    if (turned((state) => isBelowPremium(state) && state.policies.retention?.status === 'enabled'))
      return refusal(null, 'the retention policy needs Premium');
    if (after.sku === 'Basic' && turned(({ anonymousPullEnabled }) => anonymousPullEnabled === true))
      return refusal(null, 'anonymous pull needs Standard or Premium');
  }
  const exportsOff = ({ policies }: RegistryState) => policies.export?.status === 'disabled';
  if (turned((state) => exportsOff(state) && state.publicNetworkAccess !== 'Disabled'))
    return exportsOff(before)
      ? refusal(null, 'public network access cannot be enabled while exports are disabled')
      : refusal(null, 'exports can only be disabled while public network access is disabled');
  if (turned(exportsOff) && facts.exportPipelines?.length)
    return refusal(null, 'exports can only be disabled while there is no export pipeline');
  if (turned(({ policies }) => policies.trust?.status === 'enabled'))
    return refusal(null, 'content trust can no longer be enabled (since 31 May 2026)');
  if (turned(({ policies }) => policies.retention?.status === 'enabled' && policies.softDelete?.status === 'enabled'))
    return refusal(null, 'retention and soft delete cannot both be enabled');
  return null;
}

const hasRules = ({ networkRuleSet }: RegistryState): boolean =>
  networkRuleSet?.defaultAction === 'Deny' || (networkRuleSet?.ipRules?.length ?? 0) > 0;

/** What soft delete is held against. */
export interface BesideSoftDelete {
  readonly registry?: Pick<Registry, 'location' | 'policies'>;
  readonly replications?: readonly Pick<Replication, 'location'>[];
  readonly cacheRules?: readonly Pick<CacheRule, 'id'>[];
}

/** Soft delete stands beside neither replicas nor cache rules nor retention, whichever comes second. */
export function refusedSoftDelete(before: BesideSoftDelete, after: BesideSoftDelete): Refusal | null {
  const obstacle = (facts: BesideSoftDelete): string | null => {
    if (facts.registry?.policies.softDelete?.status !== 'enabled') return null;
    const [first] = obstaclesToSoftDelete(facts.registry, facts.replications ?? [], facts.cacheRules ?? []);
    return first?.text ?? null;
  };
  const [was, is] = [obstacle(before), obstacle(after)];
  return is === null || was !== null ? null : refusal(null, `soft delete is not supported because ${is}`);
}

/**
 * A PUT of the whole registry at a version without soft delete, while that is on. Quoted in
 * Azure/azure-service-operator#5081.
 */
export const refusedPut = (registry: RegistryState | undefined, apiVersion: string): Refusal | null =>
  registry?.policies.softDelete?.status === 'enabled' && !apiVersion.endsWith('-preview')
    ? refusal(
        null,
        `Cannot override non-default values of soft delete policy using api-version ${apiVersion}. Kindly use one of supported api-versions: 2022-02-01-preview and later`,
      )
    : null;

export const refusedFollowing = (registry: Registry | undefined): Refusal | null =>
  registry && !registry.encryption
    ? refusal(null, 'a customer-managed key can only be given when a registry is created')
    : null;

/** What only Premium has, made beside the registry. */
export const refusedBelowPremium = (registry: RegistryState | undefined, feature: string): Refusal | null =>
  registry && isBelowPremium(registry) ? refusal(null, `${feature} needs Premium`) : null;

/** Azure/acr#294, #729. */
export const refusedReplicaDelete = (
  registry: Pick<Registry, 'location'>,
  replications: readonly Pick<Replication, 'name' | 'location'>[],
  name: string,
): Refusal | null => {
  const home = replications.find((replica) => sameId(replica.name, name))?.location ?? name;
  return regionName(home) === regionName(registry.location) && otherRegions(registry, replications).length > 0
    ? refusal('HomeReplicationCannotBeDeleted', 'the replication of the home region cannot be deleted')
    : null;
};

/** An endpoint with addresses of somebody's choice gets none for a new region (cases: static-ip-endpoint). */
export const refusedStaticEndpoint = (connections: readonly EndpointConnection[]): Refusal | null => {
  const fixed = connections.find(({ endpoint }) => endpoint.state === 'observed' && endpoint.value.staticAddresses);
  return fixed
    ? refusal(null, `the private endpoint of ${fixed.name} has static addresses, and none for a new region`)
    : null;
};

/** Recorded: a connection that was rejected is not approved again. */
export const refusedApproval = (
  connections: readonly { readonly name: string; readonly status: string | null }[],
  name: string,
): Refusal | null => {
  const status = connections.find((one) => sameId(one.name, name))?.status;
  return status === 'Rejected' || status === 'Disconnected'
    ? refusal(
        'OperationNotAllowed',
        `Could not update Private Endpoint connection status from '${status}' to 'Approved': ${name}.`,
      )
    : null;
};

/** Two settings may not send one category to one destination. */
export function refusedSetting(
  settings: readonly DiagnosticSetting[],
  { name, destinations, logs }: Pick<DiagnosticSetting, 'name' | 'destinations' | 'logs'>,
): Refusal | null {
  for (const setting of settings) {
    if (sameId(setting.name, name)) continue;
    const sink = setting.destinations.find((one) => destinations.some((other) => sameId(one, other)));
    const log = setting.logs?.find(
      (one) =>
        one.enabled === true &&
        logs?.some(({ category, enabled }) => enabled === true && category !== null && category === one.category),
    );
    if (sink !== undefined && log)
      return refusal(
        'Conflict',
        `Data sink '${sink}' is already used in diagnostic setting '${setting.name}' for category '${log.category}'. Data sinks can't be reused in different settings on the same category for the same resource.`,
      );
  }
  return null;
}

/** A network is linked to one zone of a name at most; and a link's name is taken once. */
export function refusedLink(
  zones: readonly ZoneEvidence[],
  zone: string,
  network: string,
  name: string,
): Refusal | null {
  const wanted = idKey(lastPart(zone));
  for (const other of zones) {
    if (other.links.state !== 'observed') continue;
    const itself = sameId(other.id, zone);
    if (itself && other.links.value.some((link) => sameId(link.name, name)))
      return exists(null, `the zone has a link ${name} already`);
    if (idKey(other.name) === wanted && other.links.value.some((link) => sameId(link.network ?? '', network)))
      return itself
        ? exists('Conflict', `the network is linked to ${zone} already`)
        : refusal(
            'BadRequest',
            `A virtual network cannot be linked to multiple zones with overlapping namespaces. You tried to link virtual network with '${wanted}' and '${other.name}' zones.`,
          );
  }
  return null;
}

/** A private endpoint stands in the subscription and the region of its network; `null`: a region that is not known. */
export function refusedEndpoint(
  networkLocation: string | null,
  endpoint: { readonly id: string; readonly location: string; readonly subnet: string },
): Refusal | null {
  const network = parentId(endpoint.subnet);
  if (network.includes('<') || endpoint.id.includes('<subscription>')) return null;
  if (!sameId(subscriptionOf(network), subscriptionOf(endpoint.id)))
    return refusal('InvalidResourceReference', `the endpoint is not in the subscription of its network ${network}`);
  return networkLocation !== null &&
    !endpoint.location.includes('<') &&
    regionName(networkLocation) !== regionName(endpoint.location)
    ? refusal('InvalidResourceReference', `the endpoint is in ${endpoint.location}, its network in ${networkLocation}`)
    : null;
}

/** The region of a network, where that network was seen. */
export function locationOf(networks: KnownFacts['networks'], network: string): string | null {
  const known = networks?.find(({ id }) => sameId(id, network))?.network;
  return known?.state === 'observed' ? known.value.location : null;
}

/** A lock at or above what a command changes: CanNotDelete refuses deletes, ReadOnly every write. */
export function refusedByLock(locks: readonly Lock[], target: string, deletes: boolean): Refusal | null {
  const lock = locksAbove(locks, target).find(
    ({ level }) => level === 'ReadOnly' || (deletes && level === 'CanNotDelete'),
  );
  return lock
    ? refusal(
        'ScopeLocked',
        `The scope '${target}' cannot perform ${deletes ? 'delete' : 'write'} operation because following scope(s) are locked: '${lock.scope}'. Please remove the lock and try again.`,
      )
    : null;
}

/** The locks at or above a resource. */
export const locksAbove = (locks: readonly Lock[], id: string): readonly Lock[] =>
  locks.filter(({ scope }) => idKey(`${id}/`).startsWith(idKey(`${scope}/`)));

/** A zone is deleted after its links. */
export const refusedZoneDelete = (zone: ZoneEvidence | undefined): Refusal | null =>
  zone?.links.state === 'observed' && zone.links.value.length > 0
    ? refusal('CannotDeleteResource', 'Cannot delete resource while nested resources exist.')
    : null;
