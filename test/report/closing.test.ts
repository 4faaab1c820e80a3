import { expect, test } from 'vitest';
import { closingLines } from '../../src/report/closing.ts';
import { failureOf, fleet, menagerie, rendered } from './support.ts';

const report = menagerie();

test('a scan that writes files only says how bad it is, who is worst, where the files are, and why the code is what it is', () => {
  const many = fleet(report, 4, [failureOf(report, 'admin-user-disabled'), failureOf(report, 'premium-sku')]);
  expect(closingLines(many, ['acr.json', 'acr.html'], { code: 1, why: '4 findings at or above high' })).toEqual([
    expect.stringMatching(/^4 high, 4 \w+; \d+ unknown, \d+ broken, \d+ passed; incomplete$/),
    'worst: kvacr0, kvacr1, kvacr2',
    'written: acr.json, acr.html',
    'exit 1: 4 findings at or above high',
  ]);
});

test('Markdown has the counts and each check with how often it fails before anything else, for all registries', () => {
  const many = fleet(report, 2000, [failureOf(report, 'private-dns-records-complete')]);
  const text = rendered.markdown(many);
  expect(text).toMatch(/\*\*2000 high\*\*[\s\S]*\| high \| [^|]+ \| 2000 \| private-dns-records-complete \|/);
  expect(text.indexOf('| 2000 |')).toBeLessThan(text.indexOf('Incomplete'));
});

test('every link in docs/json.md leads to a table of it', async () => {
  const { readFileSync } = await import('node:fs');
  const page = readFileSync(new URL('../../docs/json.md', import.meta.url), 'utf8');
  const ids = new Set([...page.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id));
  const targets = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, target]) => target);
  expect(targets.length).toBeGreaterThan(30);
  expect(targets.filter((target) => !ids.has(target))).toEqual([]);
});
