import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** The built tool, as a shell runs it. */
function explainPurge(args: readonly string[], input = ''): { code: number | null; out: string; err: string } {
  const tool = ['dist/bin/acr-audit.js', 'explain', 'purge', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, tool, { input, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

const good = "acr purge --filter 'app:^v1' --ago 30d --keep 5";
const bad = 'acr purge --filter app:.* --ago 30d';

test.each<readonly [string, readonly string[], string, number, string]>([
  ['a safe command', [good], '', 0, 'no danger found'],
  ['a dangerous one', [bad], '', 1, 'every tag of'],
  ['one that cannot be judged', ["acr purge --filter 'app:(a)\\1' --ago 30d"], '', 3, 'Not judged'],
  ['standard input', ['-'], bad, 1, 'every tag of'],
  ['a pipe', [], bad, 1, 'every tag of'],
])('%s', (_what, args, input, code, says) => {
  const ran = explainPurge(args, input);
  expect(ran.code).toBe(code);
  expect(ran.out).toContain(says);
});

test('a file of several commands', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'acr-audit-')), 'purge.sh');
  writeFileSync(file, `#!/bin/sh\n# every night\naz acr run --cmd "${good}" /dev/null\n${bad} \\\n  --untagged\n`);
  const ran = explainPurge([file, '-o', 'json']);
  expect(JSON.parse(ran.out).commands.map(({ verdict }: { verdict: string }) => verdict)).toEqual([
    'safe',
    'dangerous',
  ]);
  expect(ran.code).toBe(1);
});

test.each([
  ['no purge', ['acr tag list'], 'no acr purge'],
  ['an open quote', ["acr purge --filter 'app"], 'quote'],
])('%s is wrong use, in two lines', (_what, args, says) => {
  const ran = explainPurge(args);
  expect(ran.code).toBe(2);
  expect(ran.err).toContain(says);
  expect(ran.err.trim().split('\n')).toHaveLength(2);
});
