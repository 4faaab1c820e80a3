// npm run pictures: the pictures of the README, from the demo, by a headless Chromium (CHROMIUM names another than `chromium`).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitOf } from '../engine/exit-code.ts';
import type { Report } from '../pages/report.ts';
import { reporters } from '../report/index.ts';
import { root } from './files.ts';
import { type Picture, pictures, screenPage } from './screen-page.ts';

const folder = mkdtempSync(join(tmpdir(), 'acr-audit-pictures-'));

function run(command: string, args: readonly string[], codes: readonly number[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (error) throw error;
  if (status === null || !codes.includes(status)) throw new Error(`${command} ended with ${status}: ${stderr}`);
  return stdout;
}

const demo = (args: readonly string[]): Report =>
  JSON.parse(
    run(
      process.execPath,
      ['--import', 'tsx', 'bin/acr-audit.ts', 'scan', ...args, '--demo', '--pages', '-o', 'json', '-q'],
      [0, 1, 3],
    ),
  );

function pageOf({ kind, args }: Picture): string {
  const report = demo(args);
  const style = { width: 80, exit: exitOf(report, 'high', false), again: '--demo' };
  if (kind === 'page') return [...reporters.html(report, { ...style, colorLevel: 0 })].join('');
  const told = [...reporters.table(report, { ...style, colorLevel: 1 })].join('');
  return screenPage(`acr-audit ${['scan', ...args, '--demo'].join(' ')}`, told);
}

try {
  for (const picture of pictures) {
    const file = join(folder, 'page.html');
    writeFileSync(file, pageOf(picture));
    const path = `docs/images/${picture.name}.png`;
    run(
      process.env['CHROMIUM'] ?? 'chromium',
      [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--hide-scrollbars',
        `--window-size=${picture.size.join(',')}`,
        `--screenshot=${root}${path}`,
        `file://${file}`,
      ],
      [0],
    );
    process.stdout.write(`wrote ${path}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
