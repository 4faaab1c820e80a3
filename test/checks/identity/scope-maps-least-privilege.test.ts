import check from '../../../checks/identity/scope-maps-least-privilege.ts';
import { testCheck } from '../../support.ts';
import { mapId, scopeMap, syncMap, token } from '../../tokens.ts';

const of = (...actions: readonly string[]) => ({
  tokens: [token('ci')],
  scopeMaps: [scopeMap('ci', ...actions)],
  connectedRegistries: [],
});
const onSystemMap = (name: string) => ({
  tokens: [token('ci', { scopeMap: mapId(name) })],
  scopeMaps: [],
  connectedRegistries: [],
});

testCheck(check, [
  [
    'pass',
    'the map names one repository',
    of('repositories/app/content/read', 'repositories/app/content/write'),
    { cites: ['tokens/0/scopeMap'] },
  ],
  [
    'pass',
    'a wildcard of one team stands beside an exact entry',
    of('repositories/samples/*/content/write', 'repositories/samples/app/content/read'),
  ],
  [
    'pass',
    'everything may be read, nothing written',
    of('repositories/*/content/read', 'repositories/*/metadata/read'),
  ],
  [
    'fail',
    'everything may be written',
    of('repositories/*/content/read', 'repositories/*/content/write', 'repositories/app/content/read'),
    {
      cites: ['scopeMaps/0/actions/1'],
      says: 'token ci changes every repository: its scope map is ci',
      fix: '--name ci --scope-map MAP',
    },
  ],
  [
    'fail',
    'everything may be deleted',
    of('repositories/*/content/delete'),
    { fix: '--repository NAME content/delete)' },
  ],
  [
    'fail',
    'every tag may be locked, and no image read',
    of('repositories/*/metadata/write', 'repositories/*/metadata/read'),
    { fix: '--repository NAME metadata/read metadata/write)' },
  ],
  [
    'fail',
    'the token is on the admin map',
    onSystemMap('_repositories_admin'),
    {
      cites: ['tokens/0/scopeMap'],
      fix: '--repository NAME content/delete content/read content/write metadata/read metadata/write)',
    },
  ],
  [
    'fail',
    'the token is on the push map',
    onSystemMap('_repositories_push_metadata_write'),
    { fix: '--repository NAME content/read content/write metadata/read metadata/write)' },
  ],
  ['pass', 'the token is on the pull map', onSystemMap('_repositories_pull')],
  [
    'not-applicable',
    'the token is disabled',
    {
      tokens: [token('ci', { status: 'disabled', scopeMap: mapId('_repositories_admin') })],
      scopeMaps: [],
      connectedRegistries: [],
    },
  ],
  [
    'not-applicable',
    'a map nobody uses allows everything',
    { tokens: [], scopeMaps: [scopeMap('old', 'repositories/*/content/write')], connectedRegistries: [] },
  ],
  [
    'not-applicable',
    'the only token is that of a connected registry',
    { tokens: [token('sync')], scopeMaps: [syncMap('sync')], connectedRegistries: [] },
  ],
  [
    'unknown',
    'ARM names no map',
    { tokens: [token('ci', { scopeMap: null })], scopeMaps: [], connectedRegistries: [] },
    { says: 'token ci' },
  ],
  ...['', 'odd', mapId('gone'), mapId('_repositories_new')].map(
    (map) =>
      [
        'unknown',
        `the map '${map.slice(-20)}' is not in the list`,
        { tokens: [token('ci', { scopeMap: map })], scopeMaps: [], connectedRegistries: [] },
        { says: 'what the scope map of token ci grants was not seen' },
      ] as const,
  ),
]);
