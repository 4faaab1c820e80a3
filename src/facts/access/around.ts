import { type Evidence, seenOr } from '../../model/evidence.ts';
import type { AppConsumers } from '../../model/facets/app-consumers.ts';
import type { Consumers } from '../../model/facets/consumers.ts';
import type { FederatedCredentials } from '../../model/facets/federated-credentials.ts';
import type { ManagedIdentity, Registry } from '../../model/facets/registry.ts';
import type { RoleAssignments } from '../../model/facets/role-assignments.ts';
import type { Task } from '../../model/facets/tasks.ts';
import { type Unknown, unseen } from '../../model/outcome.ts';
import type { RegistryAccess, UnreadableRole } from './access.ts';
import { type WayIn, waysIn } from './federation.ts';
import { mayChange } from './held.ts';
import type { TokensSeen } from './new-passwords.ts';
import { accessWith, holdersOverIdentities } from './over-identities.ts';
import { type Identities, kindOf, principalNames } from './principals.ts';
import { unseenHolder } from './unseen-holders.ts';
import { type HeldRole, isWorkload, kubeletsOf, rolesOfWorkloads } from './workloads.ts';

/** Who logs in without a secret as an identity that can change the registry. */
export interface Pushers {
  readonly ways: readonly WayIn[];
  readonly unclear: readonly { readonly thing: string; readonly why: Unknown }[];
}

/** The evidence of who pushes: beside the credentials, every identity that was seen. */
interface PushersGiven extends Pick<Identities, 'appConsumers' | 'tasks'>, TokensSeen {
  readonly registry: Registry;
  readonly roleAssignments: RoleAssignments;
  readonly federatedCredentials: FederatedCredentials;
  readonly consumers: Evidence<Consumers>;
}

/** Who can change an image of the registry, by any way. */
export function pushersOf(given: PushersGiven): Pushers {
  const { registry, federatedCredentials, consumers } = given;
  const { identities, searched } = federatedCredentials;
  const clusters = consumers.state === 'observed' ? consumers.value.clusters : [];
  const access = accessWith(registry, given.roleAssignments, identities, [], given);
  const { ways, unclear } = waysIn(access, identities);
  const hidden = unseenHolder('pushes', registry, access, {
    names: principalNames({
      clusters,
      identities,
      registry: { identity: systemOnly(registry.identity) },
      tasks: seenOr(given.tasks, []).map(({ name, identity }) => ({ name, identity: systemOnly(identity) })),
      apps: seenOr<Pick<AppConsumers, 'apps'>>(given.appConsumers, { apps: [] }).apps.map(
        ({ kind, name, identity }) => ({
          kind,
          name,
          identity: systemOnly(identity),
        }),
      ),
    }),
    searched: searched.map((one) => one.identities),
  });
  return { ways, unclear: hidden ? [...unclear, { thing: 'identity/unseen', why: hidden }] : unclear };
}

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
  /** The registry's tasks, as far as they were seen. */
  readonly tasks: readonly Task[];
}

/** What principals hold at the registry and around it, and which roles could not be read. */
export function rolesAround(
  registry: Registry,
  roles: RoleAssignments,
  consumers: Evidence<Consumers>,
  federated: Evidence<FederatedCredentials>,
  tasks: Evidence<readonly Task[]> | undefined,
  tokens: TokensSeen = {},
): RolesAround {
  const clusters = consumers.state === 'observed' ? consumers.value.clusters : [];
  const identities = federated.state === 'observed' ? federated.value.identities : [];
  const access = accessWith(registry, roles, identities, [], tokens);
  const seenTasks = seenOr(tasks, []);
  const kubelets = kubeletsOf(clusters);
  return {
    access,
    tasks: seenTasks,
    held: rolesOfWorkloads(access, kubelets, principalNames({ clusters, identities, registry, tasks: seenTasks })),
    unreadable: access.unreadable.filter((one) => isWorkload(one, kubelets) || kindOf(one.principalType) === 'untold'),
    hidden: [
      // Any of the service principals may be the nodes of a cluster, which are to pull and no more.
      ...(consumers.state === 'observed'
        ? []
        : access.principals
            .filter((one) => ['workload', 'untold'].includes(kindOf(one.principalType)) && mayChange(one.rights))
            .map(({ principalId }) => ({ thing: `principal/${principalId}`, why: unseen(consumers) }))),
      ...(federated.state === 'observed'
        ? []
        : holdersOverIdentities(roles).map((thing) => ({ thing, why: unseen(federated) }))),
    ],
  };
}
