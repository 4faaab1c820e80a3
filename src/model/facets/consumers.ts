import type { Evidence } from '../evidence.ts';

/** What may pull from registries: the AKS clusters of the scanned subscriptions, and what the configuration lists. */
export interface Consumers {
  readonly clusters: readonly Cluster[];
  /** Whether the clusters of each subscription could be listed: `not-collected` for one that the user left out. */
  readonly searched: readonly { readonly subscription: string; readonly clusters: Evidence<readonly string[]> }[];
  readonly declared: readonly DeclaredConsumer[];
}

/** What the configuration says pulls from a registry (a name or a resource id). */
export interface DeclaredConsumer {
  readonly registry: string;
  readonly clusters: readonly string[];
  readonly networks: readonly string[];
}

export interface Cluster {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly provisioningState: string | null;
  /** Clusters on a service principal have none. */
  readonly kubelet: {
    readonly objectId: string | null;
    readonly id: string | null;
  } | null;
  /** Object ids of the cluster's own identity, which makes load balancers and disks and pulls nothing. */
  readonly controlPlane: readonly string[];
  /** Client id of the service principal of an older cluster; `null` where identities are managed. */
  readonly servicePrincipal: string | null;
  /** Subnet ids of the node pools that are in a network of the user's. */
  readonly subnets: readonly string[];
  /** The image each node pool runs, as `AKSUbuntu-2204gen2containerd-202409.09.0`; `null` where Azure does not tell. */
  readonly nodeImages: readonly (string | null)[];
  readonly nodeResourceGroup: string | null;
  readonly oidcIssuer: string | null;
  /** As `1.31.4`. */
  readonly kubernetesVersion: string | null;
  /** What the cluster's profile of Microsoft Defender says; `null` where it has none. */
  readonly defender: ClusterDefender | null;
}

export interface ClusterDefender {
  /** Whether the sensor is to run; `null` where Azure does not tell. */
  readonly sensor: boolean | null;
  /** Gated deployment; `null` where the answer does not speak of it. */
  readonly gating: ClusterGating | null;
  /** The api-version that answered: versions before 2025-10-01 never speak of gating. */
  readonly apiVersion: string;
}

export interface ClusterGating {
  readonly enabled: boolean | null;
  /** Whom the gate pulls findings as; `registry` is the one that it is for, where Azure says so. */
  readonly identities: readonly { readonly registry: string | null; readonly principalId: string | null }[];
}
