import { createReadStream } from 'node:fs';
import { checks } from '../../checks/index.ts';
import { accept } from '../engine/acceptance.ts';
import { compare, compared } from '../engine/comparison.ts';
import { severities } from '../model/check.ts';
import type { Config } from '../model/config.ts';
import type { Report } from '../pages/report.ts';
import { driftHtml, driftJson, driftMarkdown, renderDrift } from '../report/drift.ts';
import type { DiffAsked } from './asked.ts';
import { loadConfig } from './config.ts';
import { UsageError } from './errors.ts';
import { chosenBy, judgedReport } from './judged-report.ts';
import { readReport } from './report-file.ts';
import { isSnapshot, readSnapshot } from './snapshot/file.ts';
import { peeked, uncompressed } from './snapshot/text.ts';
import { answer, writeTo } from './terminal.ts';

/** 1: something new at or above the bar; 3: something can no longer be seen. */
export async function runDiff(asked: DiffAsked): Promise<0 | 1 | 3> {
  const { before, after, failOn, format, path, style } = asked;
  if (before === '-' || after === '-')
    throw new UsageError('diff reads files, not standard input', 'acr-audit diff old.json new.json');
  const config = loadConfig(asked.configFile, process.cwd(), checks);
  const drift = compare(await reportIn(before, asked, config), await reportIn(after, asked, config));
  const tellers = { json: driftJson, markdown: driftMarkdown, html: driftHtml, table: () => renderDrift(drift, style) };
  const told = tellers[format](drift);
  await (path === null ? answer(format, told) : writeTo(path, [told], 'w'));
  const bar = failOn ?? config.failOn ?? 'high';
  const least = bar === 'none' ? -1 : severities.indexOf(bar);
  if (drift.new.some(({ severity }) => severities.indexOf(severity) <= least)) return 1;
  return drift.unseen.length > 0 ? 3 : 0;
}

/** The report in a file, or that of the snapshot in it, judged by the checks of today. */
async function reportIn(file: string, { choice }: DiffAsked, config: Config): Promise<Report> {
  const { first, whole } = await peeked(await uncompressed(createReadStream(file)));
  if (!isSnapshot(first)) return readReport(file, compared, whole);
  const snapshot = await readSnapshot(file, whole);
  const judged = judgedReport(snapshot, config, chosenBy(choice, config), { choice, full: false, allowEmpty: false });
  return accept(judged, snapshot, { waivers: config.waivers ?? [], baseline: new Set() }).report;
}
