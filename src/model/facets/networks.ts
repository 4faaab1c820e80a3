import type { Evidence } from '../evidence.ts';

/** A virtual network that holds a private endpoint or a consumer of a scanned registry. */
export interface NetworkEvidence {
  readonly id: string;
  readonly network: Evidence<VirtualNetwork>;
}

export interface VirtualNetwork {
  readonly id: string;
  readonly name: string;
  readonly location: string | null;
  /** Empty: Azure's own resolver, so that linked private zones decide. Otherwise somebody else's servers do. */
  readonly dnsServers: readonly string[];
  readonly peerings: readonly { readonly remote: string | null; readonly state: string | null }[];
  readonly subnets: readonly Subnet[];
  /**
   * Ids of the network managers whose scope may hold the network: they connect networks without a peering. Unseen where
   * the managers of a scanned subscription would not list.
   */
  readonly managers: Evidence<readonly string[]>;
}

export interface Subnet {
  readonly id: string;
  readonly name: string;
  readonly prefixes: readonly string[];
  /** Number of ip configurations in the subnet; Azure reserves five addresses besides; `null`: left out of the answer. */
  readonly usedAddresses: number | null;
}
