import type { Cluster } from '../../model/facets/consumers.ts';
import { idKey } from '../../model/ids.ts';
import {
  type Access,
  type Extent,
  extentOfAny,
  type Grant,
  type RegistryAccess,
  type UnreadableRole,
} from './access.ts';
import { grantWords } from './grants.ts';
import { principalNames, principalWords } from './principals.ts';

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

/** One role of one principal. */
export interface HeldRole {
  readonly who: Access;
  /** Who that is, in words. */
  readonly name: string;
  readonly grant: Grant;
}

/** Who of the registry's principals is a workload, and whose role is wider than a workload's. */
export interface WorkloadRoles {
  readonly held: readonly HeldRole[];
  /** Manages the registry or hands out roles; of a cluster's nodes, pushes or deletes. */
  readonly wide: readonly HeldRole[];
  /** The same under a condition. */
  readonly limited: readonly HeldRole[];
  /** The same, held by principals of which Azure does not say what they are. */
  readonly untold: readonly HeldRole[];
  readonly unreadable: readonly UnreadableRole[];
}

export function workloadRoles({ principals, unreadable }: RegistryAccess, clusters: readonly Cluster[]): WorkloadRoles {
  const kubelets = kubeletsOf(clusters);
  const names = principalNames({ clusters });
  const all = principals.flatMap((who) =>
    who.grants.map((grant): HeldRole => ({ who, name: principalWords(who, names), grant })),
  );
  const held = all.filter(({ who }) => isWorkload(who, kubelets));
  const powerOf = ({ who, grant: { rights } }: HeldRole): Extent | undefined => {
    const beyondPull = kubelets.has(idKey(who.principalId)) ? (['push', 'delete'] as const) : [];
    return extentOfAny(rights, ['manage', 'assign-roles', ...beyondPull]);
  };
  return {
    held,
    wide: held.filter((one) => powerOf(one) === 'all'),
    limited: held.filter((one) => powerOf(one) === 'conditional'),
    untold: all.filter((one) => one.who.principalType === null && !held.includes(one) && powerOf(one) !== undefined),
    unreadable: unreadable.filter((one) => one.principalType === null || isWorkload(one, kubelets)),
  };
}

/** `service principal 6f1c… is Contributor at management group root; …`. */
export const heldWords = (some: readonly HeldRole[]): string =>
  some.map(({ name, grant }) => `${name} is ${grantWords(grant)}`).join('; ');
