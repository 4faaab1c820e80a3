import type { RegistryAccess } from '../facts/access/access.ts';
import { grantWords, roleFor } from '../facts/access/grants.ts';
import { principalWords } from '../facts/access/principals.ts';
import type { RolePromise } from '../facts/access/promises.ts';
import { builtInRoles } from '../facts/access/roles.ts';
import type { RoleAssignment } from '../model/facets/role-assignments.ts';
import { sameId } from '../model/ids.ts';
import { shellWord } from '../model/shell.ts';
import type { AzStep, Step } from '../model/step.ts';
import { manual } from './az.ts';

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

/** What keeps a promise that a role does not keep in this mode. People are not given roles by a command of ours. */
export function insteadOf({ grant, right, ...who }: RolePromise, mode: RegistryAccess['mode']): Step {
  if (right !== 'pull' && right !== 'push' && right !== 'delete')
    return manual(`Delete ${grant.assignment}: Notation needs a role that pushes, and Key Vault roles for the key.`);
  const role = roleFor(right, mode);
  return role && who.principalType === 'ServicePrincipal'
    ? roleAssign(who.principalId, role)
    : manual(
        `Give ${principalWords(who)} ${builtInRoles.find(({ id }) => id === role)?.name ?? 'the role of this mode'} in place of ${grantWords(grant)}.`,
      );
}
