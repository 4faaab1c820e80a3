import { expect, test } from 'vitest';
import { locks, parseLock } from '../../src/collect/locks.ts';
import { askingNothing, fakeAzure } from './azure.ts';

const subscription = '/subscriptions/00000000-0000-0000-0000-000000000001';
const lock = (scope: string, level: string) => ({
  id: `${scope}/providers/Microsoft.Authorization/locks/keep`,
  name: 'keep',
  type: 'Microsoft.Authorization/locks',
  properties: { level, notes: 'mind the registry' },
});

test.each([
  ['a subscription', subscription],
  ['a group', `${subscription}/resourceGroups/rg`],
  ['a resource', `${subscription}/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/contoso`],
])('a lock of %s tells its scope by its id', (_, scope) => {
  expect(parseLock(lock(scope, 'canNotDelete'))).toEqual({
    id: `${scope}/providers/Microsoft.Authorization/locks/keep`,
    name: 'keep',
    scope,
    level: 'CanNotDelete',
  });
});

test('one list a subscription', async () => {
  const path = `${subscription}/providers/Microsoft.Authorization/locks`;
  const { azure, asked } = fakeAzure({ [path]: [lock(subscription, 'ReadOnly')] });
  const found = await locks.collect(azure, { id: subscription }, askingNothing);
  expect(found.map(({ level }) => level)).toEqual(['ReadOnly']);
  expect(asked).toEqual([path]);
});
