import { describe, expect, test } from 'vitest';
import { isPrivate, isRange, isUnreachable, prefixLength, sizeOf } from '../../../src/facts/path/cidr.ts';

describe('what is written as an IPv4 address or range', () => {
  test.each(['20.50.2.1', '0.0.0.0/0', '255.255.255.255/32', '20.50.0.0/9'])('%s is', (text) =>
    expect(isRange(text)).toBe(true),
  );
  test.each(['', '20.50.2', '20.50.2.256', '20.50.2.1/33', '20.50.2.1/', '2001:db8::/32', 'AzureCloud', '1.2.3.4.5'])(
    '"%s" is not',
    (text) => expect(isRange(text)).toBe(false),
  );
});

test.each([
  [[], 0],
  [['20.50.2.1'], 1],
  [['20.50.2.1', '20.50.2.1/32'], 1],
  [['20.50.0.0/24', '20.50.0.128/25'], 256],
  [['0.0.0.0/1', '128.0.0.0/1'], 2 ** 32],
])('%j hold %d addresses together', (ranges, size) => expect(sizeOf(ranges)).toBe(size));

test('an address by itself has all bits fixed', () => {
  expect(prefixLength('20.50.2.1')).toBe(32);
  expect(prefixLength('20.0.0.0/7')).toBe(7);
});

test.each([
  ['10.1.2.3', true],
  ['172.31.0.0/16', true],
  ['172.32.0.0/16', false],
  ['224.0.0.0/4', true],
  ['0.0.0.0/0', false],
])('that no public client is in %s: %s', (range, expected) => expect(isUnreachable(range)).toBe(expected));

test.each([
  ['10.0.0.4', true],
  ['100.64.0.1', true],
  ['100.128.0.1', false],
  ['127.0.0.1', true],
  ['169.254.1.1', true],
  ['172.31.255.255', true],
  ['172.32.0.1', false],
  ['192.168.1.1', true],
  ['20.50.2.1', false],
  ['::1', true],
  ['fd00::4', true],
  ['FE80::1', true],
  ['2603:1030::1', false],
  ['::ffff:10.0.0.4', true],
  ['::ffff:20.50.2.1', false],
  ['no address', false],
])('that only machines of a network reach %s: %s', (address, expected) => expect(isPrivate(address)).toBe(expected));
