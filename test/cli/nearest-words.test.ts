import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { UsageError } from '../../src/cli/errors.ts';
import { filterOf } from '../../src/cli/output.ts';
import { selectChecks } from '../../src/cli/select.ts';
import { wrongWords } from '../../src/cli/wrong-words.ts';
import { acrAudit } from './run.ts';

const choice = { profile: 'recommended', check: [], skip: [], area: [] } as const;

describe('a value that is wrong gets the nearest right one', () => {
  test.each<[string, () => unknown, RegExp]>([
    ['an area', () => selectChecks(checks, { ...choice, area: ['netwrk'] }), /^did you mean network\? the areas are/],
    [
      'a verdict',
      () => filterOf({ verdict: ['fial'], 'min-severity': undefined }),
      /^did you mean fail\? the verdicts are/,
    ],
  ])('%s', (_, asked, advice) => {
    expect(asked).toThrow(UsageError);
    try {
      asked();
    } catch (error) {
      expect((error as UsageError).advice).toMatch(advice);
    }
  });
});

test.each([
  ['diff', /^diff needs two reports or snapshots/],
  ['convert', /^convert needs a report/],
  ['explain', /^explain needs a check/],
  ['probe', /^probe needs a login server/],
])('%s without what it is about says what it needs', (command, says) => {
  const words = 'Not enough non-option arguments: got 0, need at least 1';
  const { message, advice } = wrongWords(words, [command], { commands: [command], options: [] });
  expect(message).toMatch(says);
  expect(advice).toBe(`acr-audit ${command} --help shows what there is`);
});

test('a slip in a name is told too where a subscription would not list its registries', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'acr-audit-slip-')), 'demo.jsonl');
  await acrAudit(['collect', '--demo', '-q', '--allow-incomplete', '-o', file]);
  const hidden = { state: 'denied', reason: 'may not', missing: [], sources: [] };
  const lines = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ kind, name }) => kind !== 'registry' || name !== 'fabrikamapps')
    .map((line) => {
      if (line.kind === 'end') return { ...line, registries: line.registries - 1 };
      return line.kind === 'subscription' && /Fabrikam/.test(line.name) ? { ...line, registries: hidden } : line;
    });
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const { code, stderr } = await acrAudit(['scan', 'contosodevv', '--snapshot', file]);
  expect(code).toBe(3);
  expect(stderr).toMatch(
    /^acr-audit: no registry 'contosodevv' in 4 subscriptions .*would list its registries\n {2}did you mean contosodev\?\n/,
  );
});
