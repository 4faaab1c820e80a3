import check from '../../../checks/governance/cache-credentials-healthy.ts';
import type { CacheCredential, CredentialSet } from '../../../src/model/facets/credential-sets.ts';
import { cacheRule, testCheck } from '../../support.ts';

const set = (...credentials: CacheCredential[]): CredentialSet => ({
  id: '/credentialSets/hub',
  name: 'hub',
  loginServer: 'docker.io',
  principalId: 'p',
  credentials,
});
const credential = (
  health: CacheCredential['health'],
  errorCode: string | null = null,
  errorMessage: string | null = null,
): CacheCredential => ({
  health,
  errorCode,
  errorMessage,
});
const rule = (source: string | null) => ({ ...cacheRule('hub'), source, credentialSet: '/CREDENTIALSETS/hub' });
const cites = ['credentialSets/0/credentials/0/health'];

testCheck(
  check,
  [
    ['pass', 'the credential works', { credentialSets: [set(credential('Healthy'))], cacheRules: [] }, { cites }],
    [
      'fail',
      'the vault refuses the identity',
      { credentialSets: [set(credential('Unhealthy', 'Forbidden'))], cacheRules: [] },
      { cites, says: 'hub for docker.io cannot log in (Forbidden)', fix: 'Key Vault Secrets User' },
    ],
    [
      'fail',
      'the secret is gone, which no role mends',
      { credentialSets: [set(credential('Unhealthy', 'SecretNotFound'))], cacheRules: [] },
      { cites, fix: /^See that the two secrets of credential set hub exist/ },
    ],
    [
      'fail',
      'what it says is told, and a role is no fix for it',
      {
        credentialSets: [set(credential('Unhealthy', 'Unknown', 'Sequence contains no elements'))],
        cacheRules: [],
      },
      { cites, says: '(Unknown: Sequence contains no elements)', fix: /^See that the two secrets/ },
    ],
    [
      'fail',
      'an error code in another letter case',
      { credentialSets: [set(credential('Unhealthy', 'forbidden'))], cacheRules: [] },
      { cites, fix: 'Key Vault Secrets User' },
    ],
    [
      'pass',
      'a rule logs in where it pulls from',
      { credentialSets: [set(credential('Healthy'))], cacheRules: [rule('docker.io/library/*')] },
      { cites: [...cites, 'credentialSets/0/loginServer'] },
    ],
    [
      'fail',
      'a rule logs in elsewhere than where it pulls from',
      { credentialSets: [set(credential('Healthy'))], cacheRules: [rule('ghcr.io/org/*')] },
      {
        cites: ['credentialSets/0/loginServer'],
        says: 'rule hub pulls from ghcr.io',
        fix: 'a credential set for ghcr.io',
      },
    ],
    [
      'unknown',
      'Azure left out what a rule pulls',
      { credentialSets: [set(credential('Healthy'))], cacheRules: [rule(null)] },
    ],
    ['not-applicable', 'there is no credential set', { credentialSets: [], cacheRules: [] }],
    ['unknown', 'a set came without credentials', { credentialSets: [set()], cacheRules: [] }],
    ['unknown', 'ARM left the health out', { credentialSets: [set(credential(null))], cacheRules: [] }],
  ],
  {
    'credentialSets/*/loginServer': 'without a rule that uses the set it is in the words only',
    'cacheRules/*/credentialSet': 'a rule without a set is judged by another check',
  },
);
