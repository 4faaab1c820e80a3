import type { ProbeName } from '../pages/probe.ts';

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
