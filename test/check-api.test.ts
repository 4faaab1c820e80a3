import { expect, test } from 'vitest';
import { checkApi } from '../src/dev/check-api.ts';

const api = checkApi();

test('the names of the check API are found, those of its namespaces too', () => {
  const names = api.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['defineCheck', 'verdict', 'verdict.on', 'commands.listRecords']));
  expect(names.length).toBeGreaterThan(100);
});

test('every name of the check API has a doc line, which docs/writing-a-check.md lists', () => {
  expect(api.filter(({ doc }) => doc === '').map(({ name }) => name)).toEqual([]);
});
