import type { Instant } from '../evidence.ts';

/** What the activity log of a subscription says of its registries, as far as it is kept: who was handed a secret. */
export interface ActivityLog {
  /** The log is read from here on. */
  readonly since: Instant;
  /** Whether every event since then was read: a log that is too long is read from its newest event on. */
  readonly whole: boolean;
  /** Newest first. */
  readonly secrets: readonly SecretEvent[];
}

/** One step of a request for the passwords of the admin user. */
export interface SecretEvent {
  /** Id of the registry. */
  readonly registry: string;
  /** The action, without its namespace: `listCredentials/action`. */
  readonly action: string;
  /** A user name, or the object id of a service principal. */
  readonly caller: string | null;
  readonly at: Instant;
  /** `Started`, `Succeeded` or `Failed`. */
  readonly status: string | null;
}
