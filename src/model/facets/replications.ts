import type { OpenEnum } from '../enums.ts';

/** One replica. The home region appears in the list too: de-duplicate with `registry.location`. */
export interface Replication {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly provisioningState: OpenEnum<'provisioningState'> | null;
  /** A free string of the service: shown verbatim, never judged. */
  readonly displayStatus: string | null;
  /** `false`: billed and synced, but out of global routing. */
  readonly regionEndpointEnabled: boolean | null;
}
