import check from '../../../checks/governance/limits-within-reach.ts';
import { acr, testCheck } from '../../support.ts';

type Sku = 'Basic' | 'Premium';
const usages = (given: Readonly<Record<string, readonly [number | null, number | null]>>, sku: Sku = 'Premium') => ({
  registry: acr({ sku }),
  usages: Object.entries(given).map(([name, [currentValue, limit]]) => ({ name, unit: 'Count', currentValue, limit })),
});

testCheck(check, [
  [
    'pass',
    'the limit is not near',
    usages({ Tokens: [89, 100] }),
    { cites: ['usages/0/currentValue', 'usages/0/limit'] },
  ],
  ['fail', 'nine tenths are used', usages({ Tokens: [1, 100], IPRules: [90, 100] }), { says: 'IPRules: 90 of 100' }],
  [
    'pass',
    'Basic uses the webhooks that it was sold with',
    usages({ Webhooks: [2, 2] }, 'Basic'),
    { says: 'Webhooks: 2 of 2' },
  ],
  ['fail', 'Premium does not', usages({ Webhooks: [500, 500] })],
  ['unknown', 'the count is not given', usages({ ScopeMaps: [null, 100] })],
  ['unknown', 'the limit is not given', usages({ ScopeMaps: [1, null] })],
  ['not-applicable', 'there is no limit', usages({ Tokens: [7, -1], 'Geo-replications': [9, 10], Size: [9, 10] })],
  ['not-applicable', 'nothing is listed', usages({})],
]);
