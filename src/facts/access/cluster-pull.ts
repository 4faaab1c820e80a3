import type { Evidence } from '../../model/evidence.ts';
import type { Cluster, Consumers } from '../../model/facets/consumers.ts';
import type { DenyAssignment } from '../../model/facets/deny-assignments.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { RoleAssignments } from '../../model/facets/role-assignments.ts';
import { sameId } from '../../model/ids.ts';
import { type Unknown, untold } from '../../model/outcome.ts';
import type { Pointer } from '../../model/pointer.ts';
import { accessTo, type RegistryAccess } from './access.ts';
import { type Consumption, consumersOf } from './consumption.ts';
import { type Identities, identitiesSeen, principalWords } from './principals.ts';
import { type Pull, type Puller, pullBy, unsure } from './pull.ts';
import { nobodySeen } from './unseen-holders.ts';

export type ClusterPull = Pull & { readonly name: string };

/** The clusters that are known to pull from a registry, and what their roles let them do. */
export interface ClusterPulls extends Pick<Consumption, 'able' | 'leaving' | 'unfound' | 'unseen'> {
  readonly mode: RegistryAccess['mode'];
  readonly clusters: readonly ClusterPull[];
  /** In words: who may pull here and is none of the identities seen. */
  readonly nobody: readonly string[];
}

/** Whether each known cluster that uses the registry may pull from it. */
export function clusterPulls(
  registry: Registry,
  roles: RoleAssignments,
  consumers: Consumers,
  identities: Identities,
  denies: Evidence<readonly DenyAssignment[]>,
  now: string,
): ClusterPulls {
  const access = accessTo(registry, roles);
  const { clusters, ...consumption } = consumersOf(registry, consumers, roles, identities);
  const names = identitiesSeen(registry, consumers.clusters, identities);
  const nobody = nobodySeen('pulls', registry, access, names).map((who) => principalWords(who));
  // One of those that nobody has seen may be the cluster's: Azure tells the client id of its service principal only.
  const onServicePrincipal =
    nobody.length === 0
      ? []
      : consumers.clusters.filter(
          ({ servicePrincipal, id }) =>
            servicePrincipal !== null && !clusters.some((one) => sameId(one.cluster.id, id)),
        );
  return {
    ...consumption,
    mode: access.mode,
    nobody,
    clusters: [
      ...clusters.map(({ cluster, at }) => ({
        name: cluster.name,
        ...byAudience(registry, cluster, pullBy(registry, nodesOf(cluster, at), access, denies, now)),
      })),
      ...onServicePrincipal.map(({ name }) => ({ name, can: null, why: hiddenPrincipal(name, nobody) })),
    ],
  };
}

/** The nodes of a cluster, as somebody who pulls; or why Azure does not tell who they are. */
function nodesOf({ name, kubelet, servicePrincipal }: Cluster, at: Pointer): Puller | Unknown {
  if (kubelet?.objectId)
    return { who: `cluster ${name}`, principalId: kubelet.objectId, at: `${at}/kubelet/objectId` as Pointer };
  return servicePrincipal === null
    ? untold(`Azure does not tell the kubelet identity of cluster ${name}`)
    : hiddenPrincipal(name);
}

/**
 * The newest node image that is reported to need tokens for Azure Resource Manager, which a registry can refuse:
 * kubernetes-sigs/cloud-provider-azure#8592, Azure/AKS#4560.
 */
const lastThatNeedsArm = '202409.09.0';

/** What a registry that refuses tokens for Azure Resource Manager changes for a cluster that has the role. */
function byAudience({ policies }: Registry, { name, nodeImages }: Cluster, pull: Pull): Pull {
  if (pull.can !== true || policies.azureAdAuthenticationAsArm?.status !== 'disabled') return pull;
  const dated = nodeImages.map((image) => /-(\d{6}\.\d{2}\.\d+)$/.exec(image ?? '')?.[1]);
  const old = dated.find((date) => date !== undefined && date <= lastThatNeedsArm);
  const policy = 'azureADAuthenticationAsArmPolicy is disabled';
  return old === undefined
    ? { ...pull, note: `${policy}: clusters with older node images are reported not to pull then` }
    : unsure(
        `${policy}, and cluster ${name} runs node image ${old}: nodes that old are reported not to pull then, because they ask with tokens for the audience of Azure Resource Manager`,
      );
}

const hiddenPrincipal = (name: string, nobody: readonly string[] = []): Unknown =>
  untold(
    `cluster ${name} is on a service principal, whose object id Azure does not tell${nobody.length > 0 ? `; ${nobody.join(', ')} may be it` : ''}`,
  );
