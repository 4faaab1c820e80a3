import { describe, expect, test } from 'vitest';
import { parseRoleAssignment, parseRoleDefinition, roleAssignments } from '../../src/collect/role-assignments.ts';
import { accessTo } from '../../src/facts/access/access.ts';
import { grantsAction } from '../../src/facts/access/actions.ts';
import { readCondition } from '../../src/facts/access/condition.ts';
import { builtInRoles } from '../../src/facts/access/roles.ts';
import { observed } from '../../src/model/evidence.ts';
import { acr } from '../support.ts';
import { askingOf, fakeAzure } from './azure.ts';
import { bodiesOf } from './corpus.ts';

test('an assignment of 2015 has no principal type and no condition', () =>
  expect(
    parseRoleAssignment({
      id: '/providers/Microsoft.Authorization/roleAssignments/one',
      properties: {
        scope: '/',
        principalId: 'someone',
        roleDefinitionId:
          '/subscriptions/x/providers/Microsoft.Authorization/roleDefinitions/ACDD72A7-3385-48EF-BD42-F606FBA81AE7',
        createdBy: null,
      },
    }),
  ).toEqual({
    id: '/providers/Microsoft.Authorization/roleAssignments/one',
    scope: '/',
    principalId: 'someone',
    principalType: null,
    roleId: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
    condition: null,
  }));

test.each([
  ['serviceprincipal', 'ServicePrincipal'],
  ['FOREIGNGROUP', 'ForeignGroup'],
  ['MSI', 'MSI'],
])('the type %s of a principal is read as %s', (principalType, read) =>
  expect(
    parseRoleAssignment({
      id: '/providers/Microsoft.Authorization/roleAssignments/one',
      properties: { scope: '/', principalId: 'someone', principalType, roleDefinitionId: 'r' },
    }).principalType,
  ).toBe(read),
);

const recorded = bodiesOf('roleAssignments');

describe.skipIf(recorded === null)('recorded answers (../shared/corpus)', () => {
  const assignments = (recorded ?? []).map(parseRoleAssignment);
  const definitions = (bodiesOf('roleDefinitions') ?? []).map(parseRoleDefinition);

  test('every assignment gets a verdict: what it grants, or that its role is unreadable', () => {
    expect(assignments.length).toBeGreaterThan(200);
    for (const roleAssignmentMode of ['LegacyRegistryPermissions', 'AbacRepositoryPermissions', null] as const) {
      for (const assignment of assignments) {
        // As if it were listed at a registry it reaches.
        const given = { assignments: [{ ...assignment, scope: '/' }], definitions: observed(definitions) };
        const { principals, unreadable } = accessTo(acr({ roleAssignmentMode }), given);
        expect(principals.length + unreadable.length).toBe(1);
      }
    }
  });

  test('every condition can be read', () => {
    const conditions = assignments.flatMap(({ condition }) => condition ?? []);
    expect(conditions.length).toBeGreaterThan(5);
    expect(conditions.filter((condition) => readCondition(condition) === null)).toEqual([]);
  });

  test.each(builtInRoles)('our table agrees with Azure on $name', ({ id, name, permissions }) => {
    const azures = definitions.find((definition) => definition.id === id);
    // Some were never recorded: their permissions are those that Microsoft Learn prints.
    if (!azures)
      return expect(name).toMatch(
        /^((User Access|Role Based Access Control|Container Registry Cache Rule) Administrator|Managed Identity (Contributor|Operator)|Monitoring Reader|Key Vault (Secrets|Crypto( Service Encryption)?) User)$/,
      );
    expect(azures.name).toBe(name);
    const registry = 'Microsoft.ContainerRegistry/registries';
    const control = [
      'read',
      'write',
      'pull/read',
      'push/write',
      'artifacts/delete',
      'sign/write',
      'quarantine/read',
      'quarantine/write',
      'tasks/write',
      'taskruns/write',
      'scheduleRun/action',
      'tokens/read',
      'tokens/write',
      'scopeMaps/write',
      'generateCredentials/action',
      'listCredentials/action',
      'importImage/action',
      'importPipelines/write',
      'cacheRules/write',
      'delete',
    ].map((action) => `${registry}/${action}`);
    const data = [
      'repositories/content/read',
      'repositories/content/write',
      'repositories/content/delete',
      'quarantinedArtifacts/read',
      'quarantinedArtifacts/write',
      'catalog/read',
    ].map((action) => `${registry}/${action}`);
    for (const action of [...control, 'Microsoft.Authorization/roleAssignments/write'])
      expect([action, grantsAction(permissions, 'control', action)]).toEqual([
        action,
        grantsAction(azures.permissions, 'control', action),
      ]);
    for (const action of data)
      expect([action, grantsAction(permissions, 'data', action)]).toEqual([
        action,
        grantsAction(azures.permissions, 'data', action),
      ]);
  });
});

test('what the identity of a registry holds elsewhere is kept, and what others hold there is not', async () => {
  const subscription = '/subscriptions/00000000-0000-0000-0000-000000000001';
  const storage = `${subscription}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/st`;
  const held = (principalId: string) => ({
    id: `${storage}/providers/Microsoft.Authorization/roleAssignments/${principalId}`,
    properties: { scope: storage, principalId, roleDefinitionId: '/roleDefinitions/one' },
  });
  const path = `${subscription}/providers/Microsoft.Authorization`;
  const { azure } = fakeAzure({
    [`${path}/roleAssignments`]: [held('OWN'), held('somebody')],
    [`${path}/roleDefinitions`]: [],
  });
  const asking = { ...askingOf(azure), registryIdentities: new Set(['own']) };
  const { assignments } = await roleAssignments.collect(azure, { id: subscription }, asking);
  expect(assignments.map(({ principalId }) => principalId)).toEqual(['OWN']);
});
