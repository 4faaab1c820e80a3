import check from '../../../checks/trust/release-tags-locked.ts';
import { denied, observed } from '../../../src/model/evidence.ts';
import type { Tag, TagInventory } from '../../../src/model/facets/tag-inventory.ts';
import { testCheck } from '../../support.ts';

const tag = (name: string, writeEnabled: boolean | null): Tag => ({
  name,
  digest: 'sha256:1',
  updatedAt: '2026-11-01T00:00:00Z',
  locked: writeEnabled === false,
  writeEnabled,
});
const holding = (tags: readonly Tag[], said: { readonly tagsCut?: boolean; readonly cut?: boolean } = {}) => ({
  tagInventory: {
    repositories: [
      { name: 'app', contents: observed({ tags, tagsCut: said.tagsCut ?? false, manifests: [], manifestsCut: false }) },
    ],
    cut: said.cut ?? false,
  } satisfies TagInventory,
});
const at = (place: number) => `tagInventory/repositories/0/contents/value/tags/${place}/writeEnabled`;

testCheck(check, [
  ['pass', 'its releases are locked', holding([tag('v1.2.3', false), tag('dev', true)]), { cites: [at(0)] }],
  ['pass', 'it has none', holding([tag('dev', true)]), { cites: ['tagInventory/cut'] }],
  [
    'fail',
    'two of three can be moved',
    holding([tag('v1.2.3', true), tag('1.0.0', true), tag('v1.0.1', false)]),
    { cites: [at(0)], says: 'app has 2 release tags that a push moves (v1.2.3, 1.0.0)', fix: '--write-enabled false' },
  ],
  ['fail', 'by a pattern of its own', holding([tag('release-7', true)]), { options: { pattern: '^release-' } }],
  ['unknown', 'Azure does not say', holding([tag('v1.2.3', null)]), { says: 'does not say' }],
  ['unknown', 'there are more tags', holding([tag('dev', true)], { tagsCut: true }), { says: 'more tags' }],
  [
    'unknown',
    'there are more repositories',
    holding([tag('v1.2.3', false)], { cut: true }),
    { says: 'more repositories' },
  ],
  [
    'unknown',
    'a repository may not be read',
    { tagInventory: { repositories: [{ name: 'app', contents: denied('DENIED', []) }], cut: false } },
  ],
  ['not-applicable', 'there is nothing in it', { tagInventory: { repositories: [], cut: false } }],
]);
