import type { Profile } from './check.ts';

/** `acr-audit.config.yaml` or `.json`. What the command line says wins over it. */
export interface Config {
  readonly $schema?: string;
  readonly profile?: Profile;
  /** Findings of this severity and above fail the run. */
  readonly failOn?: 'critical' | 'high' | 'medium' | 'low' | 'none';
  /** Numbers of checks, by check id: `{ implicit-pull-bounded: { principals: 20 } }`. */
  readonly options?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** What pulls from registries where Azure cannot tell. */
  readonly consumers?: readonly ConfiguredConsumer[];
}

export interface ConfiguredConsumer {
  /** Name or resource id of the registry. */
  readonly registry: string;
  readonly clusters?: readonly ClusterId[];
  readonly networks?: readonly NetworkId[];
}

/**
 * The resource id of an AKS cluster.
 * @pattern ^/[sS]ubscriptions/[^/]+/[rR]esource[gG]roups/[^/]+/providers/Microsoft\.ContainerService/managedClusters/[^/]+$
 */
export type ClusterId = string;

/**
 * The resource id of a virtual network.
 * @pattern ^/[sS]ubscriptions/[^/]+/[rR]esource[gG]roups/[^/]+/providers/Microsoft\.Network/virtualNetworks/[^/]+$
 */
export type NetworkId = string;
