import type { OpenEnum } from '../enums.ts';
import type { Evidence } from '../evidence.ts';

/** The key vaults that hold the keys of registries. Never a key, never a secret. */
export interface KeyVaults {
  readonly vaults: readonly KeyVault[];
  /** Whether the vaults of each subscription could be listed; empty where no registry has a key of its own. */
  readonly searched: readonly { readonly subscription: string; readonly ids: Evidence<readonly string[]> }[];
}

export interface KeyVault {
  readonly id: string;
  readonly name: string;
  /** Host of the vault, lower case: key identifiers begin with it. */
  readonly host: string;
  /** ARM leaves it out where it is off, and never answers `false`. */
  readonly purgeProtection: boolean | null;
  readonly softDelete: boolean | null;
  readonly publicNetworkAccess: OpenEnum<'enabledDisabled'> | null;
  /** `null`: the vault has no rules. */
  readonly rules: {
    readonly defaultAction: OpenEnum<'defaultAction'> | null;
    readonly bypass: OpenEnum<'networkRuleBypassOptions'> | null;
  } | null;
}
