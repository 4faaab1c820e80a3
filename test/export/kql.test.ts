import { expect, test } from 'vitest';
import { checks } from '../../checks/index.ts';
import { formOf } from '../../src/export/forms.ts';
import { kqlQueries } from '../../src/export/kql.ts';
import { signals } from '../../src/export/signals.ts';
import { kusto } from './kusto.ts';

const queries = kqlQueries(checks);
const mistakesIn = kusto();

test('the parser finds a mistake where there is one', () => {
  expect(mistakesIn("resources | where type =~ 'x' | project id")).toEqual([]);
  expect(mistakesIn("resources | where (type =~ 'x' | project id")).not.toEqual([]);
  expect(mistakesIn('resources | wher id == 1')).not.toEqual([]);
});

test.each(queries)('$name is Kusto, and says where it runs', ({ text }) => {
  expect(mistakesIn(text)).toEqual([]);
  expect(text).toMatch(/^\/\/ .*\n\/\/ (Azure Resource Graph|Log Analytics)/);
});

test('there is one query for each check with conditions, and one for each signal', () => {
  const names = queries.map(({ name }) => name);
  expect(names).toEqual([
    ...checks.filter((check) => formOf(check) !== null).map(({ id }) => id),
    ...signals.map(({ name }) => name),
  ]);
  expect(names.length).toBeGreaterThan(15);
});

test('a query gives what fails and what is not told, with the value that decides', () => {
  expect(
    queries.find(({ name }) => name === 'admin-user-disabled')?.text,
  ).toBe(`// admin-user-disabled (high): ${checks.find(({ id }) => id === 'admin-user-disabled')?.title}
// Azure Resource Graph. A registry whose row does not tell is unknown, never a pass.
resources
| where type =~ 'microsoft.containerregistry/registries'
| extend verdict = case(
    tostring(properties.adminUserEnabled) =~ 'true', 'fail',
    tostring(properties.adminUserEnabled) =~ 'false', 'pass',
    'unknown')
| where verdict in ('fail', 'unknown')
| project id, name, resourceGroup, subscriptionId, location, verdict, properties_adminUserEnabled = tostring(properties.adminUserEnabled)
| order by id asc
`);
});
