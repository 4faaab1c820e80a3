import { describe, expect, test } from 'vitest';
import { checks } from '../checks/index.ts';
import { comparisonPage } from '../src/dev/comparison.ts';
import { differences, tools } from '../src/dev/comparison-data.ts';

const ids = checks.map(({ id }) => id);

test('every rule of another tool begins with the word of a tool that the page names', () => {
  const named = checks.flatMap(({ id, alsoKnownAs = [] }) => alsoKnownAs.map((rule: string) => [id, rule] as const));
  expect(named.length).toBeGreaterThan(80);
  expect(named.filter(([, rule]) => !Object.keys(tools).some((word) => rule.startsWith(`${word} `)))).toEqual([]);
});

test('no rule is named twice in one check', () => {
  for (const { id, alsoKnownAs = [] } of checks) expect(new Set(alsoKnownAs).size, id).toBe(alsoKnownAs.length);
});

test('every framework id names its framework, then a number', () => {
  const all = new Set(checks.flatMap(({ frameworks = [] }) => frameworks));
  expect(all.size).toBeGreaterThan(20);
  for (const id of all)
    expect(id).toMatch(
      /^(MCSB (v1 )?[A-Z]{2}-\d+|CIS Azure \d\.\d\.\d [\d.]+\d|NIST [A-Z]{2}-\d+(\(\d+\))?|ISO 27001 A\.\d+\.\d+)$/,
    );
});

describe('where we differ on purpose', () => {
  test.each(differences)('$title: with a source, and the check that does', ({ check, source }) => {
    expect(ids).toContain(check);
    expect(source).toMatch(/^https:\/\//);
  });
});

test('a team finds our check by the rule it knows', () => {
  expect(comparisonPage()).toMatch(/\[admin-user-disabled\].*Checkov: CKV_AZURE_137.*cr-008/);
});
