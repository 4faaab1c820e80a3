import { accessTo } from '../facts/access/access.ts';
import { appsOnPassword, modeSwitch, namesAround, type RoleMode } from '../facts/access/mode-switch.ts';
import { principalWords } from '../facts/access/principals.ts';
import { worthOf } from '../facts/access/tokens.ts';
import type { RoleAssignment } from '../model/facets/role-assignments.ts';
import type { Token } from '../model/facets/tokens.ts';
import { lastPart, sameId } from '../model/ids.ts';
import type { KnownFacts, Refusal } from '../model/step.ts';
import { exists, ours, refusal } from './refusal.ts';

/** What is refused of rights: of role assignments, of the permission mode, of tokens. */

/** What an assignment is told by. */
type Assigned = Pick<RoleAssignment, 'scope' | 'principalId' | 'roleId'>;

/** An assignment is its scope, role and principal: a second one of the three is refused whatever its condition. */
export const refusedAssignment = (assignments: readonly Assigned[], wanted: Assigned): Refusal | null =>
  assignments.some(
    (one) =>
      sameId(one.scope, wanted.scope) &&
      sameId(one.principalId, wanted.principalId) &&
      sameId(one.roleId, wanted.roleId),
  )
    ? exists('RoleAssignmentExists', 'The role assignment already exists.')
    : null;

/**
 * The other permission mode, before everybody who pulls or pushes has a role of it, and every task an identity. Azure
 * would take it, and they would be refused from then on.
 */
export function refusedModeSwitch(facts: KnownFacts, to: RoleMode): Refusal | null {
  const { registry, roleAssignments, tasks } = facts;
  if (!registry || registry.roleAssignmentMode === to) return null;
  if (!roleAssignments) return ours('who pulls and pushes by which role is not known');
  if (!tasks) return ours('which tasks there are is not known');
  const left = modeSwitch(registry, to, roleAssignments, tasks, namesAround(registry, facts));
  const all = [
    ...left.people.map(({ name, lost }) => `${name} could no longer ${lost.join(' and ')}`),
    ...left.tasks.map(({ task, lacks }) => `task ${task.name} would fail: it needs ${lacks}`),
    ...(to === 'AbacRepositoryPermissions' ? appsOnPassword(registry, facts.appConsumers) : []).map(
      (who) => `${who} logs in as the admin user: it needs an identity and a role of the new mode`,
    ),
    ...left.unreadable.map((who) => `what the role of ${who} lets it do could not be read`),
  ];
  return all.length === 0
    ? null
    : ours([...all.slice(0, 5), ...(all.length > 5 ? [`${all.length - 5} more`] : [])].join('; '));
}

/** Somebody stays who may hand out roles on the registry. Azure holds to that at a subscription, we at the registry too. */
export function refusedLastOwner(before: KnownFacts, after: KnownFacts): Refusal | null {
  const owners = ({ registry, roleAssignments }: KnownFacts) =>
    registry && roleAssignments
      ? accessTo(registry, roleAssignments).principals.filter(({ rights }) => rights['assign-roles'] === 'all')
      : [];
  const [last] = owners(before);
  return last && owners(after).length === 0
    ? ours(`somebody else must be Owner: after ${principalWords(last)} nobody would hand out roles here`)
    : null;
}

/** A password that clients of an enabled token may use ends only while its other one works. */
export function refusedPasswordEnd(
  tokens: readonly Token[],
  { token, password, now }: { readonly token: string; readonly password: string; readonly now: string },
): Refusal | null {
  const known = tokens.find(({ name }) => sameId(name, token));
  if (!known || known.status === 'disabled') return null;
  const worth = (wanted: string) => {
    const its = known.passwords.find((one) => one.name === wanted);
    return its ? worthOf(its.expiry, now) : 'expired';
  };
  const other = password === 'password1' ? 'password2' : 'password1';
  return worth(password) === 'expired' || ['endless', 'dated'].includes(worth(other))
    ? null
    : ours(
        `make ${other} of token ${token}, move its clients to it and prove that they log in: ${password} is the only one that is known to work`,
      );
}

/** A scope map is deleted after the last token that names it. */
export const refusedMapDelete = (tokens: readonly Pick<Token, 'scopeMap'>[], map: string): Refusal | null =>
  tokens.some(({ scopeMap }) => scopeMap !== null && sameId(lastPart(scopeMap), map))
    ? refusal(null, `a token still uses the scope map ${map}`)
    : null;
