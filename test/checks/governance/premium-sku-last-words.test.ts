import { expect, test } from 'vitest';
import check from '../../../checks/governance/premium-sku.ts';
import { fail, notApplicable, type Outcome, pass } from '../../../src/model/outcome.ts';

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
