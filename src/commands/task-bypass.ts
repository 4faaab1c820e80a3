import type { AzStep } from '../model/step.ts';
import { onRegistry } from './az.ts';

/** Lets tasks past the registry's network rules with their system token, or no longer; az acr has no flag for it. */
export const tasksBypass = (allowed: boolean): AzStep => ({
  az: `az resource update --ids <registry-id> --api-version 2025-11-01 --set properties.networkRuleBypassAllowedForTasks=${allowed}`,
  effect: onRegistry((registry) => ({ ...registry, networkRuleBypassAllowedForTasks: allowed })),
});
