import type { OpenEnum } from '../enums.ts';

/** How artifact cache logs in to an upstream registry: secrets in a Key Vault, read with an identity of its own. */
export interface CredentialSet {
  readonly id: string;
  readonly name: string;
  /** Of the upstream registry. */
  readonly loginServer: string | null;
  /** Object id of the identity that reads the secrets. */
  readonly principalId: string | null;
  readonly credentials: readonly CacheCredential[];
}

export interface CacheCredential {
  readonly health: OpenEnum<'credentialHealth'> | null;
  /** Why not healthy: `Forbidden`, `SecretNotFound`, … */
  readonly errorCode: string | null;
  /** The same in Azure's own words. */
  readonly errorMessage: string | null;
}
