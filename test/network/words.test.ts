import { expect, test } from 'vitest';
import check from '../../checks/network/private-endpoint-approved.ts';

test('of other registries only those with an endpoint elsewhere stop resolving where one is made', () => {
  expect(check.fix.breaks).toMatch(
    /names of registries that have a private endpoint elsewhere, and no record there, stop/,
  );
});
