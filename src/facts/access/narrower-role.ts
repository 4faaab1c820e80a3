import type { Registry } from '../../model/facets/registry.ts';
import type { RolePermission } from '../../model/facets/role-assignments.ts';
import type { Access, Grant, RegistryAccess } from './access.ts';
import { matchesAction, type Plane } from './actions.ts';
import { holdsFor, readCondition } from './condition.ts';
import { covers } from './scopes.ts';

/** Whether somebody can do everything on the registry that a role lets its holder do: given it, they can do no more. */
export function holdsAllOf(
  { grants }: Pick<Access, 'grants'>,
  role: string,
  { id }: Pick<Registry, 'id'>,
  { definitions }: Pick<RegistryAccess, 'definitions'>,
): boolean {
  const here = grants.filter(({ scope }) => covers(scope, id));
  const wanted = definitions.get(role)?.permissions ?? [];
  return (
    wanted.length > 0 &&
    wanted.every(
      ({ actions, dataActions }) =>
        actions.every((action) => here.some((grant) => surelyGives(grant, 'control', action))) &&
        dataActions.every((action) => here.some((grant) => surelyGives(grant, 'data', action))),
    )
  );
}

/** The actions of a role that somebody has on the registry today, wholly or under a condition. */
export const partsHeld = (
  { grants }: Pick<Access, 'grants'>,
  role: string,
  { id }: Pick<Registry, 'id'>,
  { definitions }: Pick<RegistryAccess, 'definitions'>,
): readonly string[] => {
  const here = grants.filter(({ scope }) => covers(scope, id));
  const held = (plane: Plane) => (action: string) =>
    here.some(({ permissions }) => permissions.some((one) => gives(one, plane, action)));
  return (definitions.get(role)?.permissions ?? []).flatMap(({ actions, dataActions }) => [
    ...actions.filter(held('control')),
    ...dataActions.filter(held('data')),
  ]);
};

/** Whether a grant gives all that a pattern of actions names, whatever is asked and of which repository. */
function surelyGives({ permissions, condition }: Grant, plane: Plane, pattern: string): boolean {
  const formula = condition === null ? null : readCondition(condition);
  if (condition !== null && (formula === null || holdsFor(formula, pattern) !== 'always')) return false;
  return permissions.some((one) => gives(one, plane, pattern));
}

/** What stands for any characters is matched by nothing but what stands for any characters. */
function gives(permission: RolePermission, plane: Plane, pattern: string): boolean {
  const [given, taken] =
    plane === 'control'
      ? [permission.actions, permission.notActions]
      : [permission.dataActions, permission.notDataActions];
  return (
    given.some((one) => matchesAction(one, pattern)) &&
    (pattern.includes('*') ? taken.length === 0 : !taken.some((one) => matchesAction(one, pattern)))
  );
}
