import type { ManagedIdentity, Registry } from '../../model/facets/registry.ts';
import type { RoleAssignment, RoleAssignments, RoleDefinition } from '../../model/facets/role-assignments.ts';
import { idKey, lastPart, parseId, sameId } from '../../model/ids.ts';
import { cannotSee, type Unknown } from '../../model/outcome.ts';
import type { Pointer } from '../../model/pointer.ts';
import { definitionsOf, notListed } from './access.ts';
import { scopeWords } from './scopes.ts';

/** One identity that a registry itself has, and what it may do outside of the registry. */
export interface OwnIdentity {
  /** Object id; `null` where Azure does not tell it. */
  readonly principalId: string | null;
  readonly at: Pointer;
  readonly name: string;
  readonly roles: readonly RoleElsewhere[];
}

/** A role at a scope that is not the registry, or that holds more than the registry. */
export interface RoleElsewhere {
  readonly at: `roleAssignments/assignments/${number}`;
  readonly assignment: RoleAssignment;
  /** `Contributor at the subscription`. */
  readonly words: string;
  /** Whether it gives no more than the use of keys, the reading of secrets and pulls; or why that is not known. */
  readonly harmless: boolean | Unknown;
}

/** The identities of a registry, with the roles that they hold elsewhere; empty where it has none. */
export function ownIdentities(registry: Registry, roles: RoleAssignments): readonly OwnIdentity[] {
  const definitions = definitionsOf(roles);
  return identitiesOf(registry.identity).map((one) => ({
    ...one,
    roles: roles.assignments.flatMap((assignment, index) =>
      one.principalId !== null && sameId(assignment.principalId, one.principalId) && isElsewhere(assignment, registry)
        ? [roleElsewhere(assignment, `roleAssignments/assignments/${index}`, definitions.get(assignment.roleId), roles)]
        : [],
    ),
  }));
}

function identitiesOf(identity: ManagedIdentity | null): readonly Omit<OwnIdentity, 'roles'>[] {
  if (identity === null) return [];
  const { principalId, userAssigned } = identity;
  const system = { principalId, at: 'registry/identity/principalId', name: "the registry's own identity" } as const;
  return [
    ...(hasOwn(identity) ? [system] : []),
    ...userAssigned.map(({ id, principalId }, index) => ({
      principalId,
      at: `registry/identity/userAssigned/${index}/principalId` as const,
      name: `identity ${lastPart(id)} of the registry`,
    })),
  ];
}

/** Whether something has an identity of its own, by its type where Azure does not tell the object id; or may have. */
export const hasOwn = (identity: ManagedIdentity): boolean =>
  identity.principalId !== null ||
  (identity.type === null ? identity.userAssigned.length === 0 : /system/i.test(identity.type));

/** What it may do to the registry itself, other checks judge. */
const isElsewhere = ({ scope }: RoleAssignment, { id }: Registry): boolean =>
  !sameId(scope, id) && !idKey(scope).startsWith(`${idKey(id)}/`);

function roleElsewhere(
  assignment: RoleAssignment,
  at: RoleElsewhere['at'],
  role: RoleDefinition | undefined,
  { definitions }: RoleAssignments,
): RoleElsewhere {
  const { scope, roleId } = assignment;
  const where = parseId(scope) ? lastPart(scope) : scopeWords(scope);
  const unseen = definitions.state === 'observed' ? notListed(assignment) : definitions;
  return {
    at,
    assignment,
    words: `${role?.name ?? `role ${roleId}`} at ${where}`,
    harmless: role ? isHarmless(role) : cannotSee(`what role ${roleId} at ${where} grants`, [unseen]),
  };
}

/** What the encryption of a registry and its cache credentials need, and a pull; the first role brings its events along. */
const harmless =
  /^microsoft\.(?:keyvault\/vaults\/(?:read|keys\/.+|secrets\/(?:getsecret|readmetadata)\/action)|eventgrid\/eventsubscriptions\/\w+|containerregistry\/registries\/(?:read|pull\/read|repositories\/(?:content|metadata)\/read))$/i;

const isHarmless = ({ permissions }: RoleDefinition): boolean =>
  permissions.every(({ actions, dataActions }) =>
    [...actions, ...dataActions].every((action) => harmless.test(action)),
  );
