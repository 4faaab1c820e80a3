import type { TokensSeen } from '../facts/access/new-passwords.ts';
import { accessWith } from '../facts/access/over-identities.ts';
import { type PrincipalNames, principalWords } from '../facts/access/principals.ts';
import { scopeWords } from '../facts/access/scopes.ts';
import { type Evidence, observed } from '../model/evidence.ts';
import type { DenyAssignment } from '../model/facets/deny-assignments.ts';
import type { EligibleRole, EligibleRoles } from '../model/facets/eligible-roles.ts';
import type { FederatedIdentity } from '../model/facets/federated-credentials.ts';
import type { Registry } from '../model/facets/registry.ts';
import type { RoleAssignments, RoleDefinition } from '../model/facets/role-assignments.ts';
import { byText, idKey, sameId } from '../model/ids.ts';
import type { AccessPage, Eligible } from '../pages/access.ts';
import { canOf, principalOf, widthOf } from './access-holders.ts';

/** What roles that are active already rest on. */
interface Active {
  readonly registry: Registry;
  readonly roles: RoleAssignments | null;
  readonly identities: readonly FederatedIdentity[];
  readonly denies: readonly DenyAssignment[];
  readonly tokens: TokensSeen;
}

/** Who may activate a role that gives something here, widest first, and the roles of which that could not be read. */
export function eligibleHere(
  { eligible, definitions }: EligibleRoles,
  { registry, roles, identities, denies, tokens }: Active,
  names: PrincipalNames,
): { readonly eligible: readonly Eligible[]; readonly unseen: AccessPage['unseen'] } {
  const active = roles?.assignments ?? [];
  // As if all were active: who may edit the credentials of a pusher is one too.
  const all = { assignments: [...active, ...eligible], definitions: bothOf(roles?.definitions, definitions) };
  const access = accessWith(registry, all, identities, denies, tokens);
  const shown = eligible.map((one, index) => {
    const at = `roleAssignments/assignments/${active.length + index}` as const;
    const who = access.principals.find(({ principalId }) => sameId(principalId, one.principalId));
    const grant = who?.grants.find((other) => other.at === at);
    const unread = access.unreadable.find((other) => other.at === at);
    const common = {
      ...principalOf(one, names),
      scope: one.scope,
      where: scopeWords(one.scope),
      roleId: one.roleId,
      condition: one.condition,
      until: one.until,
    };
    if (unread) return { unread, shown: { ...common, roleName: null, rights: null, can: null } };
    if (!grant || Object.keys(grant.rights).length === 0) return null;
    const can = canOf(grant.rights, [grant], registry);
    return { unread: null, shown: { ...common, roleName: grant.roleName, rights: grant.rights, can } };
  });
  const here = shown.flatMap((one) => one ?? []);
  return {
    eligible: here
      .map((one) => one.shown)
      .sort((a, b) => widthOf(b.rights) - widthOf(a.rights) || byText(a.principalId, b.principalId)),
    unseen: here.flatMap(({ unread }) =>
      unread === null
        ? []
        : [
            {
              what: `role ${unread.roleId} that ${principalWords(unread, names)} may activate`,
              reason: unread.unseen.reason,
              missing: unread.unseen.missing,
            },
          ],
    ),
  };
}

/** The definitions of both lists; those of one where the other could not be read. */
function bothOf(
  some: Evidence<readonly RoleDefinition[]> | undefined,
  others: Evidence<readonly RoleDefinition[]>,
): Evidence<readonly RoleDefinition[]> {
  if (some?.state !== 'observed') return others;
  return others.state === 'observed' ? observed([...some.value, ...others.value]) : some;
}

/** The names that Azure tells with an eligibility. */
export const namesOfEligible = (eligible: readonly EligibleRole[]): PrincipalNames =>
  new Map(eligible.flatMap(({ principalId, name }) => (name === null ? [] : [[idKey(principalId), name]])));
