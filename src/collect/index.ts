import type { Facet, RegistryFacet, SharedFacet, SubscriptionFacet } from '../model/facets.ts';
import { activityLog } from './activity-log.ts';
import { agentPools } from './agent-pools.ts';
import { appConsumers } from './app-consumers.ts';
import { cacheRules } from './cache-rules.ts';
import { clusterPlans } from './cluster-plans.ts';
import type { RegistryCollector, SharedCollector, SubscriptionCollector } from './collector.ts';
import { connectedRegistries } from './connected-registries.ts';
import { consumers } from './consumers.ts';
import { credentialSets } from './credential-sets.ts';
import { defenderPlans } from './defender-plans.ts';
import { denyAssignments } from './deny-assignments.ts';
import { diagnosticSettings } from './diagnostic-settings.ts';
import { eligibleRoles } from './eligible-roles.ts';
import { exportPipelines } from './export-pipelines.ts';
import { federatedCredentials } from './federated-credentials.ts';
import { imageFindings } from './image-findings.ts';
import { importPipelines } from './import-pipelines.ts';
import { keyVaults } from './key-vaults.ts';
import { locks } from './locks.ts';
import { networks } from './networks.ts';
import { policies } from './policies.ts';
import { privateDns } from './private-dns.ts';
import { privateEndpoints } from './private-endpoints.ts';
import { registriesSeen } from './registries-seen.ts';
import { replications } from './replications.ts';
import { roleAssignments } from './role-assignments.ts';
import { runningImages } from './running-images.ts';
import { scopeMaps } from './scope-maps.ts';
import { signatures } from './signatures.ts';
import { storageAccounts } from './storage-accounts.ts';
import { subscriptionEndpoints } from './subscription-endpoints.ts';
import { tagInventory } from './tag-inventory.ts';
import { taskRuns } from './task-runs.ts';
import { tasks } from './tasks.ts';
import { tokens } from './tokens.ts';
import { unservedNames } from './unserved-names.ts';
import { usages } from './usages.ts';
import { webhooks } from './webhooks.ts';

/**
 * One collector a facet; a facet without one does not compile. `registry` comes from the list of registries itself, and
 * `resolution` from this machine's resolver, not from Azure.
 */
export const registryCollectors: {
  readonly [F in Exclude<RegistryFacet, 'registry' | 'resolution'>]: RegistryCollector<F>;
} = {
  replications,
  privateEndpoints,
  cacheRules,
  tokens,
  scopeMaps,
  connectedRegistries,
  agentPools,
  exportPipelines,
  importPipelines,
  tagInventory,
  tasks,
  taskRuns,
  usages,
  webhooks,
  diagnosticSettings,
  credentialSets,
  signatures,
  eligibleRoles,
};

export const subscriptionCollectors: { readonly [F in SubscriptionFacet]: SubscriptionCollector<F> } = {
  defenderPlans,
  roleAssignments,
  denyAssignments,
  imageFindings,
  locks,
  activityLog,
  subscriptionEndpoints,
  policies,
};

/** In the order of asking: a shared facet may build on the ones before it. */
export const sharedCollectors: { readonly [F in SharedFacet]: SharedCollector<F> } = {
  privateDns,
  consumers,
  clusterPlans,
  runningImages,
  appConsumers,
  registriesSeen,
  unservedNames,
  networks,
  federatedCredentials,
  keyVaults,
  storageAccounts,
};

/** The wanted facets with the ones they are derived from. `registry` is always there. */
export function withPrerequisites(wanted: Iterable<Facet>): ReadonlySet<Facet> {
  const all = new Set<Facet>(['registry', ...wanted]);
  // Which names a registry has follows from its replicas and endpoints.
  if (all.has('resolution')) all.add('replications').add('privateEndpoints');
  // In reverse order of asking, so that what a facet builds on is there before it is asked what it builds on itself.
  for (const { facet, from } of Object.values(sharedCollectors).reverse())
    if (all.has(facet)) for (const needed of from) all.add(needed);
  return all;
}
