import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filterOf, type Target, targets } from '../../src/cli/output.ts';

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
