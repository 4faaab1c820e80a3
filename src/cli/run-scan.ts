import { checks } from '../../checks/index.ts';
import { evaluate } from '../engine/evaluate.ts';
import { type ExitCode, exitCode } from '../engine/exit-code.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { ScanAsked } from './asked.ts';
import { declaredIn, loadConfig, partnersIn } from './config.ts';
import { evidence } from './evidence.ts';
import { writeReport } from './output.ts';
import { selectChecks } from './select.ts';

/** Collects, judges and tells; resolves to the exit code. */
export async function runScan({
  asking,
  choice,
  output,
  failOn,
  allowIncomplete,
  configFile,
}: ScanAsked): Promise<ExitCode> {
  const config = loadConfig(configFile, process.cwd(), checks);
  const profile = choice.profile ?? config.profile ?? 'recommended';
  const chosen = selectChecks(checks, { ...choice, profile });
  const snapshot = await evidence(
    asking,
    chosen.flatMap((check) => [...check.needs, ...(check.evidence ?? []), ...(check.words ?? [])]),
    declaredIn(config),
  );
  const report = evaluate(snapshot, {
    checks: chosen,
    profile,
    asked: {
      areas: choice.area,
      checks: choice.check,
      skips: choice.skip,
      options: config.options ?? {},
      consumers: declaredIn(config),
      severity: config.severity ?? {},
      partnerRegistries: partnersIn(config),
      purposes: config.purposes ?? [],
    },
  });
  await writeReport(report, output);
  // Everything went into files: say the outcome where a person looks.
  if (output.targets.every(({ path }) => path !== null) && !output.quiet) {
    const { summary, complete } = report;
    process.stderr.write(
      `${summary.fail} failed, ${summary.unknown} unknown, ${summary.error} broken, ${summary.pass} passed${complete ? '' : '; incomplete'}\n`,
    );
  }
  if (asking.optIns.includes('--probe') && !output.quiet) await sayProbed(snapshot);
  return exitCode(report, failOn ?? config.failOn ?? 'high', allowIncomplete);
}

/** No verdict rests on what DNS answers here, so that no report holds it: a word to whoever asked for it. */
async function sayProbed(snapshot: Snapshot): Promise<void> {
  const [{ reachIn }, { probedLine }] = await Promise.all([import('./explain-path.ts'), import('../report/path.ts')]);
  for (const entry of snapshot.registries) {
    const probed = reachIn(snapshot, entry)?.probed;
    if (probed) process.stderr.write(`${probedLine(entry.name, probed)}\n`);
  }
}
