import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { sayThatItWaits } from '../../src/cli/terminal.ts';
import { root } from '../../src/dev/files.ts';
import { acrAudit } from './run.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what colour begins with
const coloured = /\u001b\[/;

describe('colour', () => {
  test.each<[string, string[], NodeJS.ProcessEnv, boolean]>([
    ['none in a pipe', [], {}, false],
    ['where it is asked for', ['--color', 'always'], {}, true],
    ['the option beats NO_COLOR', ['--color=always'], { NO_COLOR: '1' }, true],
    ['FORCE_COLOR', [], { FORCE_COLOR: '1' }, true],
    ['NO_COLOR beats FORCE_COLOR', [], { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['an empty NO_COLOR says nothing', [], { NO_COLOR: '', FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0 is never', [], { FORCE_COLOR: '0' }, false],
    ['none in a pipeline, which is a pipe', [], { TF_BUILD: 'True', AGENT_NAME: 'a' }, false],
  ])('%s', async (_, args, env, wanted) => {
    const { stdout } = await acrAudit(['checks', ...args], env);
    expect(coloured.test(stdout)).toBe(wanted);
  });
});

test('a scan in a pipe shows no progress', async () => {
  const { stderr } = await acrAudit(['scan', '--demo']);
  expect(stderr).toBe('');
});

test('a file that is long in coming is said to be waited for, at a terminal only', () => {
  vi.useFakeTimers();
  const said: string[] = [];
  for (const isTTY of [true, false])
    sayThatItWaits({ isTTY, write: (text: string | Uint8Array) => said.push(String(text)) > 0 }, 'reading x');
  vi.advanceTimersByTime(2999);
  expect(said).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(said).toEqual(['acr-audit: reading x…\n']);
  vi.useRealTimers();
});

test('help and version are on standard output', async () => {
  const help = await acrAudit(['--help']);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toContain('Exit codes');
  expect(await acrAudit(['--version'])).toMatchObject({
    code: 0,
    stdout: `${JSON.parse(readFileSync(`${root}package.json`, 'utf8')).version}\n`,
  });
});

test('messages are in English whatever the locale', async () => {
  expect((await acrAudit(['scan', '--bogus'], { LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' })).stderr).toContain(
    'there is no option --bogus',
  );
});

test('the demo shows every verdict', async () => {
  const { stdout, code } = await acrAudit(['scan', '--demo', '-o', 'json', '--fail-on', 'none', '--allow-incomplete']);
  const { summary } = JSON.parse(stdout);
  expect(code).toBe(0);
  for (const verdict of ['pass', 'fail', 'unknown', 'not-applicable'])
    expect(summary[verdict], verdict).toBeGreaterThan(0);
});

test('filters of what is shown change no exit code and no machine format', async () => {
  const all = await acrAudit(['scan', '--demo', '-o', 'json']);
  const narrowed = await acrAudit(['scan', '--demo', '-o', 'json', '--min-severity', 'critical', '--verdict', 'pass']);
  const table = await acrAudit(['scan', '--demo', '--min-severity', 'critical', '--verdict', 'pass']);
  expect(narrowed).toEqual(all);
  expect(table.code).toBe(all.code);
  expect(table.stdout).not.toContain('FAIL');
});

test('explain tells all about a check, and checks lists it', async () => {
  const { stdout } = await acrAudit(['explain', 'admin-user-disabled']);
  for (const part of ['Symptom', 'Root cause', 'Confirm', 'Fix', 'What the fix breaks', 'References'])
    expect(stdout).toContain(part);
  expect((await acrAudit(['checks', '-o', 'json'])).stdout).toContain('"admin-user-disabled"');
});
