import { defineCheck, fail, manual, notApplicable, pass, untold } from '../../src/check.ts';

export default defineCheck({
  id: 'cache-credentials-healthy',
  title: 'Artifact cache can log in to every upstream registry',
  problem: 'Artifact cache cannot log in to an upstream registry',
  severity: 'medium',
  profile: 'recommended',
  profileReason: 'A cache that cannot log in fails on the next image that is not in it yet.',
  since: '1.0',
  area: 'governance',
  needs: ['credentialSets'],

  why: 'New images and tags of the upstream no longer arrive; what is cached ages, patches included, and a new deployment fails.',
  symptom: 'Cached tags pull as ever, an uncached one answers 401 or not found; the credential set shows Unhealthy.',
  cause:
    'The identity of the credential set was never given access to its Key Vault secrets, or a secret expired, was rotated or disabled.',
  confirm: [
    'az acr credential-set list --registry <registry> --subscription <subscription> --query "[].[name, authCredentials[].credentialHealth]"',
  ],
  fix: {
    steps: [
      manual(
        "Give the credential set's identity the role Key Vault Secrets User on the two secrets, see that both are enabled and current, then look at the health again.",
      ),
    ],
    breaks: 'Nothing: the identity only learns to read two secrets.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/artifact-cache-cli'],

  evaluate({ credentialSets }) {
    if (credentialSets.length === 0) return notApplicable('the registry has no credential set');
    const seen = credentialSets.flatMap((set, index) =>
      set.credentials.map(({ health, errorCode }, position) => ({
        set,
        errorCode,
        health: {
          at: `credentialSets/${index}/credentials/${position}/health` as const,
          about: `${set.name} for ${set.loginServer ?? 'an upstream'}`,
          saw: health,
        },
      })),
    );
    const ill = seen.filter(({ health }) => health.saw === 'Unhealthy');
    if (ill.length > 0)
      return fail(
        ill.map(({ health }) => ({ ...health, wanted: 'Healthy' })),
        `Cannot log in: ${ill.map(({ health, errorCode }) => `${health.about}${errorCode ? ` (${errorCode})` : ''}`).join(', ')}`,
      );
    const bare = credentialSets.find(({ credentials }) => credentials.length === 0);
    if (bare) return untold(`Azure's answer names no credential of ${bare.name}`);
    const strange = seen.find(({ health }) => health.saw !== 'Healthy');
    if (strange) return untold(`the health of ${strange.set.name} is ${strange.health.saw ?? 'missing'}`);
    return pass(seen.map(({ health }) => health));
  },
});
