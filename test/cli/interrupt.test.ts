import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { root } from '../../src/dev/files.ts';

test('Ctrl+C while Azure is asked ends in two lines, without a report', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'acr-audit-interrupt-'));
  const asked = join(folder, 'asked');
  writeFileSync(join(folder, 'az'), `#!/bin/sh\ntouch ${asked}\nexec sleep 10\n`);
  chmodSync(join(folder, 'az'), 0o755);
  const child = spawn(process.execPath, [`${root}build/bin/acr-audit.js`, 'scan'], {
    detached: true,
    env: { PATH: `${folder}:/usr/bin:/bin`, HOME: folder, AZURE_TOKEN_CREDENTIALS: 'AzureCliCredential' },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const exit = new Promise((done) => child.on('exit', done));
  await vi.waitFor(() => expect(existsSync(asked)).toBe(true), { timeout: 10_000 });
  // As a terminal does it: all of the group are told.
  process.kill(-(child.pid ?? Number.NaN), 'SIGINT');
  expect(await exit).toBe(130);
  expect(stderr).toMatch(/^acr-audit: interrupted[^\n]*\n {2}run again[^\n]*\n$/);
  expect(stdout).toBe('');
}, 20_000);
