import * as v from 'valibot';
import type { Cluster, ClusterDefender } from '../model/facets/consumers.ts';
import { byId, distinctIds, subscriptionOf } from '../model/ids.ts';
import type { SharedCollector } from './collector.ts';
import { withFallback } from './fallback.ts';
import { identityWire, managedIdentity } from './managed-identity.ts';
import { flag, listOf, listOrNone, maybe, read, text, told } from './read.ts';
import { leftOut, notLookedIn } from './scope.ts';

/** The first stable version that tells of gated deployment, and one whose answers our fixtures were checked against. */
const apiVersions = ['2025-10-01', '2024-09-01'] as const;

export const consumers: SharedCollector<'consumers'> = {
  facet: 'consumers',
  scope: 'shared',
  permissions: ['Microsoft.ContainerService/managedClusters/read'],
  from: [],
  async collect(azure, { subscriptions, declared }, { observe }) {
    const listed = declared.flatMap(({ clusters }) => clusters.map(subscriptionOf));
    const places = distinctIds([...listed, ...subscriptions.map(({ id }) => id)]);
    const found = await Promise.all(
      places.map(async (subscription) => ({
        subscription,
        clusters: await observe({
          permissions: consumers.permissions,
          scope: subscription,
          ask: (azure, each) =>
            withFallback(apiVersions, async (apiVersion) =>
              each(
                await azure.list(`${subscription}/providers/Microsoft.ContainerService/managedClusters`, apiVersion),
                (body) => parseCluster(body, apiVersion),
              ),
            ),
        }),
      })),
    );
    return {
      clusters: found.flatMap(({ clusters }) => (clusters.state === 'observed' ? clusters.value : [])).sort(byId),
      searched: [
        ...found.map(({ subscription, clusters }) => ({
          subscription,
          clusters:
            clusters.state === 'observed' ? { ...clusters, value: clusters.value.map(({ id }) => id) } : clusters,
        })),
        ...(await leftOut(azure, places)).map((subscription) => ({
          subscription,
          clusters: notLookedIn(subscription),
        })),
      ],
      declared,
    };
  },
};

const clusterWire = v.object({
  id: text,
  name: text,
  location: text,
  identity: maybe(identityWire),
  properties: v.object({
    provisioningState: maybe(text),
    identityProfile: maybe(v.record(v.string(), v.unknown())),
    servicePrincipalProfile: maybe(v.object({ clientId: maybe(text) })),
    agentPoolProfiles: listOf(v.object({ vnetSubnetID: maybe(text), nodeImageVersion: maybe(text) })),
    nodeResourceGroup: maybe(text),
    oidcIssuerProfile: maybe(v.object({ enabled: maybe(flag), issuerURL: maybe(text) })),
    currentKubernetesVersion: told(text),
    kubernetesVersion: told(text),
    // Absent where there is none, so that another type must not be read as absent.
    securityProfile: maybe(
      v.object({
        defender: maybe(
          v.object({
            securityMonitoring: told(v.object({ enabled: told(flag) })),
            securityGating: maybe(
              v.object({
                enabled: told(flag),
                identities: listOrNone(
                  v.object({
                    azureContainerRegistry: told(text),
                    identity: told(v.object({ objectId: told(text) })),
                  }),
                ),
              }),
            ),
          }),
        ),
      }),
    ),
  }),
});

const kubeletWire = v.object({ objectId: maybe(text), resourceId: maybe(text) });

export function parseCluster(body: unknown, apiVersion: string): Cluster {
  const { id, name, location, identity, properties } = read('a cluster', clusterWire, body);
  const kubelet = ofAnyCase(properties.identityProfile, 'kubeletidentity');
  const client = properties.servicePrincipalProfile?.clientId ?? null;
  const subnets = properties.agentPoolProfiles.flatMap(({ vnetSubnetID }) => vnetSubnetID ?? []);
  return {
    id,
    name,
    location,
    provisioningState: properties.provisioningState,
    kubelet: kubelet ? parseKubelet(kubelet) : null,
    controlPlane: principalsOf(identity),
    // A cluster with managed identities answers the word "msi" here.
    servicePrincipal: client === 'msi' ? null : client,
    subnets: distinctIds(subnets),
    nodeImages: properties.agentPoolProfiles.map(({ nodeImageVersion }) => nodeImageVersion),
    nodeResourceGroup: properties.nodeResourceGroup,
    oidcIssuer: properties.oidcIssuerProfile?.issuerURL ?? null,
    kubernetesVersion: properties.currentKubernetesVersion ?? properties.kubernetesVersion,
    defender: defenderOf(properties.securityProfile?.defender ?? null, apiVersion),
  };
}

function defenderOf(
  said: NonNullable<v.InferOutput<typeof clusterWire>['properties']['securityProfile']>['defender'],
  apiVersion: string,
): ClusterDefender | null {
  if (said === null) return null;
  const { securityMonitoring, securityGating } = said;
  return {
    sensor: securityMonitoring?.enabled ?? null,
    gating: securityGating && {
      enabled: securityGating.enabled,
      identities: securityGating.identities.map(({ azureContainerRegistry, identity }) => ({
        registry: azureContainerRegistry,
        principalId: identity?.objectId ?? null,
      })),
    },
    apiVersion,
  };
}

function parseKubelet(body: unknown): NonNullable<Cluster['kubelet']> {
  const { objectId, resourceId } = read('a kubelet identity', kubeletWire, body);
  return { objectId, id: resourceId };
}

function principalsOf(said: v.InferOutput<typeof identityWire> | null): readonly string[] {
  if (said === null) return [];
  const { principalId, userAssigned } = managedIdentity(said);
  return [principalId, ...userAssigned.map((one) => one.principalId)].flatMap((id) => id ?? []);
}

/** AKS spells the keys of its maps in several ways. */
const ofAnyCase = <T>(map: Readonly<Record<string, T>> | null, name: string): T | undefined =>
  Object.entries(map ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
