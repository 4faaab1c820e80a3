import type { Evidence } from '../evidence.ts';

/** The storage accounts that import pipelines read from, as far as they are in a subscription that was looked in. */
export interface StorageAccounts {
  readonly accounts: readonly StorageAccount[];
  /** Whether the accounts of each subscription could be listed; empty where no pipeline names one. */
  readonly searched: readonly { readonly subscription: string; readonly ids: Evidence<readonly string[]> }[];
}

/** Names of accounts are the same for all of Azure: lower case, and nobody has the same. */
export interface StorageAccount {
  readonly id: string;
  readonly name: string;
}
