import { observed } from '../src/model/evidence.ts';
import type { Cluster, Consumers } from '../src/model/facets/consumers.ts';
import { subscriptionId } from './roles.ts';

export const clusterId = (name: string) =>
  `${subscriptionId}/resourceGroups/rg-aks/providers/Microsoft.ContainerService/managedClusters/${name}`;

/** A cluster whose nodes pull as `kubelet-<name>`. */
export const cluster = (name: string, changes: Partial<Cluster> = {}): Cluster => ({
  id: clusterId(name),
  name,
  location: 'westeurope',
  provisioningState: 'Succeeded',
  kubelet: { objectId: `kubelet-${name}`, id: null },
  controlPlane: [],
  nodeImages: [],
  servicePrincipal: null,
  subnets: [],
  nodeResourceGroup: null,
  oidcIssuer: null,
  kubernetesVersion: null,
  defender: null,
  ...changes,
});

/** What was found in the one subscription that was looked in. */
export const consumers = (...clusters: readonly Cluster[]): Consumers => ({
  clusters,
  searched: [{ subscription: subscriptionId, clusters: observed(clusters.map(({ id }) => id)) }],
  declared: [],
});

/** The same, with these clusters listed in the configuration. */
export const declared = (found: Consumers, ...names: readonly string[]): Consumers => ({
  ...found,
  declared: [{ registry: 'contoso', clusters: names.map(clusterId), networks: [] }],
});
