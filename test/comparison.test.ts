import { expect, test } from 'vitest';
import { checks } from '../checks/index.ts';
import { comparisonPage } from '../src/dev/comparison.ts';
import { counterparts, differences } from '../src/dev/comparison-data.ts';

const ids = checks.map(({ id }) => id).sort();

test('every check is compared', () => {
  expect(ids.filter((id) => !(id in counterparts))).toEqual([]);
});

test('nothing is compared that is no check', () => {
  expect(Object.keys(counterparts).filter((id) => !ids.includes(id))).toEqual([]);
});

test('where we differ on purpose is said, with a source and the check that does', () => {
  expect(differences.map(({ title }) => title)).toEqual([
    'Zone redundancy',
    'Content trust',
    'Quarantine',
    'Retention on Basic',
    'AcrImageSigner',
  ]);
  for (const { check, source } of differences) {
    expect(ids).toContain(check);
    expect(source).toMatch(/^https:\/\//);
  }
});

test('a team finds our check by the rule it knows', () => {
  expect(comparisonPage()).toMatch(/\[admin-user-disabled\].*CKV_AZURE_137.*cr-008/);
});
