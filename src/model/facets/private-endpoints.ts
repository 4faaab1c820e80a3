import type { OpenEnum } from '../enums.ts';
import type { Evidence } from '../evidence.ts';

/** One private endpoint connection of the registry, with the endpoint behind it as far as it can be read. */
export interface EndpointConnection {
  readonly id: string;
  readonly name: string;
  readonly status: OpenEnum<'connectionStatus'> | null;
  /** Id of the endpoint resource; it may live in a subscription or tenant we cannot read. */
  readonly endpointId: string | null;
  readonly placement: Placement;
  /** Not collected where it is another tenant's: that nobody may read it is no gap in what was seen. */
  readonly endpoint: Evidence<PrivateEndpoint>;
}

/** Where an endpoint lies, as ARM answers our login. */
export type Placement =
  /** In a subscription of this tenant; `gone`: there is no such endpoint any more. */
  | { readonly whose: 'ours'; readonly gone: boolean }
  /** `tenant`: the one whose login ARM asks for. */
  | { readonly whose: 'another-tenant'; readonly tenant: string | null }
  /** ARM knows the subscription not, or was not asked. */
  | { readonly whose: 'unplaced' };

export interface PrivateEndpoint {
  readonly id: string;
  readonly name: string;
  readonly subnet: string | null;
  /** The subnet's network, from the subnet's id. */
  readonly network: string | null;
  /** Group ids of the connections that target this registry: `registry` for a container registry. */
  readonly groups: readonly string[];
  /** Static addresses make the platform refuse a further replica. */
  readonly staticAddresses: boolean;
  readonly customDns: readonly { readonly fqdn: string; readonly ips: readonly string[] }[];
  /** What the endpoint's network interface serves: one member an address. */
  readonly members: Evidence<readonly EndpointMember[]>;
  readonly zoneGroups: Evidence<readonly ZoneGroup[]>;
}

/** An address of the endpoint's network interface: `registry`, `registry_data_<region>` or `registry_<region>`. */
export interface EndpointMember {
  readonly member: string;
  readonly ip: string;
  readonly fqdns: readonly string[];
}

export interface ZoneGroup {
  readonly name: string;
  /** Ids of the private DNS zones that the group writes records to. */
  readonly zones: readonly string[];
}
