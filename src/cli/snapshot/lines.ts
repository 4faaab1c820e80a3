import type { Evidence } from '../../model/evidence.ts';
import type { Cluster, Consumers } from '../../model/facets/consumers.ts';
import type { FederatedCredentials, FederatedIdentity } from '../../model/facets/federated-credentials.ts';
import type { NetworkEvidence } from '../../model/facets/networks.ts';
import type { PrivateDns, ZoneEvidence } from '../../model/facets/private-dns.ts';
import type { RoleAssignments, RoleDefinition } from '../../model/facets/role-assignments.ts';
import type { SharedFacet, SharedFacets, SubscriptionFacets } from '../../model/facets.ts';
import type { EvidenceOf, Opening, RegistryEntry, SubscriptionEntry } from '../../model/snapshot.ts';

/** What facets of several registries hold in common: each a line of its own, to which the facets refer by its key. */
export interface SharedThings {
  role: RoleDefinition;
  zone: ZoneEvidence;
  cluster: Cluster;
  network: NetworkEvidence;
  identity: FederatedIdentity;
}

/** The key of a shared thing among those of its kind. */
export type Key = string;

/** The facets as a file holds them: keys in place of shared things. */
interface StoredSubscriptionFacets extends Omit<SubscriptionFacets, 'roleAssignments'> {
  roleAssignments: StoredRoles;
}
interface StoredRoles extends Omit<RoleAssignments, 'definitions'> {
  readonly definitions: Evidence<readonly Key[]>;
}
interface StoredSharedFacets
  extends Omit<SharedFacets, 'privateDns' | 'consumers' | 'networks' | 'federatedCredentials'> {
  privateDns: StoredDns;
  consumers: StoredConsumers;
  networks: readonly Key[];
  federatedCredentials: StoredFederation;
}
interface StoredDns extends Omit<PrivateDns, 'zones'> {
  readonly zones: readonly Key[];
}
interface StoredConsumers extends Omit<Consumers, 'clusters'> {
  readonly clusters: readonly Key[];
}
interface StoredFederation extends Omit<FederatedCredentials, 'identities'> {
  readonly identities: readonly Key[];
}

/** One line of a snapshot file. A file without its `end` is an interrupted collection. */
export type SnapshotLine =
  | HeaderLine
  | SubscriptionLine
  | RegistryLine
  | { [K in keyof SharedThings]: ThingLine<K> }[keyof SharedThings]
  | { [F in SharedFacet]: SharedLine<F> }[SharedFacet]
  | EndLine;

export type HeaderLine = { readonly kind: 'header' } & Opening;

export interface SubscriptionLine extends Omit<SubscriptionEntry, 'facets'> {
  readonly kind: 'subscription';
  readonly facets: EvidenceOf<StoredSubscriptionFacets>;
}

export interface RegistryLine extends RegistryEntry {
  readonly kind: 'registry';
}

export interface ThingLine<K extends keyof SharedThings> {
  readonly kind: K;
  readonly key: Key;
  readonly value: SharedThings[K];
}

export interface SharedLine<F extends SharedFacet> {
  readonly kind: 'shared';
  readonly facet: F;
  readonly evidence: Evidence<StoredSharedFacets[F]>;
}

/** How many lines of each kind stand above. */
export interface EndLine {
  readonly kind: 'end';
  readonly subscriptions: number;
  readonly registries: number;
  readonly things: number;
}
