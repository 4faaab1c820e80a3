import check from '../../../checks/trust/cache-namespace-bounded.ts';
import { cacheRule, testCheck } from '../../support.ts';

const rules = (...given: (readonly [source: string | null, target: string | null])[]) => ({
  cacheRules: given.map(([source, target], index) => ({ ...cacheRule(`r${index}`), source, target })),
});
const narrowed = { options: { sources: 'narrowed' } };

testCheck(check, [
  [
    'pass',
    'a prefix of its own',
    rules(['docker.io/library/*', 'hub/*']),
    { cites: ['cacheRules/0/target', 'cacheRules/0/source'] },
  ],
  [
    'pass',
    'a prefix, though anybody can push to the source',
    rules(['docker.io/*', 'hub/*']),
    { says: 'anybody can push' },
  ],
  [
    'fail',
    'every name',
    rules(['docker.io/library/*', 'hub/*'], ['mcr.microsoft.com/*', '*']),
    { says: 'rule r1 answers for every name' },
  ],
  [
    'fail',
    'an open source where narrow ones are wanted',
    rules(['ghcr.io/*', 'gh/*']),
    { ...narrowed, cites: ['cacheRules/0/source'] },
  ],
  ['pass', 'an owner, where narrow sources are wanted', rules(['docker.io/bitnami/*', 'b/*']), narrowed],
  ['pass', 'one publisher, where narrow sources are wanted', rules(['mcr.microsoft.com/*', 'mcr/*']), narrowed],
  [
    'pass',
    'a source that the configuration trusts',
    rules(['quay.io/*', 'q/*']),
    { options: { sources: 'narrowed', trustedUpstreams: ['Quay.io'] } },
  ],
  ['unknown', 'ARM left the target out', rules(['docker.io/library/*', null])],
  ['unknown', 'ARM left the source out', rules([null, 'hub/*'])],
  ['not-applicable', 'there is no rule', rules()],
]);
