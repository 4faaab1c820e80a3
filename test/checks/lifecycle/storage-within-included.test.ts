import { expect, test } from 'vitest';
import check from '../../../checks/lifecycle/storage-within-included.ts';
import { testCheck } from '../../support.ts';

const gib = 1024 ** 3;
const size = (used: number | null, limit: number | null = 500 * gib) => ({
  usages: [
    { name: 'Webhooks', unit: 'Count', limit: 500, currentValue: 500 },
    { name: 'Size', unit: 'Bytes', limit, currentValue: used },
  ],
});
const cites = ['usages/1/currentValue'];

testCheck(check, [
  ['pass', 'much of it is free', size(449 * gib), { cites, says: '89 %' }],
  ['fail', 'nine tenths are used', size(450 * gib), { cites, says: '90 %' }],
  ['fail', 'a stricter share was asked for', size(400 * gib), { cites, options: { percent: 80 } }],
  ['unknown', 'the answer has no Size', { usages: [] }],
  ['unknown', 'there is no limit to compare with', size(1, -1)],
  ['unknown', 'the use is not given', size(null)],
]);

test('how much is used is said as people count it, and not in bytes', () => {
  const outcome = check.evaluate(size(450.5 * gib) as never, { options: { percent: 90 } } as never);
  expect(JSON.stringify(outcome)).toContain('"says":"storage: 450.5 GiB of the 500 GiB that the tier includes"');
});
