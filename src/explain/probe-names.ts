import type { ProbedName, ProbeName } from '../pages/probe.ts';

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
