import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../src/dev/files.ts';
import { acrAudit } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'acr-audit-destination-'));
const noDiskThatIsFull = !existsSync('/dev/full');

test.skipIf(noDiskThatIsFull).each([
  ['a scan', ['scan', '--demo']],
  ['a snapshot', ['collect', '--demo']],
  ['a list', ['checks']],
])('%s that does not fit on the disk fails in two lines', (_, args) => {
  const { status, stderr } = spawnSync(process.execPath, [`${root}build/bin/acr-audit.js`, ...args], {
    stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
    encoding: 'utf8',
  });
  expect(stderr).toMatch(/ENOSPC[^\n]*\n {2}check the path[^\n]*\n$/);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(status).toBe(2);
});

test.skipIf(noDiskThatIsFull)('one output that fails does not take the others with it', async () => {
  const sarif = join(folder, 'acr.sarif');
  const ran = await acrAudit(['scan', '--demo', '-o', 'json=/dev/full', '-o', `sarif=${sarif}`]);
  expect(ran.stderr).toMatch(/ENOSPC/);
  expect(ran.code).toBe(2);
  expect(JSON.parse(readFileSync(sarif, 'utf8')).version).toBe('2.1.0');
});

test('the folder is looked at before Azure is asked', async () => {
  const ran = await acrAudit(['scan', '-o', `json=${join(folder, 'none', 'x.json')}`], {
    AZURE_TOKEN_CREDENTIALS: 'AzureCliCredential',
  });
  expect(ran.stderr).toMatch(/cannot be written/);
});
