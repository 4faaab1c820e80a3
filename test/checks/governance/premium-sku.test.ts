import check from '../../../checks/governance/premium-sku.ts';
import { asMember } from '../../../src/model/enums.ts';
import { acr, testCheck } from '../../support.ts';

const cites = ['registry/sku'];

testCheck(check, [
  ['pass', 'it is Premium', { registry: acr({ sku: 'Premium' }) }, { cites }],
  ['fail', 'it is Standard', { registry: acr({ sku: 'Standard' }) }, { cites, fix: '--sku Premium' }],
  ['fail', 'it is Basic', { registry: acr({ sku: 'Basic' }) }, { cites }],
  ['unknown', 'it is of a kind of 2016', { registry: acr({ sku: asMember('sku', 'Classic') }) }, { says: 'Classic' }],
  ['unknown', 'ARM left the SKU out', { registry: acr({ sku: null }) }],
]);
