import check from '../../../checks/governance/cache-rules-can-pull.ts';
import { denied } from '../../../src/model/evidence.ts';
import type { CacheRule } from '../../../src/model/facets/cache-rules.ts';
import type { CredentialSet } from '../../../src/model/facets/credential-sets.ts';
import { acr, cacheRule, registryId, testCheck } from '../../support.ts';

const set = (name: string): CredentialSet => ({
  id: `${registryId}/credentialSets/${name}`,
  name,
  loginServer: 'docker.io',
  principalId: 'p',
  credentials: [],
});
const rule = (source: string | null, said: Partial<CacheRule> = {}): CacheRule => ({
  ...cacheRule('hub'),
  source,
  ...said,
});
const with_ = (cacheRules: CacheRule[], credentialSets: CredentialSet[] = []) => ({
  registry: acr(),
  cacheRules,
  credentialSets,
});
const own = { credentialSet: `${registryId}/CREDENTIALSETS/hub` };
const identity = { type: 'userAssigned', principalId: null, userAssigned: [] };

testCheck(
  check,
  [
    ['pass', 'the rule has a credential set', with_([rule('docker.io/library/*', own)], [set('hub')])],
    ['pass', 'the upstream asks for none', with_([rule('mcr.microsoft.com/*')]), { cites: ['cacheRules/0/source'] }],
    ['pass', 'it logs in to another registry of ours by its identity', with_([rule('up.azurecr.io/a', { identity })])],
    [
      'unknown',
      'the credential set that could not be read may be the one of the rule',
      with_([rule('docker.io/library/*', own)]),
      { unread: ['credentialSets'] },
    ],
    [
      'fail',
      'one rule surely has no login; the credential set that could not be read may be the one of another',
      with_([rule('docker.io/*'), rule('docker.io/library/*', own)]),
      { unread: ['credentialSets'], says: /^rule hub pulls from docker.io without a credential set$/ },
    ],
    [
      'fail',
      'a rule without a credential set is told where credential sets may not be read',
      { ...with_([rule('docker.io/*')]), credentialSets: denied('no', []) },
    ],
    [
      'unknown',
      'whether the set of a rule is there may not be read',
      { ...with_([rule('docker.io/*', own)]), credentialSets: denied('no', []) },
      { says: 'the credential set of rule hub' },
    ],
    [
      'fail',
      'the upstream takes authenticated pulls only',
      with_([rule('mcr.microsoft.com/*'), rule('docker.io/*')]),
      { cites: ['cacheRules/1/source', 'cacheRules/1/credentialSet'], says: 'docker.io without a credential set' },
    ],
    ['fail', 'the upstream is a registry of ours', with_([rule('Up.azurecr.io/a')])],
    ['fail', 'the upstream is a repository of Google', with_([rule('europe-docker.pkg.dev/a/b')])],
    [
      'fail',
      'its credential set is gone',
      with_([rule('docker.io/library/*', own)], [set('other')]),
      { says: 'is gone' },
    ],
    [
      'unknown',
      'nobody knows what the upstream asks',
      with_([rule('registry.example/*')]),
      { says: 'registry.example' },
    ],
    ['unknown', 'ARM left the source out', with_([rule(null)])],
    ['not-applicable', 'there is no rule', with_([])],
  ],
  {
    'cacheRules/*/source': 'a rule with a credential set logs in, whatever its source',
  },
);
