import type { AzStep } from '../model/step.ts';
import { onRegistry } from './az.ts';

/** `az acr config authentication-as-arm update --status disabled`. */
export const acrArmAudienceOff = (): AzStep => ({
  az: 'az acr config authentication-as-arm update --registry <registry> --subscription <subscription> --status disabled',
  effect: onRegistry((registry) => ({
    ...registry,
    policies: { ...registry.policies, azureAdAuthenticationAsArm: { status: 'disabled' } },
  })),
});
