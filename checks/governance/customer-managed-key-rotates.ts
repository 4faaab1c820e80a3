import { commands, defineCheck, verdict } from '../../src/check.ts';

const at = 'registry/encryption/keyIdentifier';

export default defineCheck({
  id: 'customer-managed-key-rotates',
  title: 'The registry follows the rotation of its key',
  problem: 'The registry is pinned to one version of its key',
  severity: 'medium',
  profile: 'recommended',
  profileReason:
    'Whoever pays for a key of their own does so to rotate it; a pinned version turns that into an outage.',
  since: '1.0',
  article: ['Security notes'],
  frameworks: ['ISO 27001 A.8.24'],
  alsoKnownAs: ['cnspec mondoo-azure-security-acr-encryption-key-rotation'],
  area: 'governance',
  needs: ['registry'],

  why: 'A rotation in Key Vault does not reach the registry, and when the pinned version is disabled or expires nobody can pull.',
  symptom:
    'The key was rotated and the registry still names the old version; after its expiry every pull and push fails.',
  cause: 'The key identifier that was given when the registry was created ended in a version.',
  confirm: ['az acr encryption show --name <registry> --subscription <subscription> --query keyVaultProperties'],
  fix: {
    steps: [commands.acrFollowKey('<key-id-without-version>')],
    breaks:
      'Nothing that works: the registry picks the current version up, then each new one within an hour. The identity needs get, wrapKey and unwrapKey on the key.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/tutorial-rotate-revoke-customer-managed-keys'],

  evaluate({ registry: { encryption } }) {
    switch (encryption?.status) {
      case 'enabled':
        break;
      case 'disabled':
        return verdict.notApplicable('the registry has no customer-managed key');
      default:
        return verdict.untold("Azure's answer does not say whether the registry has a customer-managed key");
    }
    const { keyIdentifier: key, keyRotationEnabled: rotates } = encryption;
    // https://<vault>/keys/<name> follows the key, https://<vault>/keys/<name>/<version> does not.
    const [, versionless, version] =
      /^(https:\/\/[\w.-]+(?::\d+)?\/keys\/[\w-]+)(?:\/([\w-]+))?\/?$/i.exec(key ?? '') ?? [];
    if (versionless === undefined) return verdict.untold("Azure's answer has no key identifier that we can read");
    const seen = { at, saw: key } as const;
    const rotation = { at: 'registry/encryption/keyRotationEnabled', saw: rotates } as const;
    if (version !== undefined)
      return verdict.fail({ ...seen, wanted: versionless }, undefined, [commands.acrFollowKey(versionless)]);
    if (rotates === false)
      return verdict.fail({ ...rotation, wanted: true }, undefined, [commands.acrFollowKey(versionless)]);
    // The identifier decides where Azure leaves the switch out: older answers do.
    return verdict.pass(rotates === null ? seen : [seen, rotation]);
  },
});
