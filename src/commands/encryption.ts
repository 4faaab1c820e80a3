import type { AzStep } from '../model/step.ts';
import { onRegistry } from './az.ts';

/** `az acr encryption rotate-key`: a key id without a version makes the registry follow the key's rotations. */
export const acrFollowKey = (versionlessKey: string): AzStep => ({
  az: `az acr encryption rotate-key --name <registry> --resource-group <group> --subscription <subscription> --key-encryption-key ${versionlessKey}`,
  effect: onRegistry((registry) =>
    registry.encryption
      ? {
          ...registry,
          encryption: { ...registry.encryption, keyIdentifier: versionlessKey, keyRotationEnabled: true },
        }
      : { refused: 'a customer-managed key can only be given when a registry is created' },
  ),
});
