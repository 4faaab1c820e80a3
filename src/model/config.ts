import type { Profile, Purpose, Severity } from './check.ts';

/** `acr-audit.config.yaml` or `.json`. What the command line says wins over it. */
export interface Config {
  readonly $schema?: string;
  readonly profile?: Profile;
  /** Findings of this severity and above fail the run. */
  readonly failOn?: 'critical' | 'high' | 'medium' | 'low' | 'none';
  readonly owner?: OwnerTag;
  /** Severities other than those of the checks, by check id. */
  readonly severity?: Readonly<Record<string, Severity>>;
  /** Checks that are not run on some registries. */
  readonly skip?: readonly Skip[];
  readonly rules?: RulesVersion;
  /** What a check takes, by check id: `{ implicit-pull-bounded: { principals: 20 } }`. */
  readonly options?: Readonly<Record<string, Readonly<Record<string, OptionValue>>>>;
  /** Registries of others that we trust. */
  readonly partnerRegistries?: readonly LoginServer[];
  /** Rights that principals have on purpose. */
  readonly purposes?: readonly Purpose[];
  /** What pulls from registries where Azure cannot tell. */
  readonly consumers?: readonly ConfiguredConsumer[];
  readonly coverage?: Coverage;
  /** Findings that are accepted until a day. */
  readonly waivers?: readonly WaiverRule[];
  /** Modules of further checks. */
  readonly plugins?: readonly string[];
}

export type OptionValue = number | string | readonly string[];

/**
 * The tag of a registry whose value is its owner: `tag:team`.
 * @pattern ^tag:.+
 */
export type OwnerTag = string;

/**
 * Judge by the checks of this version of the rules; what came later is listed, and never fails.
 * @pattern ^\d+\.\d+$
 */
export type RulesVersion = string;

/** A check that is not run on registries of this name (a glob). */
export interface Skip {
  readonly check: string;
  readonly registry: string;
  readonly reason: Reason;
}

/**
 * Why, for whoever reads the report.
 * @pattern \S
 */
export type Reason = string;

/**
 * The last day on which it holds: `2027-03-31`.
 * @format date
 */
export type Day = string;

/** Findings of a check that are accepted. One of registry, subscription, group and tag at least says where. */
export interface WaiverRule {
  readonly check: string;
  /** Name or resource id of registries; a glob. */
  readonly registry?: string;
  /** Id or name; a glob. */
  readonly subscription?: string;
  /** A resource group; a glob. */
  readonly group?: string;
  /** `KEY` or `KEY=VALUE`. */
  readonly tag?: string;
  /** One thing of a check over many (`token/acme-*`), a glob; default: all of them. */
  readonly thing?: string;
  readonly reason: Reason;
  readonly until: Day;
}

/** Which of what could not be looked in need not be. */
export interface Coverage {
  readonly ignore: readonly IgnoredSubscription[];
}

export interface IgnoredSubscription {
  /** Id or name; a glob. */
  readonly subscription: string;
  readonly reason: Reason;
}

/**
 * `contoso.azurecr.io`.
 * @pattern ^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$
 */
export type LoginServer = string;

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
