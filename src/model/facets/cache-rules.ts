import type { ManagedIdentity } from './registry.ts';

/** An artifact cache rule: pulls of `target` are filled from `source`. */
export interface CacheRule {
  readonly id: string;
  readonly name: string;
  readonly source: string | null;
  readonly target: string | null;
  readonly credentialSet: string | null;
  /** With which it logs in to an upstream of Azure, in place of a credential set; preview api-versions answer it. */
  readonly identity: ManagedIdentity | null;
}
