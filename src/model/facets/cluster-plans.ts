import type { Evidence } from '../evidence.ts';
import type { DefenderPlan } from './defender-plans.ts';

/** The Microsoft Defender plans of a subscription that has clusters, be there registries in it or not. */
export interface ClusterPlans {
  readonly subscription: string;
  readonly plans: Evidence<readonly DefenderPlan[]>;
}
