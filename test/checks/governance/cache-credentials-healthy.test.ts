import check from '../../../checks/governance/cache-credentials-healthy.ts';
import type { CacheCredential, CredentialSet } from '../../../src/model/facets/credential-sets.ts';
import { testCheck } from '../../support.ts';

const set = (...credentials: CacheCredential[]): CredentialSet => ({
  id: '/credentialSets/hub',
  name: 'hub',
  loginServer: 'docker.io',
  principalId: 'p',
  credentials,
});
const credential = (health: CacheCredential['health'], errorCode: string | null = null): CacheCredential => ({
  name: 'Credential1',
  health,
  errorCode,
});
const cites = ['credentialSets/0/credentials/0/health'];

testCheck(check, [
  ['pass', 'the credential works', { credentialSets: [set(credential('Healthy'))] }, { cites }],
  [
    'fail',
    'the vault refuses the identity',
    { credentialSets: [set(credential('Unhealthy', 'Forbidden'))] },
    { cites, says: 'hub for docker.io (Forbidden)', fix: 'Key Vault Secrets User' },
  ],
  ['not-applicable', 'there is no credential set', { credentialSets: [] }],
  ['unknown', 'a set came without credentials', { credentialSets: [set()] }],
  ['unknown', 'ARM left the health out', { credentialSets: [set(credential(null))] }],
]);
