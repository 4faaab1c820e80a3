import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acrAudit } from './run.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'acr-audit-export-'));

test('the initiative goes to standard output, or into a file', async () => {
  const file = join(folder(), 'initiative.json');
  const [said, kept] = await Promise.all([
    acrAudit(['export', 'azure-policy']),
    acrAudit(['export', 'azure-policy', '-o', file]),
  ]);
  expect({ code: said.code, stderr: said.stderr }).toEqual({ code: 0, stderr: '' });
  expect(kept).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(readFileSync(file, 'utf8')).toBe(said.stdout);
  expect(JSON.parse(said.stdout).resources.length).toBeGreaterThan(3);
});

test('the queries go into a folder, one file each, of the checks that are chosen', async () => {
  const into = `${folder()}/queries/`;
  const { code } = await acrAudit(['export', 'kql', '--area', 'identity', '--skip', 'arm-*', '-o', into]);
  expect(code).toBe(0);
  expect(readdirSync(into).sort()).toEqual([
    'admin-user-disabled.kql',
    'anonymous-pull-disabled.kql',
    'repository-permissions-mode.kql',
    'signal-admin-login.kql',
  ]);
});

test.each([
  [['kql', '--check', 'webhooks-deliver'], 'Kusto cannot express any of these checks'],
  [['azure-policy', '--check', 'quarantine-on-push'], 'Azure Policy cannot express any of these checks'],
  [['azure-policy', '-o', 'there/'], 'azure-policy is one file'],
  [['kql', '--check', 'admin-user-disable'], "there is no check 'admin-user-disable'"],
  [['bicep'], 'bicep'],
])('export %j: says what is wrong', async (args, says) => {
  const { code, stdout, stderr } = await acrAudit(['export', ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(says);
  expect(stderr.trimEnd().split('\n')).toHaveLength(2);
});
