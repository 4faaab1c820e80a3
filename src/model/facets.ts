import type { ActivityLog } from './facets/activity-log.ts';
import type { AgentPool } from './facets/agent-pools.ts';
import type { AppConsumers } from './facets/app-consumers.ts';
import type { CacheRule } from './facets/cache-rules.ts';
import type { ClusterPlans } from './facets/cluster-plans.ts';
import type { ConnectedRegistry } from './facets/connected-registries.ts';
import type { Consumers } from './facets/consumers.ts';
import type { CredentialSet } from './facets/credential-sets.ts';
import type { DefenderPlan } from './facets/defender-plans.ts';
import type { DenyAssignment } from './facets/deny-assignments.ts';
import type { DiagnosticSetting } from './facets/diagnostic-settings.ts';
import type { EligibleRoles } from './facets/eligible-roles.ts';
import type { ExportPipeline } from './facets/export-pipelines.ts';
import type { FederatedCredentials } from './facets/federated-credentials.ts';
import type { ImageFinding } from './facets/image-findings.ts';
import type { ImportPipeline } from './facets/import-pipelines.ts';
import type { KeyVaults } from './facets/key-vaults.ts';
import type { Lock } from './facets/locks.ts';
import type { NetworkEvidence } from './facets/networks.ts';
import type { PolicyAssignment } from './facets/policies.ts';
import type { PrivateDns } from './facets/private-dns.ts';
import type { EndpointConnection } from './facets/private-endpoints.ts';
import type { RegistrySeen } from './facets/registries-seen.ts';
import type { Registry } from './facets/registry.ts';
import type { Replication } from './facets/replications.ts';
import type { Resolution } from './facets/resolution.ts';
import type { RoleAssignments } from './facets/role-assignments.ts';
import type { RunningImages } from './facets/running-images.ts';
import type { ScopeMap } from './facets/scope-maps.ts';
import type { Signatures } from './facets/signatures.ts';
import type { StorageAccounts } from './facets/storage-accounts.ts';
import type { SubscriptionEndpoint } from './facets/subscription-endpoints.ts';
import type { TagInventory } from './facets/tag-inventory.ts';
import type { TaskRuns } from './facets/task-runs.ts';
import type { Task } from './facets/tasks.ts';
import type { Token } from './facets/tokens.ts';
import type { UnservedNames } from './facets/unserved-names.ts';
import type { Usage } from './facets/usages.ts';
import type { Webhook } from './facets/webhooks.ts';

/** Facts about one registry. */
export interface RegistryFacets {
  registry: Registry;
  replications: readonly Replication[];
  privateEndpoints: readonly EndpointConnection[];
  cacheRules: readonly CacheRule[];
  credentialSets: readonly CredentialSet[];
  connectedRegistries: readonly ConnectedRegistry[];
  tokens: readonly Token[];
  scopeMaps: readonly ScopeMap[];
  tasks: readonly Task[];
  agentPools: readonly AgentPool[];
  exportPipelines: readonly ExportPipeline[];
  importPipelines: readonly ImportPipeline[];
  resolution: Resolution;
  taskRuns: TaskRuns;
  usages: readonly Usage[];
  webhooks: readonly Webhook[];
  diagnosticSettings: readonly DiagnosticSetting[];
  signatures: Signatures;
  tagInventory: TagInventory;
  eligibleRoles: EligibleRoles;
}

/** Facts about a whole subscription: asked once, visible to the checks of every registry in it. */
export interface SubscriptionFacets {
  defenderPlans: readonly DefenderPlan[];
  roleAssignments: RoleAssignments;
  denyAssignments: readonly DenyAssignment[];
  imageFindings: readonly ImageFinding[];
  locks: readonly Lock[];
  activityLog: ActivityLog;
  subscriptionEndpoints: readonly SubscriptionEndpoint[];
  policies: readonly PolicyAssignment[];
}

/** Facts that registries of many subscriptions share: asked once for the whole scan. */
export interface SharedFacets {
  privateDns: PrivateDns;
  networks: readonly NetworkEvidence[];
  consumers: Consumers;
  clusterPlans: readonly ClusterPlans[];
  runningImages: readonly RunningImages[];
  appConsumers: AppConsumers;
  registriesSeen: readonly RegistrySeen[];
  unservedNames: UnservedNames;
  federatedCredentials: FederatedCredentials;
  keyVaults: KeyVaults;
  storageAccounts: StorageAccounts;
}

/** Every facet, by its name. */
export interface Facets extends RegistryFacets, SubscriptionFacets, SharedFacets {}
/** The name of a facet: one thing that a check may ask. */
export type Facet = keyof Facets;
export type RegistryFacet = keyof RegistryFacets;
export type SubscriptionFacet = keyof SubscriptionFacets;
export type SharedFacet = keyof SharedFacets;

/** A switch without which some facets are never asked. */
export type OptIn = '--data-plane' | '--probe' | '--workspace';

interface FacetTraits {
  readonly scope: 'registry' | 'subscription' | 'shared';
  /** A check that needs the facet is not applicable without it, not unknown. */
  readonly optIn?: OptIn;
  /** Of every subscription; other facets say something of registries alone, and are asked where there are some. */
  readonly everywhere?: true;
  /** No check asks for the facet: only this command does. */
  readonly onlyFor?: 'explain access' | 'plan';
}

/** Where each facet is stored in a snapshot. The order is the order of the documentation. */
export const facets: { readonly [F in Facet]: FacetTraits } = {
  registry: { scope: 'registry' },
  replications: { scope: 'registry' },
  privateEndpoints: { scope: 'registry' },
  cacheRules: { scope: 'registry' },
  credentialSets: { scope: 'registry' },
  connectedRegistries: { scope: 'registry' },
  tokens: { scope: 'registry' },
  scopeMaps: { scope: 'registry' },
  tasks: { scope: 'registry' },
  agentPools: { scope: 'registry' },
  exportPipelines: { scope: 'registry' },
  importPipelines: { scope: 'registry' },
  resolution: { scope: 'registry', optIn: '--probe' },
  taskRuns: { scope: 'registry' },
  usages: { scope: 'registry' },
  webhooks: { scope: 'registry' },
  diagnosticSettings: { scope: 'registry' },
  signatures: { scope: 'registry', optIn: '--data-plane' },
  tagInventory: { scope: 'registry', optIn: '--data-plane' },
  eligibleRoles: { scope: 'registry', onlyFor: 'explain access' },
  defenderPlans: { scope: 'subscription' },
  roleAssignments: { scope: 'subscription' },
  denyAssignments: { scope: 'subscription' },
  imageFindings: { scope: 'subscription' },
  locks: { scope: 'subscription' },
  activityLog: { scope: 'subscription' },
  subscriptionEndpoints: { scope: 'subscription', everywhere: true },
  policies: { scope: 'subscription', everywhere: true, onlyFor: 'plan' },
  privateDns: { scope: 'shared' },
  networks: { scope: 'shared' },
  consumers: { scope: 'shared' },
  clusterPlans: { scope: 'shared' },
  runningImages: { scope: 'shared' },
  appConsumers: { scope: 'shared', everywhere: true },
  registriesSeen: { scope: 'shared', everywhere: true },
  unservedNames: { scope: 'shared', optIn: '--probe' },
  federatedCredentials: { scope: 'shared' },
  keyVaults: { scope: 'shared' },
  storageAccounts: { scope: 'shared' },
};
