import { isPrivate } from '../facts/path/cidr.ts';
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

/** Where addresses lead. */
export function placeOf(ips: readonly string[]): ProbedName['where'] {
  const inside = ips.filter(isPrivate).length;
  return ips.length === 0 ? 'none' : inside === 0 ? 'public' : inside === ips.length ? 'private' : 'mixed';
}
