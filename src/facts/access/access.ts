import type { OpenEnum } from '../../model/enums.ts';
import { denied, type Unseen } from '../../model/evidence.ts';
import type { DenyAssignment } from '../../model/facets/deny-assignments.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type {
  RoleAssignment,
  RoleAssignments,
  RoleDefinition,
  RolePermission,
} from '../../model/facets/role-assignments.ts';
import { idKey } from '../../model/ids.ts';
import { onceAtATime, onceFor } from '../../model/once.ts';
import { denialOf } from './denials.ts';
import { widest } from './held.ts';
import type { Rights } from './rights.ts';
import type { RightsByMode } from './rights-table.ts';
import { namedRights, nothingTaken, rightsOf, type Taken } from './role-rights.ts';
import { builtInRoles } from './roles.ts';
import { reaching } from './scopes.ts';

export interface Grant {
  /** Where the assignment is in the evidence. */
  readonly at: `roleAssignments/assignments/${number}`;
  readonly assignment: string;
  readonly scope: string;
  readonly roleId: string;
  readonly roleName: string;
  readonly custom: boolean;
  /** Empty where the role grants nothing here, as AcrPull does in ABAC mode. */
  readonly rights: Rights;
  /** What the role would give here without its condition. */
  readonly unconditioned: Rights;
  /** What it gives to content, in each mode, by actions that name registries: not by `*` or a read of everything. */
  readonly named: RightsByMode;
  /** What the role grants, condition or not. */
  readonly permissions: readonly RolePermission[];
  readonly condition: string | null;
}

/** Everything one principal can do to a registry, and through which assignments. */
export interface Access {
  readonly principalId: string;
  readonly principalType: OpenEnum<'principalType'> | null;
  readonly rights: Rights;
  readonly grants: readonly Grant[];
}

export interface RegistryAccess {
  /** `null` or unrecognised: what depends on the mode is `conditional`. */
  readonly mode: OpenEnum<'roleAssignmentMode'> | null;
  readonly principals: readonly Access[];
  /** Assignments whose role definition could not be read: what they grant is unknown. */
  readonly unreadable: readonly UnreadableRole[];
  /** What roles grant, by id. */
  readonly definitions: ReadonlyMap<string, RoleDefinition>;
}

export interface UnreadableRole {
  readonly at: `roleAssignments/assignments/${number}`;
  readonly scope: string;
  readonly assignment: string;
  readonly roleId: string;
  readonly principalId: string;
  readonly principalType: OpenEnum<'principalType'> | null;
  /** Why, and which action would have shown it: for `cannotSee`. */
  readonly unseen: Unseen;
}

const known = onceAtATime(() => new Map<Registry, Map<RoleAssignments, RegistryAccess>>());

/**
 * Who can do what to the registry, by its permission mode. Pure; principals in the order of their ids. Several checks
 * ask it of the same facts, and it costs more than they do: the answers are kept until another registry is asked about.
 */
export function accessTo(registry: Registry, roles: RoleAssignments): RegistryAccess {
  const all = known(registry.id);
  const own = all.get(registry) ?? new Map<RoleAssignments, RegistryAccess>();
  all.set(registry, own);
  const access = own.get(roles) ?? accessUnder(registry, roles, []);
  own.set(roles, access);
  return access;
}

/** The same, less what deny assignments take away. */
export function accessUnder(
  registry: Registry,
  { assignments, definitions }: RoleAssignments,
  denies: readonly DenyAssignment[],
): RegistryAccess {
  const mode = registry.roleAssignmentMode;
  const roles = definitionsOf({ definitions });
  const holders = new Map<
    string,
    { principalId: string; principalType: OpenEnum<'principalType'> | null; grants: Grant[] }
  >();
  const unreadable: UnreadableRole[] = [];
  for (const [index, assignment] of reaching(assignments, registry.id)) {
    const at = `roleAssignments/assignments/${index}` as const;
    const { id, roleId, principalId, principalType } = assignment;
    const role = roles.get(roleId);
    if (!role) {
      const unseen = definitions.state === 'observed' ? notListed(assignment) : definitions;
      unreadable.push({ at, scope: assignment.scope, assignment: id, roleId, principalId, principalType, unseen });
      continue;
    }
    const holder = holders.get(idKey(principalId)) ?? { principalId, principalType, grants: [] };
    holders.set(idKey(principalId), {
      ...holder,
      principalType: holder.principalType ?? principalType,
      grants: [...holder.grants, grantOf(at, assignment, role, registry, roles, denies)],
    });
  }
  const principals = [...holders.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, holder]) => ({ ...holder, rights: widest(holder.grants.map((grant) => grant.rights)) }));
  return { mode, principals, unreadable, definitions: roles };
}

/** What roles grant, by id: Azure's own definition where it was read, else the built-in one. */
export const definitionsOf = ({
  definitions,
}: Pick<RoleAssignments, 'definitions'>): ReadonlyMap<string, RoleDefinition> => byRoleId(definitions);

const byRoleId = onceFor((definitions: RoleAssignments['definitions']): ReadonlyMap<string, RoleDefinition> => {
  const read = definitions.state === 'observed' ? definitions.value : [];
  return new Map([...builtInRoles, ...read].map((role) => [role.id, role]));
});

/** A role the assignment names and the list of definitions lacks: it lives above, where we may not read. */
export const notListed = ({ roleId, scope }: RoleAssignment): Unseen =>
  denied(`the definition of role ${roleId} could not be read`, [
    { action: 'Microsoft.Authorization/roleDefinitions/read', scope },
  ]);

function grantOf(
  at: Grant['at'],
  assignment: RoleAssignment,
  role: RoleDefinition,
  registry: Registry,
  roles: ReadonlyMap<string, RoleDefinition>,
  denies: readonly DenyAssignment[],
): Grant {
  const { id, scope, roleId, condition } = assignment;
  const taken: Taken =
    denies.length === 0
      ? nothingTaken
      : (plane, action) => denialOf(denies, assignment, { plane, action, resource: registry.id })?.certainty ?? null;
  const under = (condition: string | null): Rights => rightsOf(role, condition, registry, roles, taken);
  const given = under(condition);
  return {
    at,
    assignment: id,
    scope,
    roleId,
    roleName: role.name,
    custom: role.custom,
    rights: given,
    unconditioned: condition === null ? given : under(null),
    named: namedRights(role),
    permissions: role.permissions,
    condition,
  };
}
