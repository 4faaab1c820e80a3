import check from '../../../checks/trust/content-trust-retired.ts';
import { acr, testCheck } from '../../support.ts';

const cites = ['registry/policies/trust/status'];
const trust = (status: 'enabled' | 'disabled') => ({ policies: { trust: { status } } });

testCheck(
  check,
  [
    ['pass', 'content trust is off', { registry: acr(trust('disabled')) }, { cites }],
    [
      'fail',
      'it is still on',
      { registry: acr(trust('enabled')) },
      { cites, says: '31 March 2028', fix: 'content-trust' },
    ],
    ['pass', 'it is off, and ARM left the SKU out', { registry: acr({ sku: null, ...trust('disabled') }) }, { cites }],
    [
      'not-applicable',
      'Standard never had it',
      { registry: acr({ sku: 'Standard', ...trust('disabled') }) },
      { says: 'ever had' },
    ],
    ['unknown', 'ARM left the policy out', { registry: acr() }, { says: 'status' }],
  ],
  { 'registry/sku': 'the policy decides; the SKU only says why there is nothing to judge' },
);
