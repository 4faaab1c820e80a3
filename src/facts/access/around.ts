import type { Evidence } from '../../model/evidence.ts';
import type { Consumers } from '../../model/facets/consumers.ts';
import type { DenyAssignment } from '../../model/facets/deny-assignments.ts';
import type { FederatedCredentials, FederatedIdentity } from '../../model/facets/federated-credentials.ts';
import type { ManagedIdentity, Registry } from '../../model/facets/registry.ts';
import type { RoleAssignments } from '../../model/facets/role-assignments.ts';
import { idKey, sameId } from '../../model/ids.ts';
import { type Unknown, unseen } from '../../model/outcome.ts';
import {
  type Access,
  accessTo,
  accessUnder,
  definitionsOf,
  type Grant,
  type RegistryAccess,
  type UnreadableRole,
} from './access.ts';
import { grantsAction } from './actions.ts';
import { denialOf } from './denials.ts';
import { type WayIn, waysIn } from './federation.ts';
import { mayChange, widest } from './held.ts';
import { type Identities, kindOf, principalNames } from './principals.ts';
import { covers } from './scopes.ts';
import { unseenHolder } from './unseen-holders.ts';
import { type HeldRole, isWorkload, kubeletsOf, rolesOfWorkloads } from './workloads.ts';

export const writing = 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write';

/**
 * Who can do what to the registry, those included who may write a federated credential of an identity that changes it:
 * they can log in as that identity. `denies`: deny assignments, where what they take away is to be left out.
 */
export function accessWith(
  registry: Registry,
  roles: RoleAssignments,
  identities: readonly FederatedIdentity[],
  denies: readonly DenyAssignment[] = [],
): RegistryAccess {
  const direct = denies.length > 0 ? accessUnder(registry, roles, denies) : accessTo(registry, roles);
  let principals = direct.principals;
  // Who edits the credentials of an editor is one too.
  for (let before = -1; before !== countOf(principals); ) {
    before = countOf(principals);
    principals = withEditors(principals, roles, identities, denies);
  }
  return { ...direct, principals };
}

const countOf = (principals: readonly Access[]): number => principals.filter((one) => mayChange(one.rights)).length;

/** The identities that can change an image of the registry. */
export const identitiesThatChange = (
  principals: readonly Access[],
  identities: readonly FederatedIdentity[],
): readonly FederatedIdentity[] =>
  identities.filter(({ principalId }) =>
    principals.some((one) => sameId(one.principalId, principalId) && mayChange(one.rights)),
  );

function withEditors(
  principals: readonly Access[],
  roles: RoleAssignments,
  identities: readonly FederatedIdentity[],
  denies: readonly DenyAssignment[],
): readonly Access[] {
  const changing = identitiesThatChange(principals, identities);
  if (changing.length === 0) return principals;
  const definitions = definitionsOf(roles);
  const editors = new Map(principals.map((one) => [idKey(one.principalId), one]));
  for (const [index, one] of roles.assignments.entries()) {
    const role = definitions.get(one.roleId);
    const denied = (resource: string) =>
      denialOf(denies, one, { plane: 'control', action: writing, resource })?.certainty ?? null;
    const own = changing.filter(
      ({ id, principalId }) => covers(one.scope, id) && !sameId(principalId, one.principalId) && denied(id) !== 'sure',
    );
    if (!role || own.length === 0 || !grantsAction(role.permissions, 'control', writing)) continue;
    const known = editors.get(idKey(one.principalId));
    const at = `roleAssignments/assignments/${index}` as const;
    const sure = one.condition === null && own.some(({ id }) => denied(id) === null);
    const extent = { 'edit-credentials': sure ? 'all' : 'conditional' } as const;
    const here = known?.grants.find((grant) => grant.at === at);
    const grant: Grant = {
      at,
      assignment: one.id,
      scope: one.scope,
      roleId: one.roleId,
      roleName: role.name,
      custom: role.custom,
      condition: one.condition,
      rights: { ...here?.rights, ...extent },
      named: here?.named ?? { LegacyRegistryPermissions: {}, AbacRepositoryPermissions: {} },
      unconditioned: { ...here?.unconditioned, 'edit-credentials': 'all' },
    };
    const grants = [...(known?.grants ?? []).filter((other) => other.at !== at), grant];
    editors.set(idKey(one.principalId), {
      principalId: one.principalId,
      principalType: known?.principalType ?? one.principalType,
      grants,
      rights: widest(grants.map(({ rights }) => rights)),
    });
  }
  return [...editors.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** Who logs in without a secret as an identity that can change the registry. */
export interface Pushers {
  readonly ways: readonly WayIn[];
  readonly unclear: readonly { readonly thing: string; readonly why: Unknown }[];
}

/** Who can change an image of the registry, by any way. `others` are identities that were seen beside these. */
export function pushersOf(
  registry: Registry,
  roles: RoleAssignments,
  federatedCredentials: FederatedCredentials,
  consumers: Evidence<Consumers>,
  others: Pick<Identities, 'appConsumers' | 'tasks'> = {},
): Pushers {
  const { identities, searched } = federatedCredentials;
  const clusters = consumers.state === 'observed' ? consumers.value.clusters : [];
  const access = accessWith(registry, roles, identities);
  const { ways, unclear } = waysIn(access, identities);
  const hidden = unseenHolder('pushes', registry, access, {
    names: principalNames({
      clusters,
      identities,
      registry: { identity: systemOnly(registry.identity) },
      tasks: seenOf(others.tasks, []).map(({ name, identity }) => ({ name, identity: systemOnly(identity) })),
      apps: seenOf(others.appConsumers, { apps: [] }).apps.map(({ kind, name, identity }) => ({
        kind,
        name,
        identity: systemOnly(identity),
      })),
    }),
    searched: searched.map((one) => one.identities),
  });
  return { ways, unclear: hidden ? [...unclear, { thing: 'identity/unseen', why: hidden }] : unclear };
}

const seenOf = <T, E>(evidence: Evidence<T> | undefined, otherwise: E): T | E =>
  evidence?.state === 'observed' ? evidence.value : otherwise;

/** A user-assigned identity is known by its credentials alone: who else carries it says nothing of who logs in as it. */
const systemOnly = (identity: ManagedIdentity | null): ManagedIdentity | null =>
  identity && { type: null, principalId: identity.principalId, userAssigned: [] };

/** The roles of workloads around a registry, by all that was seen of clusters and identities. */
export interface RolesAround {
  readonly access: RegistryAccess;
  readonly held: readonly HeldRole[];
  /** Roles, of workloads or of whom Azure does not say what they are, whose definition could not be read. */
  readonly unreadable: readonly UnreadableRole[];
  /** Why it cannot be told of other roles whose they are, or what they reach. */
  readonly hidden: readonly { readonly thing: string; readonly why: Unknown }[];
}

/** What principals hold at the registry and around it, and which roles could not be read. */
export function rolesAround(
  registry: Registry,
  roles: RoleAssignments,
  consumers: Evidence<Consumers>,
  federated: Evidence<FederatedCredentials>,
): RolesAround {
  const clusters = consumers.state === 'observed' ? consumers.value.clusters : [];
  const identities = federated.state === 'observed' ? federated.value.identities : [];
  const access = accessWith(registry, roles, identities);
  const kubelets = kubeletsOf(clusters);
  return {
    access,
    held: rolesOfWorkloads(access, kubelets, principalNames({ clusters, identities, registry })),
    unreadable: access.unreadable.filter((one) => isWorkload(one, kubelets) || kindOf(one.principalType) === 'untold'),
    hidden: [
      // Any of the service principals may be the nodes of a cluster, which are to pull and no more.
      ...(consumers.state === 'observed'
        ? []
        : access.principals
            .filter((one) => ['workload', 'untold'].includes(kindOf(one.principalType)) && mayChange(one.rights))
            .map(({ principalId }) => ({ thing: `principal/${principalId}`, why: unseen(consumers) }))),
      ...(federated.state === 'observed' ? [] : editorsOf(roles).map((thing) => ({ thing, why: unseen(federated) }))),
    ],
  };
}

/** Who may write credentials of an identity, by a role at the identity itself. */
function editorsOf(roles: RoleAssignments): readonly string[] {
  const definitions = definitionsOf(roles);
  return roles.assignments
    .filter(
      ({ scope, roleId, principalType }) =>
        /\/userAssignedIdentities\/[^/]+$/i.test(scope) &&
        kindOf(principalType) !== 'person' &&
        grantsAction(definitions.get(roleId)?.permissions ?? [], 'control', writing),
    )
    .map(({ principalId }) => `principal/${principalId}`);
}
