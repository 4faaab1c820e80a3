import type { Cluster, Consumers } from '../../model/facets/consumers.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { RoleAssignments } from '../../model/facets/role-assignments.ts';
import { byIdKey, distinctIds, idKey, parentId, sameId } from '../../model/ids.ts';
import type { Pointer } from '../../model/pointer.ts';
import { covers } from './access.ts';

/** An AKS cluster that pulls from a registry, and how we know. */
export interface ConsumingCluster {
  readonly cluster: Cluster;
  /** Where the cluster is in the evidence. */
  readonly at: Pointer;
  /** The configuration lists it. */
  readonly declared: boolean;
  /** Ids of the assignments of its kubelet identity that cover the registry, whatever they grant. */
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
}

export interface Consumption {
  readonly clusters: readonly ConsumingCluster[];
  readonly networks: readonly ConsumingNetwork[];
  /** Clusters that the configuration lists and that were not found in the scanned subscriptions. */
  readonly missing: readonly string[];
}

/**
 * What pulls from the registry, as far as ARM and the configuration tell: clusters whose kubelet identity has an
 * assignment at or above the registry, clusters and networks that the configuration lists, and the networks of them
 * all. A cluster on a service principal is only found if it is listed: it names a client id, assignments an object id.
 */
export function consumersOf(registry: Registry, consumers: Consumers, roles: RoleAssignments): Consumption {
  const declared = consumers.declared.filter(
    (entry) => idKey(entry.registry) === idKey(registry.name) || sameId(entry.registry, registry.id),
  );
  const listed = declared.flatMap((entry) => entry.clusters);
  const covering = roles.assignments.filter((assignment) => covers(assignment.scope, registry.id));

  const clusters = consumers.clusters
    .map((cluster, index): ConsumingCluster => {
      const kubelet = cluster.kubelet?.objectId;
      return {
        cluster,
        at: `consumers/clusters/${index}`,
        declared: listed.some((id) => sameId(id, cluster.id)),
        assignments: kubelet
          ? covering.filter(({ principalId }) => sameId(principalId, kubelet)).map(({ id }) => id)
          : [],
        networks: inOrder(cluster.subnets.map((subnet) => parentId(subnet))),
      };
    })
    .filter(({ declared, assignments }) => declared || assignments.length > 0);

  const declaredNetworks = declared.flatMap((entry) => entry.networks);
  return {
    clusters,
    networks: inOrder([...declaredNetworks, ...clusters.flatMap(({ networks }) => networks)]).map((id) => ({
      id,
      declared: declaredNetworks.some((other) => sameId(other, id)),
      clusters: clusters
        .filter(({ networks }) => networks.some((other) => sameId(other, id)))
        .map(({ cluster }) => cluster.name),
    })),
    missing: inOrder(listed).filter((id) => !clusters.some(({ cluster }) => sameId(cluster.id, id))),
  };
}

const inOrder = (ids: readonly string[]): readonly string[] => distinctIds(ids).sort(byIdKey);
