import { denied, observed } from '../src/model/evidence.ts';
import type { RoleAssignment, RoleAssignments, RoleDefinition } from '../src/model/facets/role-assignments.ts';
import { registryId } from './support.ts';

export const subscriptionId = '/subscriptions/00000000-0000-0000-0000-000000000001';
export const groupId = `${subscriptionId}/resourceGroups/rg-acr`;
export const managementGroupId = '/providers/Microsoft.Management/managementGroups/root';

/** An assignment of a role to a workload on the registry itself, unless the row says otherwise. */
export const assigned = (roleId: string, changes: Partial<RoleAssignment> = {}): RoleAssignment => ({
  id: `${changes.scope ?? registryId}/providers/Microsoft.Authorization/roleAssignments/1`,
  scope: registryId,
  principalId: 'ci',
  principalType: 'ServicePrincipal',
  roleId,
  condition: null,
  ...changes,
});

/** What a subscription lists. Built-in roles need no definition. */
export const roles = (
  assignments: readonly RoleAssignment[],
  definitions: readonly RoleDefinition[] = [],
): RoleAssignments => ({ assignments, definitions: observed(definitions) });

/** The same where the definitions may not be read. */
export const rolesWithoutDefinitions = (...assignments: readonly RoleAssignment[]): RoleAssignments => ({
  assignments,
  definitions: denied('AuthorizationFailed', [
    { action: 'Microsoft.Authorization/roleDefinitions/read', scope: subscriptionId },
  ]),
});

export const customRole = (granted: Partial<RoleDefinition['permissions'][number]>): RoleDefinition => ({
  id: 'custom',
  name: 'Our role',
  custom: true,
  permissions: [{ actions: [], notActions: [], dataActions: [], notDataActions: [], ...granted }],
});

/** The condition the portal writes: these actions only on repositories that pass the test. */
export const onRepositories = (test: string, ...actions: readonly string[]): string => {
  const others = actions
    .map((action) => `!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/${action}'})`)
    .join(' AND ');
  return `((${others}) OR (@Request[Microsoft.ContainerRegistry/registries/repositories:name] ${test}))`;
};
