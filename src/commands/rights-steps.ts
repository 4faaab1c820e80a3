import type { RegistryAccess } from '../facts/access/access.ts';
import { grantWords, roleFor } from '../facts/access/grants.ts';
import type { RegistryRole } from '../facts/access/ineffective.ts';
import { contentOfRole } from '../facts/access/mode-switch.ts';
import { holdsAllOf, partsHeld } from '../facts/access/narrower-role.ts';
import { kindOf, principalsIn, principalWords } from '../facts/access/principals.ts';
import type { SpoiledGrant } from '../facts/access/pull.ts';
import type { Rights } from '../facts/access/rights.ts';
import type { RightsByMode } from '../facts/access/rights-table.ts';
import { covers, scopeWords } from '../facts/access/scopes.ts';
import { doesTooMuch, type HeldRole } from '../facts/access/workloads.ts';
import { neededRoles } from '../facts/tasks/needed-roles.ts';
import type { Registry } from '../model/facets/registry.ts';
import type { Task } from '../model/facets/tasks.ts';
import { sameId } from '../model/ids.ts';
import type { Step } from '../model/step.ts';
import { forOwnerOf, manual } from './manual.ts';
import { roleAssign, roleName, roleUnassign } from './roles.ts';

/**
 * A role that does no more than the work needs, in place of one that is too wide: given, proven, then the old one taken
 * away. Nobody can do more afterwards than before: what no built-in role is as narrow as is a person's to give. An
 * assignment above the registry is a question to its owner, and the last Owner stays. `tasks`: those of the registry, as
 * far as they were seen.
 */
export function withNarrowerRole(
  held: HeldRole,
  registry: Registry,
  access: RegistryAccess,
  tasks: readonly Task[],
): readonly Step[] {
  const { grant, name } = held;
  const own = sameId(grant.scope, registry.id);
  if (own && isLastOwner(held, access))
    return [
      manual(
        `Make a person or a group Owner before ${name} ceases to be: no person and no group hands out roles here.`,
      ),
    ];
  const given = insteadOfWide(held, registry, access, tasks);
  if (!own) return [...given, askOwnerOfScope(held, access)];
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

/** What a workload gets in place of a wide role: what the steps of its tasks need, else what it pulls or pushes by it. */
function insteadOfWide(
  held: HeldRole,
  registry: Registry,
  access: RegistryAccess,
  tasks: readonly Task[],
): readonly Step[] {
  const its = tasks.filter((task) => principalsIn(task.identity).some((id) => sameId(id ?? '', held.who.principalId)));
  if (its.length > 0) {
    const needed = its.map((task) => neededRoles(task, registry));
    if (needed.includes(null)) return [manual(unknownSteps(held, its))];
    return [...new Set(needed.flatMap((some) => some ?? []))].flatMap((role) =>
      narrower(held, registry, access, role, 'by its steps'),
    );
  }
  const contentRights = ['push', 'pull', 'delete'] as const;
  const right = held.kubelet ? 'pull' : contentRights.find((one) => held.grant.rights[one] !== undefined);
  if (right === undefined || held.grant.rights[right] === undefined) return [];
  const role = roleFor(right, access.mode);
  return role === null
    ? [manual(`Give ${held.name} the role of the registry's permission mode by which it can ${right}.`)]
    : narrower(held, registry, access, role, 'by its rights');
}

const unknownSteps = ({ name }: HeldRole, tasks: readonly Task[]): string =>
  `Give ${name} what the steps of ${tasks.map((task) => `task ${task.name}`).join(', ')} need, and no more; not all of them are known here: AcrPush where it pushes (in ABAC mode Container Registry Repository Writer), Container Registry Tasks Contributor where it starts tasks.`;

/** A built-in role where it gives its holder nothing new; else a person gives it a role of their own. */
function narrower(
  { grant, who, name, kubelet }: HeldRole,
  registry: Registry,
  access: RegistryAccess,
  role: string,
  why: 'by its steps' | 'by its rights',
): readonly Step[] {
  // What is too wide itself is taken away as well, by a fix of its own.
  const others = who.grants.filter((one) => one !== grant && !doesTooMuch({ grant: one, kubelet }));
  if (holdsAllOf({ grants: others }, role, registry, access)) return [];
  const same = others.find((one) => sameId(one.roleId, role) && sameId(one.scope, registry.id));
  if (same)
    return [
      manual(
        `Decide whether the condition of ${grantWords(same)} lets ${name} do its work: a second assignment of the role is refused. az role assignment update mends a condition.`,
      ),
    ];
  if (holdsAllOf(who, role, registry, access)) return [roleAssign(who.principalId, role)];
  const parts = partsHeld(who, role, registry, access);
  if (parts.length > 0)
    return [
      manual(
        `Give ${name} a custom role of ${parts.join(', ')} and no more, under the condition that it has now, if any: ${roleName(role)} would let it do more than today.`,
      ),
    ];
  return why === 'by its rights'
    ? []
    : [
        manual(
          `Decide whether ${name} is to have ${roleName(role)}, which the steps of its tasks need: none of its roles gives that today.`,
        ),
      ];
}

/**
 * Roles that work in the registry's mode, in place of one that does not: never with another operation, never for more
 * repositories. People are not given roles by a command of ours.
 */
export function insteadOf({ grant, right, ...who }: RegistryRole, known: RegistryAccess['mode']): readonly Step[] {
  const mode: keyof RightsByMode =
    known === 'LegacyRegistryPermissions' ? 'LegacyRegistryPermissions' : 'AbacRepositoryPermissions';
  const name = principalWords(who);
  if (right !== 'pull' && right !== 'push' && right !== 'delete')
    return [manual(`Delete ${grant.assignment}: Notation needs a role that pushes, and Key Vault roles for the key.`)];
  if (mode === 'LegacyRegistryPermissions' && grant.condition !== null)
    return [
      manual(
        `No role of this permission mode is as narrow as ${grantWords(grant)} of ${name}, which has a condition: AcrPull and AcrPush reach every repository. Switch the registry to ABAC mode (repository-permissions-mode says in which order), or give ${name} a token with a scope map.`,
      ),
    ];
  const meant =
    grant.named[mode === 'LegacyRegistryPermissions' ? 'AbacRepositoryPermissions' : 'LegacyRegistryPermissions'];
  const given = rolesLike(meant, mode);
  const more = given.flatMap((role) => contentOfRole(role, mode).filter((one) => meant[one] === undefined));
  const names = given.map(roleName).join(' and ');
  if (more.length > 0)
    return [
      manual(
        `No built-in role of this permission mode is as narrow as ${grantWords(grant)} of ${name}: ${names} would also let it ${more.join(' and ')}. Decide whether ${name} is to have that, and for which repositories, or give it a custom role.`,
      ),
    ];
  return kindOf(who.principalType) === 'workload' && grant.condition === null
    ? given.map((role) => roleAssign(who.principalId, role))
    : [
        manual(
          `Give ${name} ${names} in place of ${grantWords(grant)}${grant.condition === null ? '' : ', for the repositories that its condition names'}.`,
        ),
      ];
}

/** The built-in roles of a mode that do what a role of the other mode was meant for. */
const rolesLike = (meant: Rights, mode: keyof RightsByMode): readonly string[] => {
  const rights = (['push', 'pull', 'delete'] as const).filter((one) => meant[one] !== undefined);
  const [first] = rights;
  const widest = rights.includes('delete') && mode === 'AbacRepositoryPermissions' ? 'delete' : first;
  // In legacy mode the role that deletes does nothing else.
  return [...new Set([widest, ...(rights.includes('delete') ? (['delete'] as const) : [])])].flatMap(
    (right) => (right === undefined ? null : roleFor(right, mode)) ?? [],
  );
};

/** A role whose condition keeps its holder out: made anew it would be refused, as the assignment is there already. */
export const mendCondition = ({ grant, reason }: SpoiledGrant, who: string): Step =>
  manual(
    `Mend the condition of ${grantWords(grant)} of ${who}: ${reason}. az role assignment update --role-assignment FILE, where FILE holds the assignment as az role assignment list --scope <registry-id> --include-inherited prints it, with the condition mended (${grant.assignment}); creating it again changes nothing.`,
  );

/** Another workload that hands out roles is to cease to, too. */
const isLastOwner = ({ who, grant }: HeldRole, { principals }: RegistryAccess): boolean =>
  grant.rights['assign-roles'] === 'all' &&
  !principals.some(
    (other) =>
      !sameId(other.principalId, who.principalId) &&
      other.rights['assign-roles'] === 'all' &&
      kindOf(other.principalType) !== 'workload',
  );

/** A deny assignment is nobody's to delete but of what made it: a deployment stack or a managed application. */
export const askOwnerOfDeny = (deny: string, who: string, what: string): Step =>
  manual(
    `Ask whoever made ${deny} (a deployment stack or a managed application; Azure lets nobody else change it) to exclude ${who} from it, or not to deny the ${what}. No role helps: a deny assignment wins over every one.`,
  );

/** The deny assignments that reach the registry. */
export const listDenies = (): string =>
  'az rest --method get --uri "<registry-id>/providers/Microsoft.Authorization/denyAssignments?api-version=2022-04-01" --query "value[].properties.[denyAssignmentName, scope, doNotApplyToChildScopes, permissions, principals, excludePrincipals]"';
