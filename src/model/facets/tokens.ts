import type { OpenEnum } from '../enums.ts';

/** A token: a user name of the registry's own, bounded by a scope map. Passwords themselves are never answered. */
export interface Token {
  readonly id: string;
  readonly name: string;
  readonly status: OpenEnum<'policyStatus'> | null;
  /** Id of the map; it may be gone. */
  readonly scopeMap: string | null;
  /** Up to two; empty where none was made, or the answer has no credentials at all. */
  readonly passwords: readonly TokenCredential[];
  readonly certificates: readonly TokenCredential[];
}

/** Instants in ISO 8601, as sent. */
export interface TokenCredential {
  readonly name: string | null;
  readonly createdAt: string | null;
  /** `null`, and a date in the year 9999: never. */
  readonly expiry: string | null;
}
