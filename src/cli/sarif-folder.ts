import { mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '../pages/report.ts';
import { sarifFiles } from '../report/sarif.ts';
import { writeTo } from './terminal.ts';

const fileName = 'acr-audit.sarif';

/**
 * `DIR/1/`, `DIR/2/` … may be uploaded, a folder at a time; what is not complete stands in `DIR.incomplete/`. Files of
 * an earlier scan go, so that they are not uploaded as those of today.
 */
export async function writeSarifFolder(path: string, report: Report): Promise<void> {
  const base = path.replace(/\/+$/, '');
  const files = sarifFiles(report).map(({ complete, number, text }) => ({
    folder: join(complete ? base : `${base}.incomplete`, String(number)),
    text,
  }));
  await mkdir(base, { recursive: true });
  for (const { folder, text } of files) {
    await mkdir(folder, { recursive: true });
    await writeTo(join(folder, fileName), [text], 'w');
  }
  const kept = new Set(files.map(({ folder }) => folder));
  for (const of of [base, `${base}.incomplete`]) {
    const before = await readdir(of).catch(() => []);
    for (const name of before) if (/^\d+$/.test(name) && !kept.has(join(of, name))) await withoutFile(join(of, name));
  }
  if (!files.some(({ folder }) => folder.startsWith(`${base}.incomplete`)))
    await rmdir(`${base}.incomplete`).catch(() => {});
}

/** Our file, and the folder if nothing else is in it. */
async function withoutFile(folder: string): Promise<void> {
  await rm(join(folder, fileName), { force: true });
  await rmdir(folder).catch(() => {});
}
