import type { OpenEnum } from '../enums.ts';
import type { Evidence } from '../evidence.ts';

/**
 * The private DNS of the whole scan: every zone that a private endpoint's zone group names, and every zone named for
 * a registry in the scanned subscriptions. Each zone is read once, however many registries use it.
 */
export interface PrivateDns {
  readonly zones: readonly ZoneEvidence[];
  /** Whether the zones of each scanned subscription could be listed: a zone may hide where they could not. */
  readonly searched: readonly { readonly subscription: string; readonly zones: Evidence<readonly string[]> }[];
}

export interface ZoneEvidence {
  readonly id: string;
  readonly name: string;
  readonly records: Evidence<readonly AddressRecord[]>;
  readonly links: Evidence<readonly NetworkLink[]>;
}

/** An A record set: name relative to the zone, e.g. `contoso.westeurope.data`. */
export interface AddressRecord {
  readonly name: string;
  readonly ips: readonly string[];
}

export interface NetworkLink {
  readonly name: string;
  readonly network: string;
  readonly state: OpenEnum<'linkState'> | null;
  readonly provisioningState: OpenEnum<'provisioningState'> | null;
  /** Answered from api-version 2024-06-01 on. */
  readonly resolutionPolicy: OpenEnum<'resolutionPolicy'> | null;
  readonly registrationEnabled: boolean | null;
}
