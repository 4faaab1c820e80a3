import type { Missing } from '../../model/evidence.ts';
import type { Unknown, WhyUnseen } from '../../model/outcome.ts';
import type { Place } from './endpoints.ts';

/** What carries the connection. */
export type Way = 'private endpoint' | 'public endpoint';

/** Whether a name works from somewhere. `unknown` where the evidence cannot tell: never guessed. */
export type Works = 'yes' | 'no' | 'in part' | 'unknown';

/** A record that is missing or wrong: in which zone, and what it should hold where that is known. */
export interface RecordStop {
  /** Id of the zone. */
  readonly zone: string;
  /** The zone's link to the network. */
  readonly link: string;
  readonly record: string;
  readonly wanted: readonly string[] | null;
}

/** The first thing that stops a client, or that keeps us from knowing whether anything does. Ids are resource ids. */
export type Stop =
  /** Nobody private and nobody public is answered. */
  | { readonly kind: 'no-endpoint'; readonly pending: readonly PendingEndpoint[] }
  /** There is an endpoint, but the network's DNS does not know it and leads to the public address, which refuses. */
  | { readonly kind: 'not-linked'; readonly network: string; readonly choice: LinkChoice | null }
  /** The network's link sends what the zone lacks to the public address, which refuses. */
  | ({ readonly kind: 'falls-back' } & RecordStop)
  /** NXDOMAIN. */
  | ({ readonly kind: 'no-record' } & RecordStop)
  /** The name leads to an address that no endpoint of the registry has for it. */
  | ({ readonly kind: 'wrong-record'; readonly saw: readonly string[] } & RecordStop)
  /** Some of the addresses are an endpoint's that the network gets to, and some are not: about half of the look-ups fail. */
  | ({ readonly kind: 'half-record'; readonly saw: readonly string[] } & RecordStop)
  /** No approved endpoint has an address for the name, so that no record can be right. */
  | { readonly kind: 'no-member'; readonly endpoint: string; readonly region: string | null }
  /** The name leads to an endpoint in a network that this one has no way to. `own`: the endpoint that it has itself. */
  | ({
      readonly kind: 'no-route';
      readonly endpoint: string;
      readonly from: string;
      readonly to: string;
      readonly own: string | null;
    } & RecordStop)
  | Doubt;

/** A zone that a network may be linked to, and whether the endpoint that its records lead to is in reach of it. */
export interface LinkChoice {
  /** Id of the zone. */
  readonly zone: string;
  /** The endpoint that its records lead to, and its network; `null` where the zone has no record yet, or another's. */
  readonly endpoint: string | null;
  readonly to: string | null;
  readonly route: 'same' | 'peered' | 'none' | 'unknown';
}

/** An endpoint that waits for approval, the name of its connection, and whose it is. */
export interface PendingEndpoint {
  readonly endpoint: string;
  readonly connection: string;
  readonly place: Place;
}

/** What keeps us from knowing. */
export type Doubt =
  /** Servers of the user's answer the network's queries. */
  | { readonly kind: 'own-dns'; readonly network: string; readonly servers: readonly string[] }
  /** A ruleset forwards the name to servers whose answers we do not know. */
  | {
      readonly kind: 'forwarded';
      readonly network: string;
      readonly ruleset: string;
      readonly servers: readonly string[];
    }
  /** The two networks are not peered directly; a hub, a gateway, a virtual WAN or a mesh may connect them all the same. */
  | {
      readonly kind: 'indirect';
      readonly endpoint: string;
      readonly from: string;
      readonly to: string;
      readonly managers: readonly string[];
    }
  /** The public endpoint answers listed addresses: which one the network leaves by is not in ARM. */
  | { readonly kind: 'egress'; readonly network: string | null; readonly rules: readonly string[] }
  /** AKS made the network itself, in the cluster's node resource group. */
  | { readonly kind: 'unnamed-network'; readonly cluster: string; readonly nodeResourceGroup: string | null }
  | {
      readonly kind: 'unseen';
      readonly unseen: WhyUnseen;
      readonly reason: string;
      readonly missing: readonly Missing[];
    };

const doubts = ['own-dns', 'forwarded', 'indirect', 'egress', 'unnamed-network', 'unseen'];

export const isDoubt = (stop: Stop): stop is Doubt => doubts.includes(stop.kind);

export const unseenStop = ({ unseen, reason, missing }: Unknown): Stop => ({ kind: 'unseen', unseen, reason, missing });
