import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { filterOf, type OutputAsked, type Target, targets } from '../../src/cli/output.ts';
import { writeReport } from '../../src/cli/write-report.ts';
import type { Format } from '../../src/report/formats.ts';
import { menagerie } from '../report/support.ts';

const folder = mkdtempSync(join(tmpdir(), 'output-'));
const file = join(folder, 'a=b.sarif');

describe('-o', () => {
  test.each<[string, string[] | undefined, Target[]]>([
    ['without any, a table', undefined, [{ format: 'table', path: null }]],
    ['a format', ['json'], [{ format: 'json', path: null }]],
    ['a dash is standard output', ['json=-'], [{ format: 'json', path: null }]],
    ['a file whose name holds the sign', [`sarif=${file}`], [{ format: 'sarif', path: file }]],
    [
      'two, of which one goes to a file',
      ['table', `sarif=${file}`],
      [
        { format: 'table', path: null },
        { format: 'sarif', path: file },
      ],
    ],
  ])('%s', (_, outputs, expected) => {
    expect(targets(outputs)).toEqual(expected);
  });

  test.each([
    ['a format nobody knows', ['xml'], "no output format 'xml'"],
    ['no file after the sign', ['json='], 'names no file'],
    ['two on standard output', ['json', 'table=-'], 'cannot share standard output'],
    ['one file by two names', [`json=${folder}/x`, `sarif=${folder}/./x`], 'two outputs go to'],
  ])('%s is a mistake', (_, outputs, message) => {
    expect(() => targets(outputs)).toThrow(message);
  });
});

const unasked = { verdict: undefined, 'min-severity': undefined };

test.each([
  [{}, {}],
  [{ verdict: [] }, {}],
  [{ verdict: ['fail,unknown', 'error'] }, { verdicts: ['fail', 'unknown', 'error'] }],
  [{ 'min-severity': 'high' as const }, { minSeverity: 'high' }],
])('%j shows %j', (args, filter) => {
  expect(filterOf({ ...unasked, ...args })).toEqual(filter);
});

test('a verdict nobody knows is a mistake', () => {
  expect(() => filterOf({ ...unasked, verdict: ['fail,passed'] })).toThrow("no verdict 'passed'");
});

describe('the outputs of a GitHub step', () => {
  afterEach(() => void vi.unstubAllEnvs());

  const report = menagerie();
  const exit = { code: 2, why: '1 check broke' };
  const asked = (format: Format): OutputAsked => ({
    targets: [{ format, path: join(folder, 'report') }],
    filter: { minSeverity: 'critical' },
    full: false,
    pages: false,
    quiet: true,
    color: 'never',
  });

  test('are appended by -o github, and count what no filter hides', async () => {
    const outputs = join(folder, 'outputs');
    writeFileSync(outputs, 'before=1\n');
    vi.stubEnv('GITHUB_OUTPUT', outputs);
    await writeReport(report, asked('csv'), { exit });
    expect(readFileSync(outputs, 'utf8')).toBe('before=1\n');
    await writeReport(report, asked('github'), { exit });
    expect(readFileSync(outputs, 'utf8')).toBe(
      `before=1\ncomplete=false\nfindings=${report.summary.fail}\nexit-code=2\n`,
    );
    expect(readFileSync(join(folder, 'report'), 'utf8')).toMatch(/^::error /);
  });

  test.each([undefined, ''])('are written nowhere where GITHUB_OUTPUT is %j', async (value) => {
    vi.stubEnv('GITHUB_OUTPUT', value);
    await expect(writeReport(report, asked('github'), { exit })).resolves.toBeUndefined();
  });

  test('that cannot be written do not take the report with them', async () => {
    vi.stubEnv('GITHUB_OUTPUT', join(folder, 'no', 'folder'));
    writeFileSync(join(folder, 'report'), '');
    await expect(writeReport(report, asked('github'), { exit })).rejects.toThrow('ENOENT');
    expect(readFileSync(join(folder, 'report'), 'utf8')).toMatch(/^::error /);
  });
});
