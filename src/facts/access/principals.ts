import type { OpenEnum } from '../../model/enums.ts';
import { type Evidence, seenOr } from '../../model/evidence.ts';
import type { AppConsumer, AppConsumers } from '../../model/facets/app-consumers.ts';
import type { Cluster } from '../../model/facets/consumers.ts';
import type { FederatedCredentials, FederatedIdentity } from '../../model/facets/federated-credentials.ts';
import type { ManagedIdentity, Registry } from '../../model/facets/registry.ts';
import type { Task } from '../../model/facets/tasks.ts';
import type { Facet } from '../../model/facets.ts';
import { idKey, lastPart, sameId } from '../../model/ids.ts';
import { onceFor } from '../../model/once.ts';

/** What object ids, in lower case, are known as. Azure Resource Manager tells the names of few principals. */
export type PrincipalNames = Pick<ReadonlyMap<string, string>, 'get' | 'has'>;

/** Evidence of identities beside those of clusters. What was not seen of it gives none away. */
export interface Identities {
  readonly federatedCredentials?: Evidence<FederatedCredentials>;
  readonly appConsumers?: Evidence<AppConsumers>;
  readonly tasks?: Evidence<readonly Task[]>;
}

/** The facets of `Identities`: where one is asked for, whoever is seen in it is nobody unseen. */
export const identityFacets = ['federatedCredentials', 'appConsumers', 'tasks'] as const satisfies readonly Facet[];

/** The names of every identity that was seen around a registry: whoever is none of them is nobody who was seen. */
export function identitiesSeen(
  registry: Registry,
  clusters: readonly Cluster[],
  { federatedCredentials, appConsumers, tasks }: Identities,
): PrincipalNames {
  return principalNames({
    registry,
    clusters,
    identities: seenOr<Pick<FederatedCredentials, 'identities'>>(federatedCredentials, { identities: [] }).identities,
    apps: seenOr<Pick<AppConsumers, 'apps'>>(appConsumers, { apps: [] }).apps,
    tasks: seenOr(tasks, []),
  });
}

/** The names that clusters, tasks and identities give away: `kubelet identity of aks`, `task build`, `identity ci`. */
export function principalNames({
  clusters = [],
  tasks = [],
  apps = [],
  identities = [],
  registry,
}: {
  readonly clusters?: readonly Cluster[];
  readonly tasks?: readonly Pick<Task, 'name' | 'identity'>[];
  readonly apps?: readonly Pick<AppConsumer, 'kind' | 'name' | 'identity'>[];
  readonly identities?: readonly FederatedIdentity[];
  readonly registry?: Pick<Registry, 'identity'>;
}): PrincipalNames {
  const own = principalsIn(registry?.identity ?? null).map((id) => [id, `the registry's own identity`] as const);
  const ofTasks = tasks.flatMap(({ name, identity }) => ofIdentity(`task ${name}`, identity));
  return firstOf([
    namesOfClusters(clusters),
    namesOfIdentities(identities),
    namesBy(own),
    namesOfApps(apps),
    namesBy(ofTasks),
  ]);
}

/** Several lists of names as one: whoever is in several goes by the first. */
export function firstOf(layers: readonly PrincipalNames[]): PrincipalNames {
  const get = (id: string): string | undefined => layers.find((names) => names.has(id))?.get(id);
  return { get, has: (id) => layers.some((names) => names.has(id)) };
}

type Named = readonly (readonly [principalId: string | null | undefined, name: string])[];

/** Of a principal that is named twice, the last name. */
const namesBy = (named: Named): ReadonlyMap<string, string> =>
  new Map(named.flatMap(([id, name]) => (id ? [[idKey(id), name]] : [])));

/** Under the name of who has it, and each user-assigned identity under its own. */
const ofIdentity = (name: string, identity: ManagedIdentity | null): Named => [
  [identity?.principalId, name],
  ...(identity?.userAssigned ?? []).map(({ id, principalId }) => [principalId, `identity ${lastPart(id)}`] as const),
];

const namesOfApps = onceFor((apps: readonly Pick<AppConsumer, 'kind' | 'name' | 'identity'>[]) =>
  namesBy(apps.flatMap(({ kind, name, identity }) => ofIdentity(`${kind} ${name}`, identity))),
);

const namesOfIdentities = onceFor((identities: readonly FederatedIdentity[]) =>
  namesBy(identities.map(({ principalId, name }) => [principalId, `identity ${name}`])),
);

const namesOfClusters = onceFor((clusters: readonly Cluster[]) =>
  namesBy([
    ...clusters.flatMap(({ name, controlPlane }) =>
      controlPlane.map((id) => [id, `control-plane identity of ${name}`] as const),
    ),
    ...clusters.map(({ name, kubelet }) => [kubelet?.objectId, `kubelet identity of ${name}`] as const),
  ]),
);

/** The object ids of an identity's principals; `null` for one that Azure does not tell. */
export const principalsIn = (identity: ManagedIdentity | null): readonly (string | null)[] =>
  identity === null ? [] : [identity.principalId, ...identity.userAssigned.map(({ principalId }) => principalId)];

/** As whom a task logs in by `[system]` or the client id of a user-assigned identity; `null` where Azure does not tell. */
export function loginPrincipal(identity: ManagedIdentity | null, login: string): string | null {
  if (sameId(login, '[system]')) return identity?.principalId ?? null;
  return (
    identity?.userAssigned.find(({ clientId }) => clientId !== null && sameId(clientId, login))?.principalId ?? null
  );
}

interface Principal {
  readonly principalId: string;
  readonly principalType: OpenEnum<'principalType'> | null;
}

/** `kubelet identity of aks (6f1c…)` of a principal that is known, `group 6f1c…` of any other. */
export function principalWords({ principalId, principalType }: Principal, names: PrincipalNames = new Map()): string {
  const name = names.get(idKey(principalId));
  return name === undefined ? `${kindWords[kindOf(principalType)]} ${principalId}` : `${name} (${principalId})`;
}

/** What a principal is. `untold`: Azure does not say, or says a kind that nobody knows. */
export type PrincipalKind = 'person' | 'group' | 'workload' | 'untold';

/** Managed identities are service principals too. */
export function kindOf(principalType: OpenEnum<'principalType'> | null): PrincipalKind {
  switch (principalType) {
    case 'User':
      return 'person';
    case 'Group':
    case 'ForeignGroup':
      return 'group';
    case 'ServicePrincipal':
      return 'workload';
    default:
      return 'untold';
  }
}

const kindWords: Readonly<Record<PrincipalKind, string>> = {
  person: 'user',
  group: 'group',
  workload: 'service principal',
  untold: 'principal',
};
