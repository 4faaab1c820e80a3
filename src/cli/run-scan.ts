import { checks } from '../../checks/index.ts';
import { evaluate } from '../engine/evaluate.ts';
import { type ExitCode, exitCode } from '../engine/exit-code.ts';
import { evidence } from './evidence.ts';
import { filterOf, targets, writeReport } from './output.ts';
import type { ScanArgs } from './scan.ts';
import { selectChecks } from './select.ts';

/** Collects, judges and tells; resolves to the exit code. */
export async function runScan(args: ScanArgs): Promise<ExitCode> {
  const wanted = targets(args.output);
  filterOf(args);
  const chosen = selectChecks(checks, {
    profile: args.profile,
    check: args.check ?? [],
    skip: args.skip ?? [],
    area: args.area ?? [],
  });
  const snapshot = await evidence(
    args,
    chosen.flatMap((check) => check.needs),
  );
  const report = evaluate(snapshot, { checks: chosen, profile: args.profile });
  await writeReport(report, wanted, args);
  // Everything went into files: say the outcome where a person looks.
  if (wanted.every(({ path }) => path !== null) && !args.quiet) {
    const { summary, complete } = report;
    process.stderr.write(
      `${summary.fail} failed, ${summary.unknown} unknown, ${summary.error} broken, ${summary.pass} passed${complete ? '' : '; incomplete'}\n`,
    );
  }
  return exitCode(report, args['fail-on'], args['allow-incomplete']);
}
