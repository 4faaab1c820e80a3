import check from '../../../checks/identity/scope-map-actions-coherent.ts';
import type { ScopeMap } from '../../../src/model/facets/scope-maps.ts';
import type { Token } from '../../../src/model/facets/tokens.ts';
import { testCheck } from '../../support.ts';
import { connectedBy, mapId, scopeMap, token } from '../../tokens.ts';

const facts = (tokens: readonly Token[], scopeMaps: readonly ScopeMap[]) => ({
  tokens,
  scopeMaps,
  connectedRegistries: [],
});
const of = (...actions: readonly string[]) => facts([token('ci')], [scopeMap('ci', ...actions)]);

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
    facts([token('ci'), token('good')], [scopeMap('good', 'repositories/app/content/read')]),
    {
      cites: ['tokens/0/scopeMap', 'scopeMaps'],
      says: 'the scope map of token ci is gone',
      fix: 'token update --name ci',
    },
  ],
  [
    'unknown',
    'the map that could not be read may be the one of the token',
    facts([token('ci')], []),
    { unread: ['scopeMaps'] },
  ],
  [
    'fail',
    'another map is wrong: the token whose map may be the one that could not be read is not disabled',
    facts([token('ci'), token('bad')], [scopeMap('bad', 'repositories/app/content/write')]),
    {
      unread: ['scopeMaps'],
      cites: ['scopeMaps/0/actions/0'],
      says: /^token bad may write app/,
      fix: /^(?!.*disabled)/s,
    },
  ],
  [
    'pass',
    'the map came with the registry and is not listed',
    facts([token('ci', { scopeMap: mapId('_repositories_pull') })], []),
  ],
  [
    'pass',
    'the id of the map is spelt another way',
    facts([token('ci', { scopeMap: mapId('ci').toUpperCase() })], [scopeMap('ci', 'repositories/a/content/read')]),
  ],
  ['not-applicable', 'there is no token', facts([], [scopeMap('old', 'repositories/app/content/write')])],
  [
    'not-applicable',
    "a connected registry synchronises by the token whose map is gone: it is Azure's to mend",
    { tokens: [token('sync')], scopeMaps: [], connectedRegistries: [connectedBy('sync')] },
  ],
  ['unknown', 'ARM names no map', facts([token('ci', { scopeMap: null })], [])],
]);
