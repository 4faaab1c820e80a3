import type { Member, OpenEnum } from '../../model/enums.ts';
import { denied, type Unseen } from '../../model/evidence.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { RoleAssignment, RoleAssignments, RoleDefinition } from '../../model/facets/role-assignments.ts';
import { idKey, parentId } from '../../model/ids.ts';
import { type Extent, type Right, type Rights, rights } from '../../model/rights.ts';
import { grantsAction, type Plane } from './actions.ts';
import { type Condition, holdsFor, readCondition, rolesNamed } from './condition.ts';
import { builtInRoles } from './roles.ts';

/** Rights to something else, by which one changes an image all the same, and what one can do so. */
export const detours = {
  'edit-cache-rules': 'change images through cache rules',
  import: 'replace images by importing others',
  'edit-pipelines': 'move images in and out through transfer pipelines',
  'edit-tasks': 'push through tasks',
  'edit-credentials': 'log in as an identity that changes images, by a credential that it writes for itself',
  'mint-tokens': 'make itself a token that pushes and deletes',
  'read-admin-password': 'read the password of the admin account, which is on',
} as const satisfies { readonly [R in Right]?: string };
export type Detour = keyof typeof detours;

export const isDetour = (right: Right): right is Detour => right in detours;

/** More than looking and pulling: whoever holds this can change what the registry serves, here or by a detour. */
export const mayChange = (held: Rights): boolean =>
  rights.some((right) => right !== 'pull' && right !== 'read-quarantined' && held[right] !== undefined);

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
  readonly named: { readonly [M in Member<'roleAssignmentMode'>]: Rights };
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

/** What gives a right: of each list of actions one. */
interface Needed {
  readonly plane: Plane;
  readonly actions: readonly (readonly string[])[];
}

type RightsTable = { readonly [R in Right]?: Needed };

const acr = 'Microsoft.ContainerRegistry/registries';
const control = (...actions: readonly string[]): Needed => ({ plane: 'control', actions: [actions] });
const data = (...actions: readonly string[]): Needed => ({ plane: 'data', actions: [actions] });

/** No operation of Azure: only a role that names everything below a registry grants it, whatever it takes away. */
const anythingElse = ['write', 'delete', 'action'].map((verb) => `${acr}/everythingElse/${verb}`);

const assigning = 'Microsoft.Authorization/roleAssignments/write';

/** The same in both modes. Whoever may schedule a run may build and push anything. */
const always: RightsTable = {
  'edit-cache-rules': control(`${acr}/cacheRules/write`),
  import: control(`${acr}/importImage/action`),
  'edit-pipelines': control(
    `${acr}/importPipelines/write`,
    `${acr}/exportPipelines/write`,
    `${acr}/pipelineRuns/write`,
  ),
  'edit-tasks': control(`${acr}/tasks/write`, `${acr}/taskruns/write`, `${acr}/scheduleRun/action`),
  'mint-tokens': {
    plane: 'control',
    actions: [[`${acr}/tokens/write`, `${acr}/scopeMaps/write`], [`${acr}/generateCredentials/action`]],
  },
  'read-admin-password': control(`${acr}/listCredentials/action`, `${acr}/regenerateCredential/action`),
  manage: control(
    `${acr}/write`,
    `${acr}/delete`,
    `${acr}/updatePolicies/write`,
    `${acr}/replications/write`,
    `${acr}/replications/delete`,
    ...anythingElse,
  ),
  'assign-roles': control(assigning),
};

/**
 * Rights to content by permission mode: control-plane actions in one, data actions in the other, so that AcrPull and
 * Owner have none in ABAC mode. Content trust, and with it signing, does not exist there. Sources: MicrosoftDocs
 * container-registry-rbac-abac-repository-permissions.md and container-registry-content-trust-deprecation.md.
 */
const byMode: { readonly [M in Member<'roleAssignmentMode'>]: RightsTable } = {
  LegacyRegistryPermissions: {
    pull: control(`${acr}/pull/read`),
    push: control(`${acr}/push/write`),
    delete: control(`${acr}/artifacts/delete`),
    sign: control(`${acr}/sign/write`),
    'read-quarantined': control(`${acr}/quarantine/read`),
    promote: control(`${acr}/quarantine/write`),
  },
  AbacRepositoryPermissions: {
    pull: data(`${acr}/repositories/content/read`),
    push: data(`${acr}/repositories/content/write`),
    delete: data(`${acr}/repositories/content/delete`),
    'read-quarantined': data(`${acr}/quarantinedArtifacts/read`),
    promote: data(`${acr}/quarantinedArtifacts/write`),
  },
};

const known = new WeakMap<RoleAssignments, WeakMap<Registry, RegistryAccess>>();

/**
 * Who can do what to the registry, by its permission mode. Pure; principals in the order of their ids. Several checks
 * ask it of the same facts, and it costs more than they do: each answer is kept as long as its facts are.
 */
export function accessTo(registry: Registry, roles: RoleAssignments): RegistryAccess {
  const ofRoles = known.get(roles) ?? new WeakMap<Registry, RegistryAccess>();
  known.set(roles, ofRoles);
  const access = ofRoles.get(registry) ?? accessBy(registry, roles);
  ofRoles.set(registry, access);
  return access;
}

function accessBy(registry: Registry, { assignments, definitions }: RoleAssignments): RegistryAccess {
  const mode = registry.roleAssignmentMode;
  const roles = definitionsOf({ definitions });
  const holders = new Map<
    string,
    { principalId: string; principalType: OpenEnum<'principalType'> | null; grants: Grant[] }
  >();
  const unreadable: UnreadableRole[] = [];
  for (const [index, assignment] of assignments.entries()) {
    if (!covers(assignment.scope, registry.id)) continue;
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
      grants: [...holder.grants, grantOf(at, assignment, role, registry, roles)],
    });
  }
  const principals = [...holders.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, holder]) => ({ ...holder, rights: widest(holder.grants.map((grant) => grant.rights)) }));
  return { mode, principals, unreadable };
}

/** What roles grant, by id: Azure's own definition where it was read, else the built-in one. */
export function definitionsOf({
  definitions,
}: Pick<RoleAssignments, 'definitions'>): ReadonlyMap<string, RoleDefinition> {
  const read = definitions.state === 'observed' ? definitions.value : [];
  return new Map([...builtInRoles, ...read].map((role) => [role.id, role]));
}

/** A role the assignment names and the list of definitions lacks: it lives above, where we may not read. */
const notListed = ({ roleId, scope }: RoleAssignment): Unseen =>
  denied(`the definition of role ${roleId} could not be read`, [
    { action: 'Microsoft.Authorization/roleDefinitions/read', scope },
  ]);

/** Whether a scope is the registry itself or its resource group: whoever has a role there is known to use it. */
export const isOwnScope = (scope: string, { id }: Registry): boolean => {
  const from = idKey(scope).replace(/\/+$/, '');
  return from === idKey(id) || from === idKey(parentId(id, 2));
};

/**
 * Whether an assignment at a scope reaches a resource. A management group is only ever listed at a subscription that
 * is below it.
 */
export function covers(scope: string, resource: string): boolean {
  const from = idKey(scope).replace(/\/+$/, '');
  const to = idKey(resource);
  return (
    from === '' ||
    from.startsWith('/providers/microsoft.management/managementgroups/') ||
    to === from ||
    to.startsWith(`${from}/`)
  );
}

function grantOf(
  at: Grant['at'],
  assignment: RoleAssignment,
  role: RoleDefinition,
  registry: Registry,
  roles: ReadonlyMap<string, RoleDefinition>,
): Grant {
  const { id, scope, roleId, condition } = assignment;
  const under = (condition: string | null): Rights => rightsOf(role, condition, registry, roles);
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
    condition,
  };
}

/** Patterns that begin with the provider: whoever wrote them meant registries. */
function namedRights(role: RoleDefinition): Grant['named'] {
  const ofRegistries = (patterns: readonly string[]) =>
    patterns.filter((pattern) => /^microsoft\.containerregistry\//i.test(pattern));
  const permissions = role.permissions.map((one) => ({
    ...one,
    actions: ofRegistries(one.actions),
    dataActions: ofRegistries(one.dataActions),
  }));
  const by = (table: RightsTable): Rights => rightsBy(table, { ...role, permissions }, null, new Map());
  return {
    LegacyRegistryPermissions: by(byMode.LegacyRegistryPermissions),
    AbacRepositoryPermissions: by(byMode.AbacRepositoryPermissions),
  };
}

function rightsOf(
  role: RoleDefinition,
  condition: string | null,
  registry: Registry,
  roles: ReadonlyMap<string, RoleDefinition>,
): Rights {
  const under = (table: RightsTable): Rights => rightsBy(table, role, condition, roles);
  const { 'read-admin-password': password, ...everywhere } = under(always);
  return {
    ...everywhere,
    ...passwordRight(password, registry),
    ...contentRights(registry.roleAssignmentMode, under),
  };
}

/** Reading the password of an admin account that is off gives nothing. */
function passwordRight(extent: Extent | undefined, { adminUserEnabled }: Registry): Rights {
  if (extent === undefined || adminUserEnabled === false) return {};
  return { 'read-admin-password': adminUserEnabled === null ? 'conditional' : extent };
}

function contentRights(mode: RegistryAccess['mode'], under: (table: RightsTable) => Rights): Rights {
  switch (mode) {
    case 'LegacyRegistryPermissions':
      return under(byMode.LegacyRegistryPermissions);
    case 'AbacRepositoryPermissions':
      return under(byMode.AbacRepositoryPermissions);
    default:
      return inEitherMode(under);
  }
}

function inEitherMode(under: (table: RightsTable) => Rights): Rights {
  const legacy = under(byMode.LegacyRegistryPermissions);
  const abac = under(byMode.AbacRepositoryPermissions);
  return Object.fromEntries(
    rights
      .filter((right) => legacy[right] ?? abac[right])
      .map((right) => [right, legacy[right] === 'all' && abac[right] === 'all' ? 'all' : 'conditional']),
  );
}

function rightsBy(
  table: RightsTable,
  role: RoleDefinition,
  condition: string | null,
  roles: ReadonlyMap<string, RoleDefinition>,
): Rights {
  const formula = condition === null ? null : readCondition(condition);
  const extentOf = ({ plane, actions }: Needed): Extent | null => {
    const extents = actions.map((some) => {
      const granted = some.filter((action) => grantsAction(role.permissions, plane, action));
      if (granted.length === 0) return null;
      if (condition === null) return 'all';
      if (formula === null) return 'conditional';
      if (granted.includes(assigning)) return handsOut(formula, roles);
      const holds = granted.map((action) => holdsFor(formula, action));
      if (holds.includes('always')) return 'all';
      // Conditions are documented for data actions and role assignments: whether ARM honours another one is not.
      return plane === 'control' || holds.includes('maybe') ? 'conditional' : null;
    });
    return extents.includes(null) ? null : extents.includes('conditional') ? 'conditional' : 'all';
  };
  const extents = Object.entries(table).map(([right, needed]) => [right, extentOf(needed)] as const);
  return Object.fromEntries(extents.filter(([, extent]) => extent !== null));
}

/**
 * How far a condition lets its holder hand out roles that change a registry, by the sets of role ids that it names.
 * A role that it names and nobody could read may be one of those.
 */
function handsOut(formula: Condition, roles: ReadonlyMap<string, RoleDefinition>): Extent | null {
  const changing = [...roles.values()].filter(changesRegistries).map(({ id }) => id);
  const unread = rolesNamed(formula).filter((id) => !roles.has(id));
  const holds = (ids: readonly string[]) => ids.map((id) => holdsFor(formula, assigning, id));
  if (holds(changing).includes('always')) return 'all';
  return [...holds(changing), ...holds(unread)].some((one) => one !== 'never') ? 'conditional' : null;
}

/** Whether a role gives its holder, in one mode or the other, more than a pull. */
const changesRegistries = (role: RoleDefinition): boolean =>
  [always, byMode.LegacyRegistryPermissions, byMode.AbacRepositoryPermissions].some((table) =>
    mayChange(rightsBy(table, role, null, new Map())),
  );

/** How far the widest of these rights goes, of those held. */
export function extentOfAny(held: Rights, of: readonly Right[]): Extent | undefined {
  const extents = of.map((right) => held[right]);
  return extents.includes('all') ? 'all' : extents.find((extent) => extent !== undefined);
}

/** The union of several grants: what one gives in full, a condition on another does not narrow. */
export const widest = (all: readonly Rights[]): Rights =>
  Object.fromEntries(
    rights
      .filter((right) => all.some((one) => one[right]))
      .map((right) => [right, all.some((one) => one[right] === 'all') ? 'all' : 'conditional']),
  );
