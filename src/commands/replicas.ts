import { type Region, sameRegion } from '../facts/posture/serving.ts';
import type { ReplicaCommand } from '../model/command.ts';
import type { Replication } from '../model/facets/replications.ts';
import type { KnownFacts, Step } from '../model/step.ts';
import { refusedBelowPremium, refusedReplicaDelete, refusedStaticEndpoint } from './constraints.ts';
import { manual } from './manual.ts';
import { back, nothing, type Traits } from './trait.ts';
import { asking, quoted, word } from './words.ts';

/** Puts a replica back into global routing. */
export const acrReplicaServes = (replica: string): ReplicaCommand => ({
  kind: 'replica.route',
  replica,
  enabled: true,
});

/** `az acr replication create`. */
export const acrReplicaCreate = (location: string): ReplicaCommand => ({ kind: 'replica.create', location });

/** Azure does not delete the replication of the home region: what failed there is done again. */
export const repeatLastChange = manual(
  'Read the error of the last operation in the activity log, mend its cause, and repeat the last change of the registry; if it fails again, open a support request. The replication of the home region cannot be deleted.',
);

/** What makes a region serve: a replica, or the one that is there brought back. */
export function serveFrom(location: string, region: Region | undefined): Step {
  if (!region?.replica) return acrReplicaCreate(location);
  if (region.replica.regionEndpointEnabled === false) return acrReplicaServes(region.replica.name);
  return region.home ? repeatLastChange : manual(`Mend the replica in ${location}: it ${region.reason}.`);
}

const onReplicas = (
  facts: KnownFacts,
  change: (replicas: readonly Replication[]) => readonly Replication[],
): KnownFacts => (facts.replications ? { ...facts, replications: change(facts.replications) } : facts);

const named = (replica: string): string =>
  `--name ${word(replica)} --registry <registry> --resource-group <group> --subscription <subscription>`;

export const replicaTraits: Traits<ReplicaCommand> = {
  'replica.create': {
    az: ({ location }) =>
      `az acr replication create --registry <registry> --resource-group <group> --subscription <subscription> --location ${word(location)}`,
    apply: (facts, { location }) =>
      onReplicas(facts, (replicas) =>
        replicas.some((replica) => sameRegion(replica.location, location))
          ? replicas
          : [
              ...replicas,
              {
                id: `${facts.registry?.id ?? '<registry-id>'}/replications/${location}`,
                name: location,
                location,
                provisioningState: 'Succeeded',
                displayStatus: null,
                regionEndpointEnabled: true,
                zoneRedundancy: null,
              },
            ],
      ),
    refuse: ({ registry, privateEndpoints }) =>
      refusedBelowPremium(registry, 'geo-replication') ?? refusedStaticEndpoint(privateEndpoints ?? []),
    target: ({ location }) => `<registry-id>/replications/${location}`,
    undo: ({ location }, { replications }) =>
      replications?.some((replica) => sameRegion(replica.location, location))
        ? []
        : [{ kind: 'replica.delete', replica: location }],
    verify: ({ location }) => ({
      az: `az acr replication show ${named(location)} ${asking('provisioningState')}`,
      prints: 'Succeeded',
    }),
    ends: nothing,
  },
  'replica.delete': {
    az: ({ replica }) => `az acr replication delete ${named(replica)}`,
    apply: (facts, { replica }) => onReplicas(facts, (replicas) => replicas.filter(({ name }) => name !== replica)),
    refuse: ({ registry, replications }, { replica }) =>
      registry && replications ? refusedReplicaDelete(registry, replications, replica) : null,
    target: ({ replica }) => `<registry-id>/replications/${replica}`,
    deletes: true,
    undo: ({ replica }, { replications }) => {
      const location = replications?.find(({ name }) => name === replica)?.location;
      return location === undefined
        ? { cannot: 'Where the replica was is not known.' }
        : { cannot: `A new replica in ${location} copies everything again, and may be out of routing.` };
    },
    verify: ({ replica }) => ({
      az: `az acr replication list --registry <registry> --resource-group <group> --subscription <subscription> ${asking(`length([?name==${quoted(replica)}])`)}`,
      prints: '0',
    }),
    ends: () => 'way',
  },
  'replica.route': {
    // As a resource, because azure-cli 2.87 took the old flag of `az acr` away.
    az: ({ replica, enabled }) =>
      `az resource update --ids <registry-id>/replications/${word(replica)} --set properties.regionEndpointEnabled=${enabled}`,
    apply: (facts, { replica, enabled }) =>
      onReplicas(facts, (replicas) =>
        replicas.map((one) => (one.name === replica ? { ...one, regionEndpointEnabled: enabled } : one)),
      ),
    target: ({ replica }) => `<registry-id>/replications/${replica}`,
    undo: ({ replica }, { replications }) =>
      back(replications?.find(({ name }) => name === replica)?.regionEndpointEnabled, (enabled) => ({
        kind: 'replica.route',
        replica,
        enabled,
      })),
    verify: ({ replica, enabled }) => ({
      az: `az resource show --ids <registry-id>/replications/${word(replica)} ${asking('properties.regionEndpointEnabled')}`,
      prints: String(enabled),
    }),
    ends: ({ enabled }) => (enabled ? null : 'way'),
  },
};
