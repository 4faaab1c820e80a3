import { checks } from '../../checks/index.ts';
import { evaluate } from '../engine/evaluate.ts';
import { type ExitCode, exitCode } from '../engine/exit-code.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { declaredIn, loadConfig } from './config.ts';
import { evidence } from './evidence.ts';
import { filterOf, targets, writeReport } from './output.ts';
import type { ScanArgs } from './scan.ts';
import { selectChecks } from './select.ts';

/** Collects, judges and tells; resolves to the exit code. */
export async function runScan(args: ScanArgs): Promise<ExitCode> {
  const wanted = targets(args.output);
  filterOf(args);
  const config = loadConfig(args.config, process.cwd(), checks);
  const profile = args.profile ?? config.profile ?? 'recommended';
  const chosen = selectChecks(checks, {
    profile,
    check: args.check ?? [],
    skip: args.skip ?? [],
    area: args.area ?? [],
  });
  const snapshot = await evidence(
    args,
    chosen.flatMap((check) => check.needs),
    declaredIn(config),
  );
  const report = evaluate(snapshot, {
    checks: chosen,
    profile,
    narrowed: narrowedBy(args),
    options: config.options ?? {},
  });
  await writeReport(report, wanted, args);
  // Everything went into files: say the outcome where a person looks.
  if (wanted.every(({ path }) => path !== null) && !args.quiet) {
    const { summary, complete } = report;
    process.stderr.write(
      `${summary.fail} failed, ${summary.unknown} unknown, ${summary.error} broken, ${summary.pass} passed${complete ? '' : '; incomplete'}\n`,
    );
  }
  if (args.probe && !args.quiet) await sayProbed(snapshot);
  return exitCode(report, args['fail-on'] ?? config.failOn ?? 'high', args['allow-incomplete']);
}

/** No verdict rests on what DNS answers here, so that no report holds it: a word to whoever asked for it. */
async function sayProbed(snapshot: Snapshot): Promise<void> {
  const [{ reachIn }, { probedLine }] = await Promise.all([import('./explain-path.ts'), import('../report/path.ts')]);
  for (const entry of snapshot.registries) {
    const probed = reachIn(snapshot, entry)?.probed;
    if (probed) process.stderr.write(`${probedLine(entry.name, probed)}\n`);
  }
}

/** The choice of checks as the user gave it: a report of some checks must not pass for one of all. */
const narrowedBy = ({ check = [], skip = [], area = [] }: ScanArgs): string[] => [
  ...check.map((id) => `--check ${id}`),
  ...skip.map((id) => `--skip ${id}`),
  ...area.map((name) => `--area ${name}`),
];
