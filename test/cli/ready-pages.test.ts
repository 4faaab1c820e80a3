import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { root } from '../../src/dev/files.ts';
import { built } from './run.ts';

const pages = JSON.parse(readFileSync(`${root}build/help.json`, 'utf8')) as Record<string, string>;

const run = (words: readonly string[], columns = 120) =>
  spawnSync(process.execPath, [built, ...words], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', HOME: '/nonexistent', COLUMNS: String(columns) },
  });

describe('the pages that the build makes ready', () => {
  test('are those of every command', () => {
    const [, commands = ''] = /say what to do: (.*)/.exec(run([]).stderr) ?? [];
    expect(Object.keys(pages).sort()).toEqual(
      ['--help', '--version', ...commands.split(/, | or /).map((command) => `${command} --help`)].sort(),
    );
  });

  // A further option, which changes nothing of help, sends the words to the parser.
  test.each(Object.keys(pages))('%s says what the parser says', (words) => {
    const ready = run(words.split(' '));
    const parsed = run([...words.split(' '), '--color', 'auto']);
    expect(ready.stdout).toBe(pages[words]);
    expect({ ...ready, pid: 0 }).toMatchObject({ stdout: parsed.stdout, stderr: parsed.stderr, status: parsed.status });
  });

  test('a narrow terminal gets a page of its own', () => {
    const lines = run(['scan', '--help'], 60).stdout.split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  test('-h asks for the same page', () => {
    expect(run(['plan', '-h']).stdout).toBe(pages['plan --help']);
  });
});
