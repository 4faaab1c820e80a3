import check from '../../../checks/identity/scope-map-actions-coherent.ts';
import { testCheck } from '../../support.ts';
import { mapId, scopeMap, token } from '../../tokens.ts';

const of = (...actions: readonly string[]) => ({ tokens: [token('ci')], scopeMaps: [scopeMap('ci', ...actions)] });

testCheck(check, [
  [
    'pass',
    'what is written is read too',
    of('repositories/app/content/read', 'repositories/app/content/write'),
    { cites: ['tokens/0/scopeMap'] },
  ],
  [
    'pass',
    'the reading comes from a wildcard beside the exact entry',
    of('repositories/samples/*/content/read', 'repositories/samples/app/content/write'),
  ],
  [
    'fail',
    'the wildcard writes and only the exact entry reads',
    of('repositories/samples/*/content/write', 'repositories/samples/app/content/read'),
    { cites: ['scopeMaps/0/actions/0'], says: 'samples/*', fix: "--add-repository 'samples/*' content/read" },
  ],
  ['fail', 'a repository is written but not read', of('repositories/app/content/write'), { fix: 'app content/read' }],
  [
    'fail',
    "the token's map is gone",
    { tokens: [token('ci'), token('good')], scopeMaps: [scopeMap('good', 'repositories/app/content/read')] },
    { cites: ['tokens/0/scopeMap'], says: 'the scope map of token ci is gone', fix: 'token update --name ci' },
  ],
  [
    'pass',
    'the map came with the registry and is not listed',
    { tokens: [token('ci', { scopeMap: mapId('_repositories_pull') })], scopeMaps: [] },
  ],
  [
    'pass',
    'the id of the map is spelt another way',
    {
      tokens: [token('ci', { scopeMap: mapId('ci').toUpperCase() })],
      scopeMaps: [scopeMap('ci', 'repositories/a/content/read')],
    },
  ],
  [
    'not-applicable',
    'there is no token',
    { tokens: [], scopeMaps: [scopeMap('old', 'repositories/app/content/write')] },
  ],
  ['unknown', 'ARM names no map', { tokens: [token('ci', { scopeMap: null })], scopeMaps: [] }],
]);
