import type { Grant, RegistryAccess, UnreadableRole } from './access.ts';
import type { Cluster } from './facets/consumers.ts';
import { sameId } from './ids.ts';
import { namesRepositories } from './repository-conditions.ts';

/** Whether a cluster's nodes may pull, and why we think so. */
export type ClusterPull =
  | { readonly can: true; readonly grant: Grant; readonly principalId: string }
  | { readonly can: false; readonly principalId: string }
  | { readonly can: null; readonly reason: string; readonly unreadable: readonly UnreadableRole[] };

/** Who is in a group is not Azure Resource Manager's to tell, so that a group that pulls leaves the answer open. */
export function clusterPull({ name, kubelet }: Cluster, access: RegistryAccess): ClusterPull {
  const principalId = kubelet?.objectId;
  if (!principalId)
    return unsure(`cluster ${name} has no kubelet identity; of a service principal, Azure does not tell the object id`);
  const pulling = (access.principals.find((one) => sameId(one.principalId, principalId))?.grants ?? []).filter(
    ({ rights }) => rights.pull !== undefined,
  );
  const whole = pulling.find(({ rights }) => rights.pull === 'all');
  const grant = whole ?? (access.mode === 'AbacRepositoryPermissions' ? pulling.find(namesRepositories) : undefined);
  if (grant) return { can: true, grant, principalId };
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
