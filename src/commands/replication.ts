import { type Region, sameRegion } from '../facts/posture/serving.ts';
import { shellWord } from '../model/shell.ts';
import type { AzStep, KnownFacts, Refusal, Step } from '../model/step.ts';
import { manual } from './az.ts';

/** Puts a replica back into global routing; as a resource, because azure-cli 2.87 took the old flag of `az acr` away. */
export const acrReplicaServes = (name: string): AzStep => ({
  az: `az resource update --ids <registry-id>/replications/${shellWord(name)} --set properties.regionEndpointEnabled=true`,
  effect: (facts) => ({
    ...facts,
    ...(facts.replications && {
      replications: facts.replications.map((replica) =>
        replica.name === name ? { ...replica, regionEndpointEnabled: true } : replica,
      ),
    }),
  }),
});

/** `az acr replication create`; ARM refuses it below Premium and on a registry with soft delete. */
export const acrReplicaCreate = (location: string): AzStep => ({
  az: `az acr replication create --registry <registry> --resource-group <group> --subscription <subscription> --location ${location}`,
  effect: (facts): KnownFacts | Refusal => {
    const { registry, replications } = facts;
    if (registry && registry.sku !== 'Premium') return { refused: 'geo-replication needs Premium' };
    if (registry?.policies.softDelete?.status === 'enabled')
      return { refused: 'a registry with soft delete cannot be geo-replicated' };
    if (!registry || !replications || replications.some((replica) => sameRegion(replica.location, location)))
      return facts;
    const replica = {
      id: `${registry.id}/replications/${location}`,
      name: location,
      location,
      provisioningState: 'Succeeded' as const,
      displayStatus: null,
      regionEndpointEnabled: true,
      zoneRedundancy: null,
    };
    return { ...facts, replications: [...replications, replica] };
  },
});

/** What makes a region serve: a replica, or the one that is there brought back. */
export function serveFrom(location: string, region: Region | undefined): Step {
  if (!region?.replica) return acrReplicaCreate(location);
  return region.replica.regionEndpointEnabled === false
    ? acrReplicaServes(region.replica.name)
    : manual(`Mend the replica in ${location}: it ${region.reason}.`);
}
