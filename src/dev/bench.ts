// npm run bench: what the tool costs. Numbers to read, not to test: machines differ, and so do their neighbours.
// `--all`: the cells too whose limits alone take longer than five minutes; `patterns`: hostile patterns alone.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { benchPatterns } from './bench-patterns.ts';
import { root } from './files.ts';

const write = (line: string): unknown => process.stdout.write(line);
if (process.argv.includes('patterns')) {
  benchPatterns(write);
  process.exit();
}
const all = process.argv.includes('--all');

const folder = mkdtempSync(join(tmpdir(), 'acr-audit-bench-'));
const entry = `${root}dist/bin/acr-audit.js`;
const probe = join(folder, 'exit.mjs');
writeFileSync(
  probe,
  `process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    process.stderr.write('\\ncost ' + (user + system) / 1000 + ' ' + process.resourceUsage().maxRSS / 1024 + '\\n');
  });`,
);

interface Cost {
  /** Of processor time, in milliseconds. */
  readonly cpu: number;
  /** By the clock, in milliseconds. */
  readonly wall: number;
  readonly mb: number;
}

function run(args: readonly string[]): Cost {
  const start = performance.now();
  const { stderr, status } = spawnSync(process.execPath, ['--import', probe, ...args], { maxBuffer: 2 ** 30 });
  const wall = performance.now() - start;
  if (status === 2 || status === null) throw new Error(`${args.join(' ')}: ${stderr}`);
  const [, cpu, mb] = /cost (\S+) (\S+)/.exec(String(stderr)) ?? [];
  return { cpu: Number(cpu), wall, mb: Number(mb) };
}

/** The cheapest of several runs: processor time is robust, but not against a neighbour's caches. */
function least(times: number, args: readonly string[]): Cost {
  const runs = Array.from({ length: times }, () => run(args)).sort((a, b) => a.cpu - b.cpu);
  const [cheapest] = runs;
  if (!cheapest) throw new Error('a cost takes at least one run');
  return cheapest;
}

// Bundled as the tool is, so that no compiler counts.
const live = join(folder, 'live.mjs');
buildSync({
  entryPoints: [`${root}src/dev/bench-live.ts`],
  outfile: live,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
  },
});

const right = (value: number, width = 7): string => value.toFixed(0).padStart(width);

const snapshotOf = (registries: number, subscriptions: number): string => {
  const file = join(folder, `${registries}.jsonl`);
  const made = spawnSync(process.execPath, [live, String(registries), String(subscriptions), file], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (made.status !== 0) throw new Error(made.stderr);
  return file;
};

write(`${process.version}\n\nstart-up: CPU ms over node -e 0\n`);
const floor = least(9, ['-e', '0']).cpu;
const one = snapshotOf(1, 1);
for (const [what, args] of [
  ['--version', ['--version']],
  ['--help', ['--help']],
  ['checks', ['checks']],
  ['explain admin-user-disabled', ['explain', 'admin-user-disabled']],
  [
    'scan --snapshot of one registry, JSON',
    ['scan', '--snapshot', one, '-o', `json=${join(folder, 'one.json')}`, '-q'],
  ],
  ['scan --snapshot of one registry, table', ['scan', '--snapshot', one]],
  ['scan --demo (loads the Azure SDK)', ['scan', '--demo', '-o', `json=${join(folder, 'demo.json')}`, '-q']],
] as const)
  write(`  ${what.padEnd(42)} ${right(least(9, [entry, ...args]).cpu - floor)}\n`);

write('\nlive: 40 ms an answer, at most 250 reads and 25 more a second of each subscription\n');
write('  registries  subscriptions  requests (a registry)  refused  unread  seconds  / lower bound  peak MB\n');
for (const [registries, subscriptions, long] of [
  [1, 1, false],
  [1, 200, false],
  [100, 1, false],
  [100, 20, false],
  [1000, 20, false],
  [1000, 200, true],
  [1000, 1, true],
  [10_000, 200, true],
] as const) {
  if (long && !all) continue;
  const { stdout, stderr, status } = spawnSync(process.execPath, [live, String(registries), String(subscriptions)], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const cell = JSON.parse(stdout) as Record<'requests' | 'refused' | 'unread' | 'seconds' | 'bound' | 'mb', number>;
  write(
    `  ${right(registries, 10)}  ${right(subscriptions, 13)}  ${right(cell.requests, 8)} ${`(${(cell.requests / registries).toFixed(1)})`.padStart(12)}  ${right(cell.refused)}  ${right(cell.unread, 6)}  ${cell.seconds.toFixed(1).padStart(7)}  ${(cell.seconds / Math.max(cell.bound, 0.001)).toFixed(2).padStart(13)}  ${right(cell.mb)}\n`,
  );
}

write('\nevaluation of a snapshot: every check, JSON to a file\n');
write('  registries  snapshot MB  report MB   CPU s  wall s  CPU ms a registry  peak MB\n');
for (const count of all ? [1, 100, 1000, 10_000] : [1, 100, 1000]) {
  const file = count === 1 ? one : snapshotOf(count, Math.max(1, count / 50));
  const report = join(folder, `${count}.json`);
  const { cpu, wall, mb } = run([
    entry,
    'scan',
    '--snapshot',
    file,
    '--profile',
    'regulated',
    '-o',
    `json=${report}`,
    '-q',
  ]);
  const size = (path: string) => (statSync(path).size / 2 ** 20).toFixed(1);
  write(
    `  ${right(count, 10)}  ${size(file).padStart(11)}  ${size(report).padStart(9)}  ${(cpu / 1000).toFixed(1).padStart(6)}  ${(wall / 1000).toFixed(1).padStart(6)}  ${((cpu - floor) / count).toFixed(1).padStart(17)}  ${right(mb)}\n`,
  );
}

rmSync(folder, { recursive: true });
write('\n');
benchPatterns(write);
