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
