import { parentId, parseId, sameId } from '../model/ids.ts';
import { shellWord } from '../model/shell.ts';
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

/** `az identity federated-credential delete`, by the id of the credential. */
export function federatedCredentialDelete(id: string): AzStep {
  const { subscription = '', resourceGroup = '', name = '' } = parseId(id) ?? {};
  const identity = parentId(id).slice(parentId(id).lastIndexOf('/') + 1);
  return {
    az: `az identity federated-credential delete --identity-name ${shellWord(identity)} --resource-group ${shellWord(resourceGroup)} --subscription ${shellWord(subscription)} --name ${shellWord(name)} --yes`,
    effect: (facts) =>
      facts.federatedCredentials
        ? {
            ...facts,
            federatedCredentials: {
              ...facts.federatedCredentials,
              identities: facts.federatedCredentials.identities.map((one) =>
                one.credentials.state === 'observed'
                  ? {
                      ...one,
                      credentials: {
                        ...one.credentials,
                        value: one.credentials.value.filter((credential) => !sameId(credential.id, id)),
                      },
                    }
                  : one,
              ),
            },
          }
        : facts,
  };
}
