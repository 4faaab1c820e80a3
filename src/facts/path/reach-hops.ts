import type { Missing } from '../../model/evidence.ts';

/** Whether a name, or a pull, works from somewhere. `unknown` where the evidence cannot tell: never guessed. */
export type Can = 'yes' | 'no' | 'unknown';

/** What carries the connection. */
export type Way = 'private endpoint' | 'public endpoint';

/** The first thing that stops a client, or that keeps us from knowing whether anything does. Ids are resource ids. */
export type Hop =
  /** Nobody private and nobody public is answered. */
  | { readonly kind: 'no-endpoint'; readonly pending: readonly PendingEndpoint[] }
  /** There is an endpoint, but the network's DNS does not know it and leads to the public address, which refuses. */
  | { readonly kind: 'not-linked'; readonly network: string; readonly zone: string | null }
  /** The network's link sends what the zone lacks to the public address, which refuses. */
  | {
      readonly kind: 'falls-back';
      readonly zone: string;
      readonly record: string;
      readonly wanted: readonly string[] | null;
    }
  /** NXDOMAIN. */
  | {
      readonly kind: 'no-record';
      readonly zone: string;
      readonly record: string;
      readonly wanted: readonly string[] | null;
    }
  /** The name leads to an address that no endpoint of the registry has for it. */
  | {
      readonly kind: 'wrong-record';
      readonly zone: string;
      readonly record: string;
      readonly saw: readonly string[];
      readonly wanted: readonly string[] | null;
    }
  /** No approved endpoint has an address for the name, so that no record can be right. */
  | { readonly kind: 'no-member'; readonly endpoint: string; readonly region: string | null }
  /** The name leads to an endpoint in a network that this one has no way to. */
  | { readonly kind: 'no-route'; readonly endpoint: string; readonly from: string; readonly to: string }
  | Doubt;

/** An endpoint that waits for approval, and the name of its connection. */
export interface PendingEndpoint {
  readonly endpoint: string;
  readonly connection: string;
}

/** What keeps us from knowing. */
export type Doubt =
  /** Servers of the user's answer the network's queries. */
  | { readonly kind: 'own-dns'; readonly network: string; readonly servers: readonly string[] }
  /** The two networks are not peered directly; a hub, a gateway or a virtual WAN may connect them all the same. */
  | { readonly kind: 'indirect'; readonly endpoint: string; readonly from: string; readonly to: string }
  /** The public endpoint answers listed addresses: which one the network leaves by is not in ARM. */
  | { readonly kind: 'egress'; readonly network: string | null; readonly rules: readonly string[] }
  /** AKS made the network itself, in the cluster's node resource group. */
  | { readonly kind: 'unnamed-network'; readonly cluster: string; readonly nodeResourceGroup: string | null }
  | { readonly kind: 'unseen'; readonly reason: string; readonly missing: readonly Missing[] };

const doubts = ['own-dns', 'indirect', 'egress', 'unnamed-network', 'unseen'];

export const isDoubt = (hop: Hop): hop is Doubt => doubts.includes(hop.kind);

/** How one name is reached from one network. */
export type NamePath =
  | { readonly can: 'yes'; readonly way: Way; readonly via: string }
  | { readonly can: 'no' | 'unknown'; readonly hop: Hop };

export const stoppedBy = (hop: Hop): NamePath => ({ can: isDoubt(hop) ? 'unknown' : 'no', hop });

/** What a hop that stops a client looks like, how to see it, what mends it. */
export interface Advice {
  readonly problem: string;
  readonly symptom: string;
  readonly confirm: readonly string[];
  /** Empty where nothing is known to be broken. */
  readonly fix: readonly string[];
}

/** One thing that stops clients, or may: the same for every network and region it is named with. */
export interface Stop extends Advice {
  readonly can: 'no' | 'unknown';
  /** The name that clients do not get past. */
  readonly name: string;
  readonly hop: Hop;
  readonly where: readonly { readonly from: string; readonly regions: readonly string[] }[];
}
