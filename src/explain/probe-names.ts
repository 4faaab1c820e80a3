import type { ResolvedName } from '../model/facets/resolution.ts';

/** What a name of the registry is for. */
export type ProbeRole = 'login server' | 'data endpoint';

/** A name to look at. */
export interface ProbeName {
  readonly name: string;
  readonly role: ProbeRole;
  /** `null` for the login server. */
  readonly region: string | null;
}

/** A name, what this machine saw of it, and what that means. */
export interface ProbedName extends ProbeName, ResolvedName {
  /** Where the addresses are; `none` without an address. */
  readonly where: 'private' | 'public' | 'mixed' | 'none';
  /** The public name is an alias of a private one: an approved private endpoint exists somewhere. */
  readonly aliased: boolean;
}

/** The names to look at: the login server, and the data endpoint of each region named. */
export function probeNames(loginServer: string, regions: readonly string[]): readonly ProbeName[] {
  const [label = '', ...suffix] = loginServer.split('.');
  return [
    { name: loginServer, role: 'login server', region: null },
    ...regions.map(
      (region): ProbeName => ({
        name: [label, region, 'data', ...suffix].join('.'),
        role: 'data endpoint',
        region,
      }),
    ),
  ];
}

/** Where addresses lead: by RFC 1918, RFC 6598, RFC 4193 and loopback. A network may use other ranges as its own. */
export function placeOf(ips: readonly string[]): ProbedName['where'] {
  const inside = ips.filter(isPrivate).length;
  return ips.length === 0 ? 'none' : inside === 0 ? 'public' : inside === ips.length ? 'private' : 'mixed';
}

function isPrivate(ip: string): boolean {
  if (ip.includes(':')) return /^(f[cd]|fe[89ab]|::1$)/i.test(ip);
  const [a = 0, b = 0] = ip.split('.').map(Number);
  return (
    a === 10 ||
    a === 127 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 100 && b >= 64 && b < 128)
  );
}
