import { expect, test } from 'vitest';
import { AzureError } from '../../src/collect/azure.ts';
import { eligibleRoles } from '../../src/collect/eligible-roles.ts';
import type { UnreadEntry } from '../../src/model/evidence.ts';
import { acr, registryId } from '../support.ts';
import { askingOf, fakeAzure } from './azure.ts';

const authorization = `${registryId}/providers/Microsoft.Authorization`;
const path = `${authorization}/roleEligibilityScheduleInstances?$filter=atScope()`;
const subscription = '/subscriptions/00000000-0000-0000-0000-000000000001';

/** As Azure writes one: learn.microsoft.com/rest/api/authorization/privileged-role-eligibility-rest-sample. */
const wire = (name: string, properties: object = {}) => ({
  id: `${subscription}/providers/Microsoft.Authorization/RoleEligibilityScheduleInstances/${name}`,
  name,
  type: 'Microsoft.Authorization/RoleEligibilityScheduleInstances',
  properties: {
    scope: subscription,
    roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/8E3AF657-A8FF-443C-A75C-2FE8C4BCB635`,
    principalId: 'p',
    principalType: 'user',
    status: 'Provisioned',
    startDateTime: '2026-09-01T07:00:00Z',
    endDateTime: '2027-02-28T07:00:00Z',
    memberType: 'Direct',
    condition: null,
    conditionVersion: null,
    expandedProperties: { principal: { id: 'p', displayName: 'Ann', email: 'ann@contoso.example', type: 'User' } },
    ...properties,
  },
});

async function read(bodies: readonly unknown[], definitions: readonly unknown[] = []) {
  const { azure, asked } = fakeAzure({ [path]: bodies, [`${authorization}/roleDefinitions`]: definitions });
  const unread: UnreadEntry[] = [];
  const found = await eligibleRoles.collect(azure, acr(), askingOf(azure, unread));
  return { found, unread, asked };
}

test('one list at the registry, and the roles that it names', async () => {
  const { found, unread, asked } = await read(
    [wire('a')],
    [{ name: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', properties: { roleName: 'Owner', permissions: [] } }],
  );
  expect(asked).toEqual([path, `${authorization}/roleDefinitions`]);
  expect(unread).toEqual([]);
  expect(found).toMatchObject({
    eligible: [
      {
        scope: subscription,
        principalId: 'p',
        principalType: 'User',
        roleId: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
        name: 'Ann',
        until: '2027-02-28T07:00:00Z',
      },
    ],
    definitions: { state: 'observed', value: [{ name: 'Owner' }] },
  });
  expect(JSON.stringify(found)).not.toContain('contoso.example');
});

test('what Azure leaves out is told as left out', async () => {
  const { found } = await read([
    wire('a', { endDateTime: null, expandedProperties: undefined, principalType: undefined }),
  ]);
  expect(found.eligible).toMatchObject([{ name: null, until: null, principalType: null }]);
});

test('an odd one is an unread entry, and the others stay', async () => {
  const { found, unread } = await read([wire('odd', { scope: 7 }), wire('good')]);
  expect(found.eligible).toHaveLength(1);
  expect(unread).toMatchObject([{ entry: expect.stringContaining('/odd') }]);
});

test('where nobody is eligible, no role is asked for', async () => {
  const { asked } = await read([]);
  expect(asked).toEqual([path]);
});

const refusing = (code: string) => ({
  ...fakeAzure({}).azure,
  list: () =>
    Promise.reject(new AzureError('failed', 'The tenant needs an AAD Premium 2 license.', { status: 400, code })),
});

test('a tenant without the licence has none; another refusal stays one', async () => {
  const without = refusing('AadPremiumLicenseRequired');
  expect(await eligibleRoles.collect(without, acr(), askingOf(without))).toMatchObject({ eligible: [] });
  const other = refusing('BadRequest');
  await expect(eligibleRoles.collect(other, acr(), askingOf(other))).rejects.toThrow('license');
});
