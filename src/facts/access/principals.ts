import type { Cluster } from '../../model/facets/consumers.ts';
import type { FederatedIdentity } from '../../model/facets/federated-credentials.ts';
import type { Task } from '../../model/facets/tasks.ts';
import { idKey } from '../../model/ids.ts';

/** What object ids, in lower case, are known as. Azure Resource Manager tells the names of few principals. */
export type PrincipalNames = ReadonlyMap<string, string>;

/** The names that clusters, tasks and identities give away: `kubelet identity of aks`, `task build`, `identity ci`. */
export function principalNames({
  clusters = [],
  tasks = [],
  identities = [],
}: {
  readonly clusters?: readonly Cluster[];
  readonly tasks?: readonly Task[];
  readonly identities?: readonly FederatedIdentity[];
}): PrincipalNames {
  const named: readonly (readonly [principalId: string | null | undefined, name: string])[] = [
    ...tasks.flatMap(({ name, identity }) => [
      [identity?.principalId, `task ${name}`] as const,
      ...(identity?.userAssigned ?? []).map(
        ({ id, principalId }) => [principalId, `identity ${id.slice(id.lastIndexOf('/') + 1)}`] as const,
      ),
    ]),
    ...identities.map(({ principalId, name }) => [principalId, `identity ${name}`] as const),
    ...clusters.map(({ name, kubelet }) => [kubelet?.objectId, `kubelet identity of ${name}`] as const),
  ];
  return new Map(named.flatMap(([id, name]) => (id ? [[idKey(id), name]] : [])));
}

interface Principal {
  readonly principalId: string;
  readonly principalType: string | null;
}

/** `kubelet identity of aks (6f1c…)` of a principal that is known, `group 6f1c…` of any other. */
export function principalWords({ principalId, principalType }: Principal, names: PrincipalNames = new Map()): string {
  const name = names.get(idKey(principalId));
  return name === undefined ? `${kindWords(principalType)} ${principalId}` : `${name} (${principalId})`;
}

function kindWords(principalType: string | null): string {
  if (principalType === 'ServicePrincipal') return 'service principal';
  if (principalType === 'User') return 'user';
  return /group$/i.test(principalType ?? '') ? 'group' : 'principal';
}
