import type { Registry } from '../../model/facets/registry.ts';
import type { RoleDefinition } from '../../model/facets/role-assignments.ts';
import { onceFor } from '../../model/once.ts';
import { grantsAction, type Plane } from './actions.ts';
import { type Condition, holdsFor, readCondition, rolesNamed } from './condition.ts';
import { mayChange } from './held.ts';
import { type Extent, type Rights, rights } from './rights.ts';
import { always, assigning, byMode, type Needed, type RightsByMode, type RightsTable } from './rights-table.ts';

/** What a role gives to content by patterns that begin with the provider: whoever wrote those meant registries. */
export const namedRights = onceFor((role: RoleDefinition): RightsByMode => {
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
});

/** How surely a deny assignment takes an action from whoever holds the role; `null`: none does. */
export type Taken = (plane: Plane, action: string) => 'sure' | 'perhaps' | null;

export const nothingTaken: Taken = () => null;

/** What a role gives to a registry, under a condition or without one, less what is denied. */
export function rightsOf(
  role: RoleDefinition,
  condition: string | null,
  registry: Registry,
  roles: ReadonlyMap<string, RoleDefinition>,
  taken: Taken = nothingTaken,
): Rights {
  const under = (table: RightsTable): Rights =>
    condition === null && taken === nothingTaken
      ? unconditioned(role, table)
      : rightsBy(table, role, condition, roles, taken);
  const { 'read-admin-password': password, ...everywhere } = under(always);
  return {
    ...everywhere,
    ...passwordRight(password, registry),
    ...contentRights(registry.roleAssignmentMode, under),
  };
}

const unconditioned = (role: RoleDefinition, table: RightsTable): Rights => {
  const known = byTable(role);
  const found = known.get(table) ?? rightsBy(table, role, null, new Map());
  known.set(table, found);
  return found;
};

const byTable = onceFor((_: RoleDefinition) => new Map<RightsTable, Rights>());

/** Reading the password of an admin account that is off gives nothing. */
function passwordRight(extent: Extent | undefined, { adminUserEnabled }: Registry): Rights {
  if (extent === undefined || adminUserEnabled === false) return {};
  return { 'read-admin-password': adminUserEnabled === null ? 'conditional' : extent };
}

function contentRights(mode: Registry['roleAssignmentMode'], under: (table: RightsTable) => Rights): Rights {
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
  taken: Taken = nothingTaken,
): Rights {
  const formula = condition === null ? null : readCondition(condition);
  const underCondition = (plane: Plane, granted: readonly string[]): Extent | null => {
    if (granted.length === 0) return null;
    if (condition === null) return 'all';
    if (formula === null) return 'conditional';
    if (granted.includes(assigning)) return handsOut(formula, roles);
    const holds = granted.map((action) => holdsFor(formula, action));
    if (holds.includes('always')) return 'all';
    // Conditions are documented for data actions and role assignments: whether ARM honours another one is not.
    return plane === 'control' || holds.includes('maybe') ? 'conditional' : null;
  };
  const extentOf = ({ plane, actions }: Needed): Extent | null => {
    const extents = actions.map((some) => {
      const granted = some.filter(
        (action) => grantsAction(role.permissions, plane, action) && taken(plane, action) !== 'sure',
      );
      const extent = underCondition(plane, granted);
      return extent === 'all' && granted.every((action) => taken(plane, action) === 'perhaps') ? 'conditional' : extent;
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
    mayChange(unconditioned(role, table)),
  );
