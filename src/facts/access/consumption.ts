import type { Evidence } from '../../model/evidence.ts';
import type { Cluster, Consumers } from '../../model/facets/consumers.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { RoleAssignments } from '../../model/facets/role-assignments.ts';
import { byIdKey, distinctIds, idKey, parentId, sameId } from '../../model/ids.ts';
import { type Unknown, unasked, unseen, untold } from '../../model/outcome.ts';
import { lookupBy } from '../../model/places.ts';
import type { Pointer } from '../../model/pointer.ts';
import { accessTo, type RegistryAccess } from './access.ts';
import { appsUsing, type ConsumingApp, networksOfApp, placesOfApps } from './app-consumption.ts';
import { type Identities, identitiesSeen, principalWords } from './principals.ts';
import { isOwnScope, reaching } from './scopes.ts';
import { nobodySeen, unseenHolder } from './unseen-holders.ts';

/** An AKS cluster that pulls from a registry, and how we know. */
export interface ConsumingCluster {
  readonly cluster: Cluster;
  /** Where the cluster is in the evidence. */
  readonly at: Pointer;
  /** The configuration lists it. */
  readonly declared: boolean;
  /** Ids of the assignments, at the registry or its resource group, that show it. */
  readonly assignments: readonly string[];
  /** Ids of the networks its nodes are in; empty where AKS made the network itself. */
  readonly networks: readonly string[];
}

/** A virtual network from which a registry is pulled. */
export interface ConsumingNetwork {
  readonly id: string;
  readonly declared: boolean;
  /** Names of the consuming clusters whose nodes are in it. */
  readonly clusters: readonly string[];
  /** The consuming apps whose images are pulled from it. */
  readonly apps: readonly ConsumingApp[];
}

export interface Consumption {
  readonly clusters: readonly ConsumingCluster[];
  readonly apps: readonly ConsumingApp[];
  readonly networks: readonly ConsumingNetwork[];
  /** Clusters that an inherited role lets pull: they may use the registry, and nobody says that they do. */
  readonly able: readonly Cluster[];
  /** Clusters that are being deleted: no node of theirs starts again. */
  readonly leaving: readonly Cluster[];
  /** Clusters that the configuration lists and that were not found, and why. */
  readonly unfound: readonly { readonly id: string; readonly why: Unknown }[];
  /** Clusters whose identity Azure left out, where somebody pulls whom nobody has seen: each may be that one. */
  readonly unidentified: readonly { readonly name: string; readonly why: Unknown }[];
  /** Apps whose network nobody tells, and why. */
  readonly unplaced: readonly { readonly thing: string; readonly why: Unknown }[];
  /** Why somebody whom nobody has seen is known to pull, and may be a cluster, if so. */
  readonly unseen: Unknown | null;
  /** The same of somebody who may be an app. */
  readonly unseenApp: Unknown | null;
}

/**
 * What pulls from the registry, as far as is known: clusters of which an identity has a role at the registry itself or
 * its resource group, apps that name its login server, clusters and networks that the configuration lists, and the
 * networks of them all. A role that is inherited from further above shows that somebody may pull, not that somebody does.
 */
export function consumersOf(
  registry: Registry,
  consumers: Consumers,
  roles: RoleAssignments,
  identities: Identities = {},
): Consumption {
  const declared = consumers.declared.filter(
    (entry) => idKey(entry.registry) === idKey(registry.name) || sameId(entry.registry, registry.id),
  );
  const listed = declared.flatMap((entry) => entry.clusters);
  const access = accessTo(registry, roles);
  const own = reaching(roles.assignments, registry.id)
    .map(([, one]) => one)
    .filter(({ scope }) => isOwnScope(scope, registry));

  const all = clustersBy(
    consumers.clusters,
    [...listed, ...[...own, ...access.principals].map(({ principalId }) => principalId)].map(idKey),
  ).map(([index, cluster]) => ({
    cluster,
    at: `consumers/clusters/${index}` as const,
    declared: listed.some((id) => sameId(id, cluster.id)),
    assignments: [
      ...own.filter(({ principalId }) => sameId(principalId, cluster.kubelet?.objectId ?? '')).map(({ id }) => id),
      ...cluster.controlPlane.flatMap((principalId) => ownPulls(principalId, registry, access)),
    ],
    networks: inOrder(cluster.subnets.map((subnet) => parentId(subnet))),
  }));
  const using = all.filter((one) => one.declared || one.assignments.length > 0);
  const clusters = using.filter(({ cluster }) => !isLeaving(cluster));

  const { appConsumers } = identities;
  const placed = appsUsing(registry, appConsumers).map((one) => ({
    one,
    networks: appConsumers?.state === 'observed' ? networksOfApp(one.app, appConsumers.value) : [],
  }));
  const inNetwork = (id: string): readonly ConsumingApp[] =>
    placed
      .filter(({ networks }) => !('verdict' in networks) && networks.some((other) => sameId(other, id)))
      .map(({ one }) => one);

  const declaredNetworks = declared.flatMap((entry) => entry.networks);
  const names = identitiesSeen(registry, consumers.clusters, identities);
  const holders = nobodySeen('pulls', registry, access, names).map((one) => principalWords(one));
  const untoldClusters = holders.length > 0 ? consumers.clusters.filter(({ kubelet }) => !kubelet?.objectId) : [];
  return {
    clusters,
    apps: placed.map(({ one }) => one),
    networks: inOrder([
      ...declaredNetworks,
      ...clusters.flatMap(({ networks }) => networks),
      ...placed.flatMap(({ networks }) => ('verdict' in networks ? [] : networks)),
    ]).map((id) => ({
      id,
      declared: declaredNetworks.some((other) => sameId(other, id)),
      clusters: clusters
        .filter(({ networks }) => networks.some((other) => sameId(other, id)))
        .map(({ cluster }) => cluster.name),
      apps: inNetwork(id),
    })),
    unplaced: placed.flatMap(({ one: { thing }, networks }) =>
      'verdict' in networks ? [{ thing, why: networks }] : [],
    ),
    able: all.filter((one) => !using.includes(one) && mayPull(one.cluster, access)).map(({ cluster }) => cluster),
    leaving: using.map(({ cluster }) => cluster).filter(isLeaving),
    unfound: inOrder(listed)
      .filter((id) => !using.some(({ cluster }) => sameId(cluster.id, id)))
      .map((id) => ({ id, why: whyUnfound(id, consumers) })),
    unidentified: untoldClusters.map(({ name }) => ({
      name,
      why: untold(
        `Azure's answer does not tell which identity cluster ${name} pulls with, and ${holders.join(', ')} may pull and is none of the identities seen`,
      ),
    })),
    unseen: unseenHolder('pulls', registry, access, {
      names,
      searched: consumers.searched.map((one) => one.clusters),
    }),
    unseenApp: unseenHolder('pulls', registry, access, { names, searched: placesOfApps(appConsumers) }),
  };
}

/** Clusters by their ids and by the object ids of their identities. */
const clustersBy = lookupBy(({ id, kubelet, controlPlane }: Cluster) =>
  [id, kubelet?.objectId ?? '', ...controlPlane].map(idKey),
);

/** Object ids of the identities of clusters that are known to use the registry. */
export function usersOf(registry: Registry, roles: RoleAssignments, consumers: Evidence<Consumers>): readonly string[] {
  if (consumers.state !== 'observed') return [];
  return consumersOf(registry, consumers.value, roles).clusters.flatMap(
    ({ cluster }) => cluster.kubelet?.objectId ?? [],
  );
}

const isLeaving = ({ provisioningState }: Cluster): boolean => provisioningState?.toLowerCase() === 'deleting';

const mayPull = ({ kubelet }: Cluster, { principals }: RegistryAccess): boolean =>
  principals.some(({ principalId, rights }) => sameId(principalId, kubelet?.objectId ?? '') && rights.pull);

const ownPulls = (principalId: string, registry: Registry, { principals }: RegistryAccess): readonly string[] =>
  principals
    .filter((one) => sameId(one.principalId, principalId))
    .flatMap(({ grants }) => grants)
    .filter(({ rights, scope }) => rights.pull && isOwnScope(scope, registry))
    .map(({ assignment }) => assignment);

function whyUnfound(id: string, { searched }: Consumers): Unknown {
  const place = searched.find(({ subscription }) => idKey(id).startsWith(`${idKey(subscription)}/`));
  if (!place) return unasked(`cluster ${id}, which the configuration lists, is outside of the scope of this scan`);
  return place.clusters.state === 'observed'
    ? untold(`cluster ${id}, which the configuration lists, was not found`)
    : unseen(place.clusters);
}

const inOrder = (ids: readonly string[]): readonly string[] => distinctIds(ids).sort(byIdKey);
