import type { OpenEnum } from '../enums.ts';

/** A registry on somebody's premises that syncs with this one. */
export interface ConnectedRegistry {
  readonly id: string;
  readonly name: string;
  /** `ReadWrite`, `ReadOnly`, `Registry` or `Mirror`. */
  readonly mode: string | null;
  readonly connectionState: OpenEnum<'connectionState'> | null;
  readonly activation: OpenEnum<'activation'> | null;
  /** ISO 8601; absent where it never called. */
  readonly lastActivity: string | null;
  /** Id of the token it synchronises with. */
  readonly syncToken: string | null;
}
