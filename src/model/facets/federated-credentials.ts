import type { Evidence } from '../evidence.ts';

/** Who may log in, without a secret, as an identity that can change what a scanned registry serves. */
export interface FederatedCredentials {
  /** The user-assigned identities that hold more than pull on a scanned registry. */
  readonly identities: readonly FederatedIdentity[];
  /** Whether the identities of each scanned subscription could be listed: a principal is only known by its identity. */
  readonly searched: readonly { readonly subscription: string; readonly identities: Evidence<readonly string[]> }[];
}

export interface FederatedIdentity {
  readonly id: string;
  readonly name: string;
  readonly principalId: string;
  readonly credentials: Evidence<readonly FederatedCredential[]>;
}

/** Tokens of this issuer, for this subject, are accepted as the identity. All three are compared exactly. */
export interface FederatedCredential {
  readonly id: string;
  readonly name: string;
  readonly issuer: string | null;
  readonly subject: string | null;
  readonly audiences: readonly string[];
}
