import type { Evidence } from '../../model/evidence.ts';
import type { Cluster, ClusterDefender, ClusterGating } from '../../model/facets/consumers.ts';
import type { DenyAssignment } from '../../model/facets/deny-assignments.ts';
import type { Registry } from '../../model/facets/registry.ts';
import type { RoleAssignments } from '../../model/facets/role-assignments.ts';
import { sameId } from '../../model/ids.ts';
import { type Observation, untold } from '../../model/outcome.ts';
import type { Pointer } from '../../model/pointer.ts';
import { accessTo } from './access.ts';
import type { ConsumingCluster } from './consumption.ts';
import { type Pull, pullBy } from './pull.ts';

/** Gated deployment speaks in answers of this api-version and newer ones. */
const firstThatTells = '2025-10-01';

/** Kubernetes below cannot be gated (MicrosoftDocs enablement-guide-runtime-gated.md). */
const oldest = [1, 31] as const;

/** Whether Defender's gate stands in a cluster that runs Defender. */
export type Gate =
  | { readonly state: 'untold'; readonly reason: string }
  | { readonly state: 'off' | 'on'; readonly seen: Observation };

/** `null` where the cluster runs without Defender: then there is nothing to gate with. */
export function gateOf({ cluster: { name, defender }, at }: ConsumingCluster): Gate | null {
  if (defender === null || (defender.gating === null && defender.sensor === false)) return null;
  const { gating } = defender;
  if (gating === null) return unspoken(name, defender, at);
  if (gating.enabled === null) return { state: 'untold', reason: `Azure does not tell whether ${name} is gated` };
  const enabled = `${at}/defender/gating/enabled` as const;
  return { state: gating.enabled ? 'on' : 'off', seen: { at: enabled, saw: gating.enabled, wanted: true } };
}

const unspoken = (name: string, { apiVersion }: ClusterDefender, at: Pointer): Gate =>
  apiVersion < firstThatTells
    ? { state: 'untold', reason: `api-version ${apiVersion}, which answered for ${name}, does not tell of gating` }
    : {
        state: 'off',
        seen: {
          at: `${at}/defender/apiVersion`,
          saw: apiVersion,
          wanted: 'gating, which this version tells where it was ever switched on',
        },
      };

/** Whether a cluster's Kubernetes can be gated; `null` where its version is not told. */
export function canBeGated({ kubernetesVersion }: Cluster): boolean | null {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(kubernetesVersion ?? '') ?? [];
  if (major === undefined || minor === undefined) return null;
  return Number(major) > oldest[0] || (Number(major) === oldest[0] && Number(minor) >= oldest[1]);
}

/** Whether each identity that the gate pulls findings as may pull from the registry; those for others are left out. */
export function gatePulls(
  { cluster: { name, defender }, at }: ConsumingCluster,
  registry: Registry,
  roles: RoleAssignments,
  denies: Evidence<readonly DenyAssignment[]>,
  now: string,
): readonly Pull[] {
  const access = accessTo(registry, roles);
  return (defender?.gating?.identities ?? []).flatMap((identity, index) =>
    isFor(identity, registry)
      ? [
          pullBy(
            registry,
            identity.principalId === null
              ? untold(`Azure does not tell an identity that the gate of ${name} pulls with`)
              : {
                  who: `the gate of ${name}`,
                  principalId: identity.principalId,
                  at: `${at}/defender/gating/identities/${index}/principalId`,
                },
            access,
            denies,
            now,
          ),
        ]
      : [],
  );
}

/** One that names no registry is for all of them. Azure does not document whether it is named by id, name or host. */
const isFor = (
  { registry: named }: ClusterGating['identities'][number],
  { id, name, loginServer }: Registry,
): boolean => named === null || named === '' || [id, name, loginServer ?? ''].some((one) => sameId(one, named));
