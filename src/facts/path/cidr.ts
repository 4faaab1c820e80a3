import { containsCidr, mergeCidr, parseCidr } from 'cidr-tools';

/** IPv4 ranges as sets. A range is written as an address or in CIDR notation. */

const octet = String.raw`(?:25[0-5]|2[0-4]\d|1?\d?\d)`;
const written = new RegExp(String.raw`^${octet}(?:\.${octet}){3}(?:/(?:3[0-2]|[12]?\d))?$`);

/** Whether a text is an address or a range of addresses. */
export const isRange = (text: string): boolean => written.test(text);

/** How many leading bits all addresses of the range share: 32 for a single address. */
export const prefixLength = (range: string): number => Number(parseCidr(range).prefix);

/** How many different addresses the ranges hold together. */
export const sizeOf = (ranges: readonly string[]): number =>
  mergeCidr([...ranges])
    .map((range) => parseCidr(range))
    .reduce((sum, { start, end }) => sum + Number(end - start + 1n), 0);

/** Whether no client on the internet can have an address of the range, so that a rule for it admits nobody. */
export const isUnreachable = (range: string): boolean => containsCidr(unreachable, range);

/**
 * Blocks that are not globally reachable, by the IANA IPv4 special-purpose registry (RFC 6890) and multicast
 * (RFC 5771). Without those for documentation, which stand for real addresses in examples and anonymised snapshots.
 */
const unreachable = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/**
 * Whether an address is one that only machines of a network reach: RFC 1918, RFC 6598, unique local (RFC 4193),
 * link-local and loopback. A network may use other ranges as its own.
 */
export function isPrivate(address: string): boolean {
  try {
    return containsCidr(privateRanges, address.replace(mapped, ''));
  } catch {
    return false;
  }
}

/** Before an IPv4 address that is written as IPv6: `::ffff:10.0.0.4`. */
const mapped = /^::ffff:(?=\d+\.)/i;

const privateRanges = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
];
