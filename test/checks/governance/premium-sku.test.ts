import { expect, test } from 'vitest';
import check from '../../../checks/governance/premium-sku.ts';
import { asMember } from '../../../src/model/enums.ts';
import { fail, notApplicable, type Outcome, pass } from '../../../src/model/outcome.ts';
import { acr, testCheck } from '../../support.ts';

const cites = ['registry/sku'];

testCheck(check, [
  ['pass', 'it is Premium', { registry: acr({ sku: 'Premium' }) }, { cites }],
  ['fail', 'it is Standard', { registry: acr({ sku: 'Standard' }) }, { cites, fix: '--sku Premium' }],
  ['fail', 'it is Basic', { registry: acr({ sku: 'Basic' }) }, { cites }],
  ['unknown', 'it is of a kind of 2016', { registry: acr({ sku: asMember('sku', 'Classic') }) }, { says: 'Classic' }],
  ['unknown', 'ARM left the SKU out', { registry: acr({ sku: null }) }],
]);

test('when all checks are judged, it names those that the SKU puts out of reach', () => {
  const bySku = { ...notApplicable('it needs Premium'), bySku: true } as const;
  const failed = fail({ at: 'registry/sku', saw: 'Basic' });
  const others = new Map<string, Outcome>([
    ['geo-replicated', bySku],
    ['admin-user-disabled', pass({ at: 'registry/adminUserEnabled', saw: false })],
    ['cache-credentials-healthy', notApplicable('there is no cache rule')],
    ['export-disabled', bySku],
  ]);
  expect(check.lastWords?.(failed, others)).toBe(
    'The SKU Basic puts 2 checks of this profile out of reach: geo-replicated, export-disabled',
  );
  expect(check.lastWords?.(failed, new Map())).toBeUndefined();
});
