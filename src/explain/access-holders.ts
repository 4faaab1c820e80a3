import type { Access, Grant } from '../facts/access/access.ts';
import { denyWords } from '../facts/access/denials.ts';
import { detours, isDetour } from '../facts/access/held.ts';
import { type PrincipalNames, principalWords } from '../facts/access/principals.ts';
import { repositoriesUnder } from '../facts/access/repository-conditions.ts';
import { type Extent, type Right, type Rights, rights } from '../facts/access/rights.ts';
import { isContentRight, isKnownMode, neededFor } from '../facts/access/rights-table.ts';
import { scopeWords } from '../facts/access/scopes.ts';
import type { TakenRight } from '../facts/access/taken.ts';
import type { Registry } from '../model/facets/registry.ts';
import { byText, idKey } from '../model/ids.ts';
import type { DeniedRight, HeldGrant, Holder, Principal } from '../pages/access.ts';

export const principalOf = (
  { principalId, principalType }: Pick<Access, 'principalId' | 'principalType'>,
  names: PrincipalNames,
): Principal => ({
  principalId,
  principalType,
  foreign: principalType === 'ForeignGroup',
  name: names.get(idKey(principalId)) ?? null,
  who: principalWords({ principalId, principalType }, names),
});

/** `who`: what it can do, less what deny assignments take. */
export const holderOf = (
  who: Access,
  taken: readonly TakenRight[],
  names: PrincipalNames,
  registry: Registry,
): Holder => ({
  ...principalOf(who, names),
  rights: who.rights,
  can: canOf(who.rights, who.grants, registry),
  denied: taken.map(deniedRight).reverse(),
  grants: who.grants
    // Beside a role that gives something, one that gives nothing does not matter.
    .filter((grant) => Object.keys(who.rights).length === 0 || Object.keys(grant.rights).length > 0)
    .map(heldGrant)
    .sort((a, b) => a.scope.length - b.scope.length || byText(a.assignment, b.assignment)),
});

const heldGrant = ({ assignment, scope, roleId, roleName, rights: given, condition }: Grant): HeldGrant => ({
  assignment,
  scope,
  where: scopeWords(scope),
  roleId,
  roleName,
  rights: given,
  condition,
});

const deniedRight = ({ right, certainty, by }: TakenRight): DeniedRight => ({
  what: rightIs(right),
  by: by.map(({ deny }) => denyWords(deny)),
  doubt: certainty === 'sure' ? null : (by.flatMap(({ because }) => because ?? [])[0] ?? 'only part of it is denied'),
});

/** A right in plain words: one to something else as what it does to images. */
const rightIs = (right: Right): string => (isDetour(right) ? detours[right] : (plain[right] ?? right));

/** Of the rights whose id is not what people say. */
const plain: { readonly [R in Right]?: string } = {
  'read-quarantined': 'read images in quarantine',
  promote: 'take images out of quarantine',
  manage: 'change the registry',
  'assign-roles': 'give roles to anybody',
};

/** The widest first; what is not held in full with how far it goes. */
export const canOf = (held: Rights, grants: readonly Grant[], registry: Registry): readonly string[] =>
  [...rights]
    .reverse()
    .flatMap((right) => (held[right] ? [`${rightIs(right)}${limits(right, held[right], grants, registry)}`] : []));

/** How far a right goes that is not held in full: on which repositories, by which condition, in which mode. */
function limits(right: Right, extent: Extent, grants: readonly Grant[], registry: Registry): string {
  if (extent === 'all') return '';
  const each = grants.filter((grant) => grant.rights[right]).map((grant) => limitOf(right, grant, registry));
  return ` (${[...new Set(each)].join('; or ')})`;
}

function limitOf(right: Right, { condition }: Grant, { roleAssignmentMode: mode, adminUserEnabled }: Registry): string {
  if (condition === null) {
    if (right === 'read-admin-password' && adminUserEnabled === null) return 'if the admin account is on';
    return isContentRight(right) && !isKnownMode(mode)
      ? 'in one of the two permission modes'
      : 'if no deny assignment takes it';
  }
  const [action = ''] = neededFor(right, mode).flatMap(({ actions }) => actions.flat());
  // A condition that names repositories is read for content in ABAC mode alone.
  const named =
    mode === 'AbacRepositoryPermissions' && isContentRight(right) ? repositoriesUnder(condition, action) : null;
  if (named === null) return byCondition;
  const { only, except, more } = named;
  return [
    only.length > 0 ? `on ${only.join(', ')}` : 'on all repositories',
    ...(except.length > 0 ? [`but not on ${except.join(', ')}`] : []),
    ...(more ? [byCondition] : []),
  ].join(', ');
}

const byCondition = 'as far as its condition lets it';

/** A later right outweighs all earlier ones together, and the whole of one a part of it. */
export const widthOf = (held: Rights | null): number =>
  rights.reduce((sum, right, rank) => {
    const extent = held?.[right];
    return extent ? sum + 3 ** rank * (extent === 'all' ? 2 : 1) : sum;
  }, 0);
