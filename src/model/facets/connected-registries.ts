import type { OpenEnum } from '../enums.ts';

/** A registry on somebody's premises that syncs with this one. */
export interface ConnectedRegistry {
  readonly id: string;
  readonly name: string;
  readonly connectionState: OpenEnum<'connectionState'> | null;
  readonly activation: OpenEnum<'activation'> | null;
  /** ISO 8601; absent where it never called. */
  readonly lastActivity: string | null;
  /** When it calls, as five fields of cron; it is silent in between. */
  readonly schedule: string | null;
  /** Id of the token it synchronises with. */
  readonly syncToken: string | null;
}
