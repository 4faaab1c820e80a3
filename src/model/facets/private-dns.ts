import type { OpenEnum } from '../enums.ts';
import type { Evidence } from '../evidence.ts';

/**
 * The private DNS of the whole scan: every zone that a private endpoint's zone group names, and every zone of the
 * scanned subscriptions that may answer for a registry's name. Each zone is read once, however many registries use it.
 */
export interface PrivateDns {
  readonly zones: readonly ZoneEvidence[];
  /** The DNS forwarding rulesets of the scanned subscriptions, with the rules that concern names of registries. */
  readonly rulesets: readonly ForwardingRuleset[];
  readonly searched: readonly SearchedForDns[];
}

/** Whether the zones and rulesets of a scanned subscription could be listed: one may hide where they could not. */
export interface SearchedForDns {
  readonly subscription: string;
  readonly zones: Evidence<readonly string[]>;
  readonly rulesets: Evidence<readonly string[]>;
}

/** Rules by which Azure's resolver forwards queries of the linked networks to other servers. */
export interface ForwardingRuleset {
  readonly id: string;
  readonly rules: Evidence<readonly ForwardingRule[]>;
  /** Ids of the networks that it is linked to. */
  readonly networks: Evidence<readonly string[]>;
}

export interface ForwardingRule {
  readonly name: string;
  /** `azurecr.io.`; `.` is every name. */
  readonly domain: string;
  /** `null`: Azure left it out. */
  readonly enabled: boolean | null;
  readonly targets: readonly ForwardingTarget[];
}

export interface ForwardingTarget {
  readonly ip: string;
  /** Id of the network of the private resolver whose inbound endpoint has the address; `null` where no resolver has. */
  readonly network: Evidence<string | null>;
}

export interface ZoneEvidence {
  readonly id: string;
  readonly name: string;
  /** The A records. */
  readonly records: Evidence<readonly AddressRecord[]>;
  /** The CNAME records. */
  readonly aliases: Evidence<readonly AliasRecord[]>;
  readonly links: Evidence<readonly NetworkLink[]>;
}

/** An A record set: name relative to the zone, e.g. `contoso.westeurope.data`, `@` for the zone's own name, `*`. */
export interface AddressRecord {
  readonly name: string;
  readonly ips: readonly string[];
}

export interface AliasRecord {
  readonly name: string;
  /** The name that it leads to; `null`: Azure left it out. */
  readonly target: string | null;
}

export interface NetworkLink {
  readonly name: string;
  readonly network: string;
  readonly state: OpenEnum<'linkState'> | null;
  readonly provisioningState: OpenEnum<'provisioningState'> | null;
  /** Answered from api-version 2024-06-01 on. */
  readonly resolutionPolicy: OpenEnum<'resolutionPolicy'> | null;
}
