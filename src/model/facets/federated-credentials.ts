import type { Evidence } from '../evidence.ts';

/** The user-assigned identities of the scanned subscriptions, and who may log in as them without a secret. */
export interface FederatedCredentials {
  readonly identities: readonly FederatedIdentity[];
  /** Whether the identities of each scanned subscription could be listed: a principal is only known by its identity. */
  readonly searched: readonly { readonly subscription: string; readonly identities: Evidence<readonly string[]> }[];
}

export interface FederatedIdentity {
  readonly id: string;
  readonly name: string;
  readonly principalId: string;
  /** Asked for only where the identity holds a role that may reach a registry or an identity. */
  readonly credentials: Evidence<readonly FederatedCredential[]>;
}

/** Tokens of this issuer, for this subject, are accepted as the identity. All three are compared exactly. */
export interface FederatedCredential {
  readonly id: string;
  readonly name: string;
  readonly issuer: string | null;
  readonly subject: string | null;
  /** In place of a subject: a pattern of claims (`claimsMatchingExpression`), in its own language. */
  readonly expression: string | null;
  readonly audiences: readonly string[];
}
