// npm run bench: what the tool costs; npm run bench patterns: what hostile patterns cost. Numbers to read, not to test: machines differ, and so do their neighbours.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clouds } from '../azure/clouds.ts';
import { connect } from '../azure/index.ts';
import { everyFacet } from '../cli/evidence.ts';
import { lineText } from '../cli/snapshot/writer.ts';
import { linesOf } from '../cli/snapshot/writing.ts';
import { tool } from '../cli/tool.ts';
import { collect } from '../collect/collect.ts';
import { withPrerequisites } from '../collect/index.ts';
import { demoTenant } from '../emulator/demo.ts';
import { emulate } from '../emulator/emulate.ts';
import { observed } from '../model/evidence.ts';
import { facets } from '../model/facets.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { benchPatterns } from './bench-patterns.ts';
import { root } from './files.ts';

const write = (line: string): unknown => process.stdout.write(line);
if (process.argv.includes('patterns')) {
  benchPatterns(write);
  process.exit();
}

const folder = mkdtempSync(join(tmpdir(), 'acr-audit-bench-'));
const entry = `${root}dist/bin/acr-audit.js`;
const report = join(folder, 'exit.mjs');
writeFileSync(
  report,
  "process.on('exit', () => process.stderr.write('\\nmaxrss ' + process.resourceUsage().maxRSS + '\\n'));",
);

interface Measured {
  readonly ms: number;
  readonly mb: number;
}

function run(args: readonly string[]): Measured {
  const start = performance.now();
  const { stderr, status } = spawnSync(process.execPath, ['--import', report, ...args], { maxBuffer: 2 ** 30 });
  const ms = performance.now() - start;
  if (status === 2 || status === null) throw new Error(`${args.join(' ')}: ${stderr}`);
  return { ms, mb: Number(/maxrss (\d+)/.exec(String(stderr))?.[1]) / 1024 };
}

function show(what: string, times: number, args: readonly string[]): void {
  run(args);
  const runs = Array.from({ length: times }, () => run(args)).sort((a, b) => a.ms - b.ms);
  const [best] = runs;
  const median = runs[Math.floor(runs.length / 2)];
  write(`${what.padEnd(58)} ${fixed(best?.ms)} / ${fixed(median?.ms)} ms   ${fixed(median?.mb)} MB\n`);
}

const fixed = (value: number | undefined): string => (value ?? Number.NaN).toFixed(0).padStart(6);

write(`${process.version}, least / median of the runs, and the peak of memory\n\nstart-up\n`);
show('  node -e 0', 9, ['-e', '0']);
show('  acr-audit --help', 9, [entry, '--help']);
show('  acr-audit checks', 9, [entry, 'checks']);
show('  acr-audit scan --demo (loads the Azure SDK)', 9, [
  entry,
  'scan',
  '--demo',
  '-o',
  `json=${join(folder, 'demo.json')}`,
  '-q',
]);

const emulator = emulate(demoTenant());
let requests = 0;
const azure = connect({
  cloud: clouds.public,
  httpClient: emulator.httpClient,
  credential: { getToken: async () => ({ token: 'demo', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) },
  onRequest: () => {
    requests += 1;
  },
});
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
  { tool, now: () => emulator.now, progress: () => {} },
);

write('\nevaluation of a snapshot, every check, JSON to a file\n');
for (const count of [1000, 10_000]) {
  const file = join(folder, `${count}.jsonl`);
  writeFileSync(file, [...linesOf(repeated(snapshot, count))].map(lineText).join(''));
  const size = (statSync(file).size / 2 ** 20).toFixed(0);
  show(`  ${count} registries (a file of ${size} MB)`, 3, [
    entry,
    'scan',
    '--snapshot',
    file,
    '--profile',
    'regulated',
    '-o',
    `json=${join(folder, 'out.json')}`,
    '-q',
  ]);
}

write(
  `\nrequests of a live scan of the demo tenant, every facet\n  ${requests} for ${snapshot.registries.length} registries in ${snapshot.subscriptions.length} subscriptions: ${(requests / snapshot.registries.length).toFixed(1)} a registry\n`,
);
rmSync(folder, { recursive: true });

write('\n');
benchPatterns(write);

/** The same registries over and over, each time under another name. */
function repeated(given: Snapshot, count: number): Snapshot {
  const registries = Array.from({ length: count }, (_, index) => {
    const one = given.registries[index % given.registries.length];
    if (!one) throw new Error('the demo tenant has no registry');
    return { ...one, id: `${one.id}${index}`, name: `${one.name}${index}` };
  });
  const subscriptions = given.subscriptions.map((one) => ({
    ...one,
    registries: observed(registries.filter(({ subscription }) => subscription === one.id).map(({ id }) => id)),
  }));
  return { ...given, subscriptions, registries };
}
