import check from '../../../checks/identity/scope-maps-in-use.ts';
import { testCheck } from '../../support.ts';
import { scopeMap, syncMap, token } from '../../tokens.ts';

const used = scopeMap('ci', 'repositories/app/content/read');
const unused = scopeMap('old', 'repositories/app/content/read');
const system = (type: string) => ({ ...scopeMap('_repositories_admin', 'repositories/*/content/read'), type });

testCheck(
  check,
  [
    ['pass', 'a token uses the map', { tokens: [token('ci')], scopeMaps: [used] }, { cites: ['tokens/0/scopeMap'] }],
    [
      'pass',
      'a disabled token uses it: enabling it again must not surprise',
      { tokens: [token('ci', { status: 'disabled' })], scopeMaps: [used] },
    ],
    [
      'fail',
      'no token uses one of two',
      { tokens: [token('ci')], scopeMaps: [used, unused] },
      { cites: ['scopeMaps/1/name'], says: 'old', fix: 'scope-map delete --name old' },
    ],
    [
      'fail',
      'the map is called IsUserDefined, as in some api-versions',
      { tokens: [token('ci')], scopeMaps: [used, { ...unused, type: 'IsUserDefined' }] },
    ],
    [
      'not-applicable',
      'there are only the maps every registry has',
      { tokens: [], scopeMaps: [system('SystemDefined')] },
    ],
    ['not-applicable', 'such a map comes without a known type', { tokens: [], scopeMaps: [system('Something')] }],
    ['not-applicable', "the map is a connected registry's", { tokens: [], scopeMaps: [syncMap('edge')] }],
  ],
  {
    'scopeMaps/*/type': 'a map that a token names is in use, whoever made it',
  },
);
