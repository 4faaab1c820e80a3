// One cell of the benchmark of live scans, in a process of its own so that its memory can be told:
// REGISTRIES SUBSCRIPTIONS [FILE]. With a file nothing is waited for, and the snapshot is written there.
import { appendFileSync, writeFileSync } from 'node:fs';
import { clouds } from '../azure/clouds.ts';
import { connect } from '../azure/index.ts';
import { everyFacet } from '../cli/evidence.ts';
import { lineText } from '../cli/snapshot/writer.ts';
import { linesOf } from '../cli/snapshot/writing.ts';
import { tool } from '../cli/tool.ts';
import { collect } from '../collect/collect.ts';
import { withPrerequisites } from '../collect/index.ts';
import { facets } from '../model/facets.ts';
import { fleet } from './fleet.ts';
import { slowArm } from './slow-arm.ts';

const [registries = 1, subscriptions = 1] = process.argv.slice(2, 4).map(Number);
const file = process.argv[4];
const { httpClient, counts } = slowArm(fleet(registries, subscriptions), {
  latencyMs: file === undefined ? 40 : 0,
  limits: file === undefined,
});
const azure = connect({
  cloud: clouds.public,
  httpClient,
  credential: { getToken: async () => ({ token: 'bench', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) },
});
const start = performance.now();
const snapshot = await collect(
  azure,
  {
    registries: [],
    subscriptions: [],
    managementGroup: null,
    groups: [],
    tags: [],
    facets: withPrerequisites(everyFacet.filter((facet) => !facets[facet].optIn)),
  },
  { tool, now: () => '2026-11-23T02:00:00Z', progress: () => {} },
);
if (file !== undefined) {
  writeFileSync(file, '');
  for (const line of linesOf(snapshot)) appendFileSync(file, lineText(line));
}
const seconds = (performance.now() - start) / 1000;
const unread = [...snapshot.registries, ...snapshot.subscriptions]
  .flatMap((one) => Object.values(one.facets))
  .filter((evidence) => evidence.state === 'denied' || evidence.state === 'unreadable').length;
process.stdout.write(
  `${JSON.stringify({
    registries: snapshot.registries.length,
    requests: counts.requests - counts.refused,
    refused: counts.refused,
    unread,
    seconds,
    bound: counts.bound(32),
    cpu: process.cpuUsage().user / 1e6,
    mb: process.resourceUsage().maxRSS / 1024,
  })}\n`,
);
