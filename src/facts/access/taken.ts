import type { DenyAssignment } from '../../model/facets/deny-assignments.ts';
import type { FederatedIdentity } from '../../model/facets/federated-credentials.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { RoleAssignments, RoleDefinition } from '../../model/facets/role-assignments.ts';
import { type Access, definitionsOf, type Grant } from './access.ts';
import { grantsAction } from './actions.ts';
import { type Denial, denialOf } from './denials.ts';
import { identitiesThatChange, isOverIdentities, overIdentities } from './over-identities.ts';
import { type Right, type Rights, rights } from './rights.ts';
import { type Needed, neededFor } from './rights-table.ts';
import { covers } from './scopes.ts';

/** A right that somebody's roles give, and that deny assignments take away. */
export interface TakenRight {
  readonly right: Right;
  /** `perhaps`: it rests on what Azure does not tell, so that the right may be held. */
  readonly certainty: Denial['certainty'];
  /** Each deny assignment once. */
  readonly by: readonly Denial[];
}

/** What it takes to tell what is denied around a registry. */
export interface DenyFacts {
  readonly registry: Registry;
  readonly definitions: ReadonlyMap<string, RoleDefinition>;
  readonly denies: readonly DenyAssignment[];
  /** Identities that can change an image, whatever is denied. */
  readonly changing: readonly FederatedIdentity[];
}

/** `principals`: who can do what by roles alone. */
export const denyFacts = (
  registry: Registry,
  roles: RoleAssignments,
  denies: readonly DenyAssignment[],
  principals: readonly Access[],
  identities: readonly FederatedIdentity[],
): DenyFacts => ({
  registry,
  definitions: definitionsOf(roles),
  denies,
  changing: identitiesThatChange(principals, identities),
});

/** Of the rights that its roles give a principal, those that deny assignments take; `left` is what it can do then. */
export const takenFrom = (whole: Access, left: Rights, facts: DenyFacts): readonly TakenRight[] =>
  rights.flatMap((right): readonly TakenRight[] => {
    if (whole.rights[right] === undefined || left[right] === 'all') return [];
    const by = whole.grants.flatMap((grant) => (grant.rights[right] ? denialsOf(right, whole, grant, facts) : []));
    const each = [...new Map(by.map((one) => [one.deny.id, one])).values()];
    return each.length === 0 ? [] : [{ right, certainty: left[right] === undefined ? 'sure' : 'perhaps', by: each }];
  });

/** The denials of all that gives the right by a role: where something is left of it, none. */
function denialsOf(
  right: Right,
  who: Access,
  { roleId, scope }: Grant,
  { registry, definitions, denies, changing }: DenyFacts,
): readonly Denial[] {
  const permissions = definitions.get(roleId)?.permissions ?? [];
  const on = (resource: string, { plane, actions }: Needed): readonly Denial[] =>
    actions.flatMap((some) => {
      const granted = some.filter((action) => grantsAction(permissions, plane, action));
      const found = granted.map((action) => denialOf(denies, who, { plane, action, resource }));
      return found.every((one) => one !== null) ? found : [];
    });
  return isOverIdentities(right)
    ? changing
        .filter(({ id }) => covers(scope, id))
        .flatMap(({ id }) => on(id, { plane: 'control', actions: [overIdentities[right]] }))
    : neededFor(right, registry.roleAssignmentMode).flatMap((needed) => on(registry.id, needed));
}
