import type { Access, Grant, RegistryAccess, Right, UnreadableRole } from './access.ts';
import { admittingTests, readCondition } from './condition.ts';
import type { Cluster } from './facets/consumers.ts';
import { idKey, sameId } from './ids.ts';
import { roleIds } from './roles.ts';

/** Where a role was assigned, in words. */
export function scopeWords(scope: string): string {
  const [, kind, name, , group, ...below] = scope.replace(/\/+$/, '').split('/');
  if (kind === undefined) return 'the root of the tenant';
  if (idKey(kind) !== 'subscriptions') return `management group ${scope.slice(scope.lastIndexOf('/') + 1)}`;
  if (group === undefined) return `subscription ${name}`;
  return below.length === 0 ? `resource group ${group}` : 'the registry';
}

/** `Contributor at management group root`. */
export const grantWords = ({ roleName, scope }: Grant): string => `${roleName} at ${scopeWords(scope)}`;

/** The evidence of a grant: which role, to whom. */
export const seenGrant = (grant: Grant, principalId: string) =>
  ({ at: `${grant.at}/roleId`, saw: grant.roleId, about: `${principalId}: ${grantWords(grant)}` }) as const;

/** Managed identities are service principals too; a kubelet identity is one whatever the answer says. */
export function isWorkload(
  { principalId, principalType }: Pick<Access, 'principalId' | 'principalType'>,
  kubelets: ReadonlySet<string>,
): boolean {
  return principalType === 'ServicePrincipal' || kubelets.has(idKey(principalId));
}

/** Object ids, in lower case, by which the nodes of clusters pull. */
export const kubeletsOf = (clusters: readonly Cluster[]): ReadonlySet<string> =>
  new Set(clusters.flatMap(({ kubelet }) => (kubelet?.objectId ? [idKey(kubelet.objectId)] : [])));

/** The narrowest built-in role for pulling, pushing or deleting in a permission mode; `null` where the mode is unknown. */
export function roleFor(right: 'pull' | 'push' | 'delete', mode: RegistryAccess['mode']): string | null {
  switch (mode) {
    case 'LegacyRegistryPermissions':
      return { pull: roleIds.acrPull, push: roleIds.acrPush, delete: roleIds.acrDelete }[right];
    case 'AbacRepositoryPermissions':
      return {
        pull: roleIds.repositoryReader,
        push: roleIds.repositoryWriter,
        delete: roleIds.repositoryContributor,
      }[right];
    default:
      return null;
  }
}

/** The right each role of the registry is assigned for. Which of them counts depends on the permission mode. */
export const promised: Readonly<Record<string, Right>> = {
  [roleIds.acrPull]: 'pull',
  [roleIds.acrPush]: 'push',
  [roleIds.acrDelete]: 'delete',
  [roleIds.repositoryReader]: 'pull',
  [roleIds.repositoryWriter]: 'push',
  [roleIds.repositoryContributor]: 'delete',
};

/** Roles made for other things, that pull from registries only because they name everything. */
export const generalRoles: ReadonlySet<string> = new Set([
  roleIds.owner,
  roleIds.contributor,
  roleIds.reader,
  roleIds.userAccessAdministrator,
  roleIds.rbacAdministrator,
]);

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

/** Whether the grant's condition, as far as we can read it, lets some repositories in by name. */
function namesRepositories({ condition }: Grant): boolean {
  const formula = condition === null ? null : readCondition(condition);
  return formula !== null && repositoryTests(formula).length > 0;
}

const repositoryTests = (formula: NonNullable<ReturnType<typeof readCondition>>) =>
  admittingTests(formula).filter(({ attribute }) => /registries\/repositories:name\]$/i.test(attribute));

/** Whether a condition speaks of repositories at all. */
export const aboutRepositories = (condition: string): boolean => /registries\/repositories:name\b/i.test(condition);

/**
 * The prefixes in a condition that also match names nobody meant: `team` lets `team-b/app` in. `null` for a condition
 * we cannot read. Source: MicrosoftDocs container-registry-rbac-abac-repository-permissions.md.
 */
export function loosePrefixes(condition: string): readonly string[] | null {
  const formula = readCondition(condition);
  if (!formula) return null;
  return repositoryTests(formula).flatMap(({ operator, values }) => {
    if (/StringStartsWith(IgnoreCase)?$/i.test(operator)) return values.filter((value) => !value.endsWith('/'));
    if (/StringLike(IgnoreCase)?$/i.test(operator)) return values.filter((value) => /(^|[^/])\*$/.test(value));
    return [];
  });
}
