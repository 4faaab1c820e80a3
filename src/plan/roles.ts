import type { RoleAssignment } from '../model/facets/role-assignments.ts';
import { sameId } from '../model/ids.ts';
import { builtInRoles } from '../model/roles.ts';
import { shellWord } from '../model/shell.ts';
import type { AzStep } from '../model/step.ts';

/** Gives a workload a built-in role on the registry, by its object id. */
export function roleAssign(principalId: string, roleId: string): AzStep {
  const role = builtInRoles.find(({ id }) => id === roleId)?.name ?? roleId;
  return {
    az: `az role assignment create --assignee-object-id ${shellWord(principalId)} --assignee-principal-type ServicePrincipal --role ${shellWord(role)} --scope <registry-id>`,
    effect: (facts) =>
      facts.registry && facts.roleAssignments
        ? {
            ...facts,
            roleAssignments: {
              ...facts.roleAssignments,
              assignments: [...facts.roleAssignments.assignments, assignment(principalId, roleId, facts.registry.id)],
            },
          }
        : facts,
  };
}

export const roleUnassign = (id: string): AzStep => ({
  az: `az role assignment delete --ids ${shellWord(id)}`,
  effect: (facts) =>
    facts.roleAssignments
      ? {
          ...facts,
          roleAssignments: {
            ...facts.roleAssignments,
            assignments: facts.roleAssignments.assignments.filter((one) => !sameId(one.id, id)),
          },
        }
      : facts,
});

/** As it would be listed; Azure chooses the name. */
const assignment = (principalId: string, roleId: string, scope: string): RoleAssignment => ({
  id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${principalId}-${roleId}`,
  scope,
  principalId,
  principalType: 'ServicePrincipal',
  roleId,
  condition: null,
  conditionVersion: null,
});
