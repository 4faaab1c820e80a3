import { open } from 'node:fs/promises';
import { checks } from '../../checks/index.ts';
import { accept } from '../engine/acceptance.ts';
import { compare } from '../engine/comparison.ts';
import { severities } from '../model/check.ts';
import type { Config } from '../model/config.ts';
import type { Report } from '../pages/report.ts';
import { driftJson, driftMarkdown, renderDrift } from '../report/drift.ts';
import type { DiffAsked } from './asked.ts';
import { loadConfig } from './config.ts';
import { UsageError } from './errors.ts';
import { chosenBy, judgedReport } from './judged-report.ts';
import { readReport } from './report-file.ts';
import { readSnapshot } from './snapshot/file.ts';
import { answer } from './terminal.ts';

/** 1: something new at or above the bar; 3: something can no longer be seen. */
export async function runDiff(asked: DiffAsked): Promise<0 | 1 | 3> {
  const { before, after, failOn, format, style } = asked;
  if (before === '-' || after === '-')
    throw new UsageError('diff reads files, not standard input', 'acr-audit diff old.json new.json');
  const config = loadConfig(asked.configFile, process.cwd(), checks);
  const drift = compare(await reportIn(before, asked, config), await reportIn(after, asked, config));
  const told = { json: driftJson, markdown: driftMarkdown, table: () => renderDrift(drift, style) }[format](drift);
  await answer(format, told);
  const bar = failOn ?? config.failOn ?? 'high';
  const least = bar === 'none' ? -1 : severities.indexOf(bar);
  if (drift.new.some(({ severity }) => severities.indexOf(severity) <= least)) return 1;
  return drift.unseen.length > 0 ? 3 : 0;
}

/** The report in a file, or that of the snapshot in it, judged by the checks of today. */
async function reportIn(file: string, { choice }: DiffAsked, config: Config): Promise<Report> {
  if (!(await isSnapshot(file))) return readReport(file);
  const snapshot = await readSnapshot(file);
  const judged = judgedReport(snapshot, config, chosenBy(choice, config), { choice, full: false, allowEmpty: false });
  return accept(judged, snapshot, { waivers: config.waivers ?? [], baseline: new Set() }).report;
}

/** By its first bytes: compressed, or a line of JSON with the schema of a snapshot. */
async function isSnapshot(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(256), 0, 256, null);
    const start = buffer.subarray(0, bytesRead);
    return (start[0] === 0x1f && start[1] === 0x8b) || start.toString('utf8').includes('acr-audit/snapshot@');
  } finally {
    await handle.close();
  }
}
