import { checks } from '../../checks/index.ts';
import { type ExitCode, exitOf } from '../engine/exit-code.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { closingLines } from '../report/closing.ts';
import { withAccepted } from './accepting.ts';
import type { ScanAsked } from './asked.ts';
import { declaredIn, loadConfig } from './config.ts';
import { withoutIgnored } from './coverage.ts';
import { inOneLine } from './errors.ts';
import { evidence } from './evidence.ts';
import { chosenBy, judgedReport } from './judged-report.ts';
import { checkRuns, writeReport } from './write-report.ts';

/** Collects, judges and tells; resolves to the exit code. */
export async function runScan({
  asking,
  choice,
  output,
  failOn,
  allowIncomplete,
  allowEmpty,
  accepting,
  configFile,
}: ScanAsked): Promise<ExitCode> {
  const config = loadConfig(configFile, process.cwd(), checks);
  const by = chosenBy(choice, config);
  const { chosen, newer } = by;
  const pages = output.pages ? await import('./pages.ts') : null;
  const read = await evidence(
    asking,
    [
      ...chosen.flatMap((check) => [...check.needs, ...(check.evidence ?? []), ...(check.words ?? [])]),
      ...(pages ? pages.pagesFacets : []),
    ],
    declaredIn(config),
    {
      keep: async (part) => {
        if (part.kind === 'header') checkRuns(output, part.opening.scope.length);
      },
    },
  );
  checkRuns(output, read.subscriptions.length);
  const { snapshot, words } = withoutIgnored(read, config.coverage);
  const judged = judgedReport(snapshot, config, by, { choice, full: output.full, allowEmpty });
  const accepted = await withAccepted(judged, snapshot, accepting, config.waivers ?? []);
  const report = pages ? pages.withPages(accepted.report, snapshot) : accepted.report;
  const exit = exitOf(report, failOn ?? config.failOn ?? 'high', allowIncomplete);
  const late = newer.length === 0 ? [] : [`newer than rules ${config.rules}, and not judged: ${newer.join(', ')}`];
  const notes = [...late, ...words, ...accepted.words];
  await writeReport(report, output, { exit, notes, ...(accepted.drift ? { drift: accepted.drift } : {}) });
  if (!output.quiet) for (const line of notes) process.stderr.write(`${inOneLine(line)}\n`);
  // Everything went into files: say the outcome where a person looks.
  if (output.targets.every(({ path }) => path !== null) && !output.quiet) {
    const files = output.targets.flatMap(({ path }) => path ?? []);
    for (const line of closingLines(report, files, exit)) process.stderr.write(`${line}\n`);
  }
  if (asking.optIns.includes('--probe') && !output.quiet) await sayProbed(snapshot);
  return exit.code;
}

/** No verdict rests on what DNS answers here, so that no report holds it: a word to whoever asked for it. */
async function sayProbed(snapshot: Snapshot): Promise<void> {
  const [{ pathIn }, { probedLine }] = await Promise.all([import('./pages.ts'), import('../report/path.ts')]);
  for (const entry of snapshot.registries) {
    const probed = pathIn(snapshot, entry)?.probed;
    if (probed) process.stderr.write(`${probedLine(entry.name, probed)}\n`);
  }
}
