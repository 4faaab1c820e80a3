import type { RegistryAccess } from '../facts/access/access.ts';
import { grantWords, roleFor } from '../facts/access/grants.ts';
import type { RegistryRole } from '../facts/access/ineffective.ts';
import { kindOf, principalWords } from '../facts/access/principals.ts';
import type { SpoiledGrant } from '../facts/access/pull.ts';
import { covers, scopeWords } from '../facts/access/scopes.ts';
import type { HeldRole } from '../facts/access/workloads.ts';
import type { Registry } from '../model/facets/registry.ts';
import { sameId } from '../model/ids.ts';
import type { Step } from '../model/step.ts';
import { forOwnerOf, manual } from './manual.ts';
import { roleAssign, roleName, roleUnassign } from './roles.ts';

/**
 * A role that does no more than the work needs, in place of one that is too wide: given, proven, then the old one taken
 * away. An assignment above the registry is a question to its owner, and the last Owner stays. `given` is what its work
 * needs, where more is known of it than that it pulls or pushes.
 */
export function withNarrowerRole(
  held: HeldRole,
  registry: Registry,
  access: RegistryAccess,
  given: readonly Step[] = insteadOfWide(held, access),
): readonly Step[] {
  const { grant, name } = held;
  if (!sameId(grant.scope, registry.id)) return [...given, askOwnerOfScope(held, access)];
  if (isLastOwner(held, access))
    return [manual(`Make a person or a group Owner before ${name} ceases to be: nobody else hands out roles here.`)];
  return [
    ...given,
    manual(
      given.length > 0
        ? `Prove that ${name} does its work by its new role, before the next command takes ${grantWords(grant)} away.`
        : `Prove that ${name} needs ${grantWords(grant)} for nothing, before the next command takes it away.`,
    ),
    roleUnassign(grant.assignment),
  ];
}

/** What is assigned above the registry is not the registry's to take away. */
function askOwnerOfScope({ grant, name, who }: HeldRole, { principals }: RegistryAccess): Step {
  const owners = principals
    .filter((one) => !sameId(one.principalId, who.principalId))
    .filter(({ grants }) =>
      grants.some((one) => one.rights['assign-roles'] === 'all' && covers(one.scope, grant.scope)),
    )
    .map((one) => principalWords(one));
  return forOwnerOf(
    grant.scope,
    `Ask whoever owns ${scopeWords(grant.scope)} (${owners.length > 0 ? `roles there are handed out by ${owners.slice(0, 3).join(', ')}` : 'nobody is seen here who hands out roles there'}) to take ${grantWords(grant)} from ${name} (${grant.assignment}). Prove first that the work here goes on without it.`,
  );
}

/** The narrowest role for what it pulls or pushes by the wide one: never a right that the wide one does not give. */
function insteadOfWide({ grant, who, kubelet }: HeldRole, { mode }: RegistryAccess): readonly Step[] {
  const right = kubelet || grant.rights.push === undefined ? 'pull' : 'push';
  const role = roleFor(right, mode);
  const has = who.grants.some((other) => other !== grant && other.rights[right] === 'all');
  return role === null || has || grant.rights[right] !== 'all' ? [] : [roleAssign(who.principalId, role)];
}

/**
 * A role that works in the registry's mode, in place of one that does not: never with another operation, never for more
 * repositories. People are not given roles by a command of ours.
 */
export function insteadOf({ grant, right, ...who }: RegistryRole, mode: RegistryAccess['mode']): Step {
  const name = principalWords(who);
  if (right !== 'pull' && right !== 'push' && right !== 'delete')
    return manual(`Delete ${grant.assignment}: Notation needs a role that pushes, and Key Vault roles for the key.`);
  if (mode === 'LegacyRegistryPermissions' && grant.condition !== null)
    return manual(
      `No role of this permission mode is as narrow as ${grantWords(grant)} of ${name}, which has a condition: AcrPull and AcrPush reach every repository. Switch the registry to ABAC mode (repository-permissions-mode says in which order), or give ${name} a token with a scope map.`,
    );
  if (mode === 'AbacRepositoryPermissions' && right === 'delete' && !grant.named.LegacyRegistryPermissions.push)
    return manual(
      `In ABAC mode no role only deletes: Container Registry Repository Contributor also pulls and pushes. Decide whether ${name} is to have it in place of ${grantWords(grant)}, and for which repositories.`,
    );
  const role = roleFor(right, mode);
  return role && kindOf(who.principalType) === 'workload'
    ? roleAssign(who.principalId, role)
    : manual(`Give ${name} ${role ? roleName(role) : 'the role of this mode'} in place of ${grantWords(grant)}.`);
}

/** A role whose condition keeps its holder out: made anew it would be refused, as the assignment is there already. */
export const mendCondition = ({ grant, reason }: SpoiledGrant, who: string): Step =>
  manual(
    `Mend the condition of ${grantWords(grant)} of ${who}: ${reason}. az role assignment update --role-assignment FILE, where FILE holds the assignment as az role assignment list --scope <registry-id> --include-inherited prints it, with the condition mended (${grant.assignment}); creating it again changes nothing.`,
  );

const isLastOwner = ({ who, grant }: HeldRole, { principals }: RegistryAccess): boolean =>
  grant.rights['assign-roles'] === 'all' &&
  !principals.some((other) => !sameId(other.principalId, who.principalId) && other.rights['assign-roles'] === 'all');

/** A deny assignment is nobody's to delete but of what made it: a deployment stack or a managed application. */
export const askOwnerOfDeny = (deny: string, who: string, what: string): Step =>
  manual(
    `Ask whoever made ${deny} (a deployment stack or a managed application; Azure lets nobody else change it) to exclude ${who} from it, or not to deny the ${what}. No role helps: a deny assignment wins over every one.`,
  );

/** The deny assignments that reach the registry. */
export const listDenies = (): string =>
  'az rest --method get --uri "<registry-id>/providers/Microsoft.Authorization/denyAssignments?api-version=2022-04-01" --query "value[].properties.[denyAssignmentName, scope, doNotApplyToChildScopes, permissions, principals, excludePrincipals]"';
