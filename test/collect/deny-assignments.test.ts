import { expect, test } from 'vitest';
import { denyAssignments } from '../../src/collect/deny-assignments.ts';
import type { UnreadEntry } from '../../src/model/evidence.ts';
import { askingOf, fakeAzure } from './azure.ts';

const subscription = '/subscriptions/00000000-0000-0000-0000-000000000001';
const path = `${subscription}/providers/Microsoft.Authorization/denyAssignments`;
const group = `${subscription}/resourceGroups/rg`;
/** As Azure writes one of a deployment stack. */
const wire = (name: string, properties: object = {}) => ({
  id: `${group}/providers/Microsoft.Authorization/denyAssignments/${name}`,
  type: 'Microsoft.Authorization/denyAssignments',
  name,
  properties: {
    denyAssignmentName: `Deny assignment '${name}' created by Deployment Stack 'platform'.`,
    description: 'Created by Deployment Stack.',
    permissions: [
      {
        actions: ['*/delete'],
        notActions: [],
        dataActions: [],
        notDataActions: [],
        conditionVersion: null,
        condition: null,
      },
    ],
    scope: group,
    doNotApplyToChildScopes: false,
    principals: [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }],
    excludePrincipals: [{ id: 'f8d526a0-54eb-4941-ae69-ebf4a334d0f0', type: 'user' }],
    isSystemProtected: true,
    ...properties,
  },
});

async function read(...bodies: readonly unknown[]) {
  const { azure, asked } = fakeAzure({ [path]: bodies });
  const unread: UnreadEntry[] = [];
  const found = await denyAssignments.collect(azure, { id: subscription }, askingOf(azure, unread));
  return { found, unread, asked };
}

test('one list a subscription, and what it says', async () => {
  const { found, unread, asked } = await read(wire('a'));
  expect(asked).toEqual([path]);
  expect(unread).toEqual([]);
  expect(found).toEqual([
    {
      id: `${group}/providers/Microsoft.Authorization/denyAssignments/a`,
      name: "Deny assignment 'a' created by Deployment Stack 'platform'.",
      scope: group,
      onlyAtScope: false,
      effect: null,
      condition: null,
      permissions: [{ actions: ['*/delete'], notActions: [], dataActions: [], notDataActions: [] }],
      principals: [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }],
      excluded: [{ id: 'f8d526a0-54eb-4941-ae69-ebf4a334d0f0', type: 'User' }],
    },
  ]);
});

test('what Azure leaves out is told as left out, and a condition stands where either form has it', async () => {
  const { found } = await read(
    wire('a', {
      doNotApplyToChildScopes: undefined,
      excludePrincipals: undefined,
      principals: [{ type: 'ServicePrincipal' }],
      denyAssignmentEffect: 'audit',
      permissions: [{ dataActions: ['*'], condition: 'x' }],
    }),
  );
  expect(found).toMatchObject([
    {
      onlyAtScope: null,
      excluded: [],
      principals: [{ id: null, type: 'ServicePrincipal' }],
      effect: 'Audit',
      condition: 'x',
      permissions: [{ actions: [], dataActions: ['*'] }],
    },
  ]);
});

test.each([
  ['has no principals', { principals: undefined }],
  ['has no permissions', { permissions: undefined }],
  ['has a scope of another type', { scope: 7 }],
])('one that %s is an unread entry, and the others stay', async (_, properties) => {
  const { found, unread } = await read(wire('odd', properties), wire('good'));
  expect(found.map(({ id }) => id.split('/').at(-1))).toEqual(['good']);
  expect(unread).toMatchObject([{ entry: expect.stringContaining('denyAssignments/odd') }]);
});

test('those at other resources are nobody’s concern here', async () => {
  const { found } = await read(wire('vault', { scope: `${group}/providers/Microsoft.KeyVault/vaults/v` }));
  expect(found).toEqual([]);
});
