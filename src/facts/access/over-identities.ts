import type { DenyAssignment } from '../../model/facets/deny-assignments.ts';
import type { FederatedIdentity } from '../../model/facets/federated-credentials.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { RoleAssignment, RoleAssignments, RoleDefinition } from '../../model/facets/role-assignments.ts';
import { idKey, sameId } from '../../model/ids.ts';
import { onceFor } from '../../model/once.ts';
import { lookupBy } from '../../model/places.ts';
import { type Access, accessTo, accessUnder, definitionsOf, type Grant, type RegistryAccess } from './access.ts';
import { grantsAction } from './actions.ts';
import { denialOf } from './denials.ts';
import { mayChange, widest } from './held.ts';
import { newPasswordWorth, type TokensSeen, withNewPasswords } from './new-passwords.ts';
import { kindOf } from './principals.ts';
import { type Rights, rights } from './rights.ts';
import { covers } from './scopes.ts';

const identity = 'Microsoft.ManagedIdentity/userAssignedIdentities';

/**
 * Rights over an identity that changes images, by the action that gives each: whoever writes a federated credential of
 * it logs in as it, and whoever assigns it to a workload of their own has the workload ask for its tokens.
 */
export const overIdentities = {
  'edit-credentials': bothForms('federatedIdentityCredentials/write'),
  'assign-identity': bothForms('assign/action'),
} as const satisfies { readonly [R in keyof Rights]?: readonly string[] };

/** The operation, and as roles write it with a wildcard for the identity: Managed Identity Operator does. */
function bothForms(operation: string): readonly [string, string] {
  return [`${identity}/${operation}`, `${identity}/any/${operation}`];
}

export const isOverIdentities = (right: keyof Rights): right is keyof typeof overIdentities => right in overIdentities;

/**
 * Who can do what to the registry, those included who have such a right over an identity that changes it. `denies`:
 * deny assignments, where what they take away is to be left out. `tokens`: whose passwords one may make anew.
 */
export function accessWith(
  registry: Registry,
  roles: RoleAssignments,
  identities: readonly FederatedIdentity[],
  denies: readonly DenyAssignment[] = [],
  tokens: TokensSeen | null = null,
): RegistryAccess {
  const direct = denies.length > 0 ? accessUnder(registry, roles, denies) : accessTo(registry, roles);
  const worth = tokens && newPasswordWorth(tokens);
  let principals = tokens
    ? direct.principals.map((one) => withNewPasswords(one, worth, registry, denies))
    : direct.principals;
  // Who has a right over the identity of somebody who has one is one too.
  for (let before = -1; before !== countOf(principals); ) {
    before = countOf(principals);
    principals = withHolders(principals, roles, identities, denies);
  }
  return { ...direct, principals };
}

const countOf = (principals: readonly Access[]): number => principals.filter((one) => mayChange(one.rights)).length;

/** The identities that can change an image of the registry. */
export const identitiesThatChange = (
  principals: readonly Access[],
  identities: readonly FederatedIdentity[],
): readonly FederatedIdentity[] => {
  const changing = principals.filter(({ rights }) => mayChange(rights)).map(({ principalId }) => idKey(principalId));
  return byPrincipal(identities, changing).map(([, one]) => one);
};

const byPrincipal = lookupBy(({ principalId }: FederatedIdentity) => [idKey(principalId)]);

/** Assignments, with their place, of roles that give a right over identities. */
const assignedOver = onceFor((roles: RoleAssignments) => {
  const definitions = definitionsOf(roles);
  return roles.assignments.flatMap((one, index) => {
    const role = definitions.get(one.roleId);
    return role && givesOver(role) ? [{ index, one, role }] : [];
  });
});

const givesOver = onceFor(({ permissions }: RoleDefinition): boolean =>
  Object.values(overIdentities)
    .flat()
    .some((action) => grantsAction(permissions, 'control', action)),
);

function withHolders(
  principals: readonly Access[],
  roles: RoleAssignments,
  identities: readonly FederatedIdentity[],
  denies: readonly DenyAssignment[],
): readonly Access[] {
  const changing = identitiesThatChange(principals, identities);
  if (changing.length === 0) return principals;
  const holders = new Map(principals.map((one) => [idKey(one.principalId), one]));
  for (const { index, one, role } of assignedOver(roles)) {
    const given = rightsOver(one, role, changing, denies);
    if (Object.keys(given).length === 0) continue;
    const known = holders.get(idKey(one.principalId));
    const at = `roleAssignments/assignments/${index}` as const;
    const here = known?.grants.find((grant) => grant.at === at);
    const grant: Grant = {
      at,
      assignment: one.id,
      scope: one.scope,
      roleId: one.roleId,
      roleName: role.name,
      custom: role.custom,
      permissions: role.permissions,
      condition: one.condition,
      rights: { ...here?.rights, ...given },
      named: here?.named ?? { LegacyRegistryPermissions: {}, AbacRepositoryPermissions: {} },
      unconditioned: {
        ...here?.unconditioned,
        ...Object.fromEntries(Object.keys(given).map((right) => [right, 'all'])),
      },
    };
    const grants = [...(known?.grants ?? []).filter((other) => other.at !== at), grant];
    holders.set(idKey(one.principalId), {
      principalId: one.principalId,
      principalType: known?.principalType ?? one.principalType,
      grants,
      rights: widest(grants.map(({ rights }) => rights)),
    });
  }
  return [...holders.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** What an assignment gives over identities that change images; over its holder's own identity nothing more. */
function rightsOver(
  assignment: RoleAssignment,
  { permissions }: RoleDefinition,
  changing: readonly FederatedIdentity[],
  denies: readonly DenyAssignment[],
): Rights {
  const { scope, principalId, condition } = assignment;
  const others = changing.filter((one) => covers(scope, one.id) && !sameId(one.principalId, principalId));
  const extents = rights.filter(isOverIdentities).flatMap((right) => {
    const action = overIdentities[right].find((one) => grantsAction(permissions, 'control', one));
    if (others.length === 0 || action === undefined) return [];
    const left = others
      .map(({ id }) => denialOf(denies, assignment, { plane: 'control', action, resource: id })?.certainty ?? null)
      .filter((certainty) => certainty !== 'sure');
    if (left.length === 0) return [];
    return [[right, condition === null && left.includes(null) ? 'all' : 'conditional'] as const];
  });
  return Object.fromEntries(extents);
}

/** Who has a right over an identity by a role at the identity itself: whether that changes images is its roles' to say. */
export const holdersOverIdentities = onceFor((roles: RoleAssignments): readonly string[] =>
  assignedOver(roles)
    .filter(
      ({ one: { scope, principalType } }) =>
        /\/userAssignedIdentities\/[^/]+$/i.test(scope) && kindOf(principalType) !== 'person',
    )
    .map(({ one: { principalId } }) => `principal/${principalId}`),
);
