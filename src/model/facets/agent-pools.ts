import type { OpenEnum } from '../enums.ts';

/** Dedicated machines that run tasks; in a subnet of the user's they reach the registry as any client there does. */
export interface AgentPool {
  readonly id: string;
  readonly name: string;
  readonly provisioningState: OpenEnum<'provisioningState'> | null;
  /** Subnet id; `null`: machines outside of any network of the user's. */
  readonly subnet: string | null;
  /** Number of machines; a pool may be scaled to none. */
  readonly count: number | null;
}
