import { asMember } from '../../model/enums.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Cluster, Consumers } from '../../model/facets/consumers.ts';
import type { DenyAssignment } from '../../model/facets/deny-assignments.ts';
import type { FederatedCredentials } from '../../model/facets/federated-credentials.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { RoleAssignments } from '../../model/facets/role-assignments.ts';
import { sameId } from '../../model/ids.ts';
import { cannotSee, type Observation, type Unknown, untold } from '../../model/outcome.ts';
import { accessTo, type Grant, type RegistryAccess } from './access.ts';
import { type Consumption, consumersOf } from './consumption.ts';
import { pullDenial } from './denials.ts';
import { grantWords } from './grants.ts';
import { kindOf, principalNames, principalWords } from './principals.ts';
import { pullUnder } from './repository-conditions.ts';
import { nobodySeen } from './unseen-holders.ts';

/** Whether a cluster's nodes may pull, and why we think so. */
type Pull =
  | { readonly can: true; readonly seen: Observation; readonly note?: string }
  | {
      readonly can: false;
      readonly seen: Observation;
      readonly principalId: string;
      readonly spoiled: SpoiledGrant | null;
      /** The deny assignment that takes the pull away, in words; `null` where the roles do not give it. */
      readonly denial: string | null;
    }
  | { readonly can: null; readonly why: Unknown };

/** A role that would let the nodes pull, but for its condition. */
export interface SpoiledGrant {
  readonly grant: Grant;
  readonly reason: string;
}

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
  identities: Evidence<FederatedCredentials>,
  denies: Evidence<readonly DenyAssignment[]>,
  now: string,
): ClusterPulls {
  const access = accessTo(registry, roles);
  const { clusters, ...consumption } = consumersOf(registry, consumers, roles, identities);
  const names = principalNames({
    clusters: consumers.clusters,
    identities: identities.state === 'observed' ? identities.value.identities : [],
  });
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
        ...byAudience(registry, cluster, byDenials(registry, cluster, denies, pullOf(cluster, at, access, now))),
      })),
      ...onServicePrincipal.map(({ name }) => ({ name, can: null, why: hiddenPrincipal(name, nobody) })),
    ],
  };
}

/** Who is in a group is not Azure Resource Manager's to tell, so that a group that pulls leaves the answer open. */
function pullOf({ name, kubelet, servicePrincipal }: Cluster, at: string, access: RegistryAccess, now: string): Pull {
  const principalId = kubelet?.objectId;
  if (!principalId)
    return servicePrincipal === null
      ? unsure(`Azure does not tell the kubelet identity of cluster ${name}`)
      : { can: null, why: hiddenPrincipal(name) };
  const grants = access.principals.find((one) => sameId(one.principalId, principalId))?.grants ?? [];
  const whole = grants.find(({ rights }) => rights.pull === 'all');
  if (whole) return { can: true, seen: seenPull(name, whole) };
  const limited = grants.filter(({ unconditioned }) => unconditioned.pull !== undefined);
  if (limited.length > 0 && access.mode !== 'AbacRepositoryPermissions')
    return unsure(`whether cluster ${name} may pull depends on the permission mode or a condition we cannot read`);
  const under = limited.map((grant) => ({ grant, ...pullUnder(grant, now) }));
  const some = under.find(({ admits }) => admits === 'some');
  if (some) return { can: true, seen: seenPull(name, some.grant) };
  const open = under.find((one) => one.admits === 'untold');
  if (open?.admits === 'untold')
    return unsure(`whether cluster ${name} may pull by ${grantWords(open.grant)}: ${open.reason}`);
  const [spoiled = null] = under.flatMap((one) =>
    one.admits === 'none' ? [{ grant: one.grant, reason: one.reason }] : [],
  );
  const unreadable = access.unreadable.filter(
    (one) => sameId(one.principalId, principalId) || mayBeGroup(one.principalType),
  );
  if (unreadable.length > 0)
    return {
      can: null,
      why: cannotSee(
        `the role that may let cluster ${name} pull could not be read`,
        unreadable.map(({ unseen }) => unseen),
      ),
    };
  const group = access.principals.find(({ rights, principalType }) => rights.pull && mayBeGroup(principalType));
  if (group)
    return unsure(
      `cluster ${name} may pull if it is in group ${group.principalId}, which Azure Resource Manager does not tell`,
    );
  return {
    can: false,
    principalId,
    spoiled,
    denial: null,
    seen: {
      at: `${at}/kubelet/objectId` as Observation['at'],
      saw: principalId,
      wanted: 'a role that pulls',
      about: `cluster ${name}`,
    },
  };
}

/**
 * What deny assignments make of it: they win over every role. A cluster that has no role cannot pull, whatever they say.
 */
function byDenials(
  registry: Registry,
  { name, kubelet }: Cluster,
  denies: Evidence<readonly DenyAssignment[]>,
  pull: Pull,
): Pull {
  if (pull.can === false || !kubelet?.objectId) return pull;
  const principalId = kubelet.objectId;
  const its = pullDenial(
    registry,
    { principalId, principalType: asMember('principalType', 'ServicePrincipal') },
    denies,
  );
  switch (its.denied) {
    case 'no':
      return pull;
    case 'yes':
      return {
        can: false,
        principalId,
        spoiled: null,
        denial: its.words,
        seen: { ...its.seen, about: `cluster ${name}: ${its.words}` },
      };
    default:
      return pull.can ? { can: null, why: its.why } : pull;
  }
}

const seenPull = (name: string, grant: Grant): Observation => ({
  at: `${grant.at}/roleId`,
  saw: grant.roleId,
  about: `cluster ${name}: ${grantWords(grant)}`,
});

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

const unsure = (reason: string): Pull => ({ can: null, why: untold(reason) });

const mayBeGroup = (principalType: RegistryAccess['principals'][number]['principalType']): boolean =>
  ['group', 'untold'].includes(kindOf(principalType));
