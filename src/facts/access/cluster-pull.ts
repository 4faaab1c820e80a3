import type { Missing, Unseen } from '../../model/evidence.ts';
import type { Cluster, Consumers } from '../../model/facets/consumers.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { RoleAssignments } from '../../model/facets/role-assignments.ts';
import { sameId } from '../../model/ids.ts';
import type { Observation } from '../../model/outcome.ts';
import { accessTo, type Grant, type RegistryAccess, type UnreadableRole } from './access.ts';
import { consumersOf } from './consumption.ts';
import { grantWords } from './grants.ts';
import { namesRepositories } from './repository-conditions.ts';

/** Whether a cluster's nodes may pull, and why we think so. */
type ClusterPull =
  | { readonly can: true; readonly grant: Grant }
  | { readonly can: false; readonly principalId: string }
  | { readonly can: null; readonly reason: string; readonly unreadable: readonly UnreadableRole[] };

/** The clusters that are to pull from a registry, by what their roles let them do. */
export interface ClusterPulls {
  readonly mode: RegistryAccess['mode'];
  /** Of each cluster that pulls: the role that lets it. */
  readonly pulling: readonly Observation[];
  readonly barred: readonly { readonly name: string; readonly principalId: string; readonly seen: Observation }[];
  /** Why it can't be told of the others. */
  readonly untold: readonly string[];
  /** What would tell. */
  readonly missing: readonly Missing[];
  /** Why there may be clusters that we do not know of. */
  readonly unseen: readonly Unseen[];
}

export function clusterPulls(registry: Registry, roles: RoleAssignments, consumers: Consumers): ClusterPulls {
  const access = accessTo(registry, roles);
  const { clusters, missing } = consumersOf(registry, consumers, roles);
  const judged = clusters.map(({ cluster, at }) => ({ name: cluster.name, at, its: clusterPull(cluster, access) }));
  const open = judged.flatMap(({ its }) => (its.can === null ? [its] : []));
  return {
    mode: access.mode,
    pulling: judged.flatMap(({ name, its }) =>
      its.can
        ? [
            {
              at: `${its.grant.at}/roleId` as const,
              saw: its.grant.roleId,
              about: `cluster ${name}: ${grantWords(its.grant)}`,
            },
          ]
        : [],
    ),
    barred: judged.flatMap(({ name, at, its }) =>
      its.can === false
        ? [
            {
              name,
              principalId: its.principalId,
              seen: {
                at: `${at}/kubelet/objectId` as const,
                saw: its.principalId,
                wanted: 'a role that pulls',
                about: `cluster ${name}`,
              },
            },
          ]
        : [],
    ),
    untold: [
      ...open.map(({ reason }) => reason),
      ...missing.map((id) => `cluster ${id}, which the configuration lists, was not found`),
    ],
    missing: open.flatMap(({ unreadable }) => unreadable.flatMap(({ unseen }) => unseen.missing)),
    unseen: consumers.searched.flatMap(({ clusters: found }) => (found.state === 'observed' ? [] : [found])),
  };
}

/** Who is in a group is not Azure Resource Manager's to tell, so that a group that pulls leaves the answer open. */
function clusterPull({ name, kubelet }: Cluster, access: RegistryAccess): ClusterPull {
  const principalId = kubelet?.objectId;
  if (!principalId)
    return unsure(`cluster ${name} has no kubelet identity; of a service principal, Azure does not tell the object id`);
  const pulling = (access.principals.find((one) => sameId(one.principalId, principalId))?.grants ?? []).filter(
    ({ rights }) => rights.pull !== undefined,
  );
  const whole = pulling.find(({ rights }) => rights.pull === 'all');
  const grant = whole ?? (access.mode === 'AbacRepositoryPermissions' ? pulling.find(namesRepositories) : undefined);
  if (grant) return { can: true, grant };
  if (pulling.length > 0)
    return unsure(`whether cluster ${name} may pull depends on the permission mode or a condition we cannot read`);
  const unreadable = access.unreadable.filter(
    (one) => sameId(one.principalId, principalId) || mayBeGroup(one.principalType),
  );
  if (unreadable.length > 0) return unsure(`the role that may let cluster ${name} pull could not be read`, unreadable);
  const group = access.principals.find(({ rights, principalType }) => rights.pull && mayBeGroup(principalType));
  return group
    ? unsure(
        `cluster ${name} may pull if it is in group ${group.principalId}, which Azure Resource Manager does not tell`,
      )
    : { can: false, principalId };
}

const unsure = (reason: string, unreadable: readonly UnreadableRole[] = []): ClusterPull => ({
  can: null,
  reason,
  unreadable,
});

const mayBeGroup = (principalType: string | null): boolean => principalType === null || /group$/i.test(principalType);
