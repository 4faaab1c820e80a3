import type { Evidence, Instant } from './evidence.ts';
import type { Cluster, Consumers } from './facets/consumers.ts';
import type { FederatedCredentials, FederatedIdentity } from './facets/federated-credentials.ts';
import type { NetworkEvidence } from './facets/networks.ts';
import type { PrivateDns, ZoneEvidence } from './facets/private-dns.ts';
import type { RoleAssignments, RoleDefinition } from './facets/role-assignments.ts';
import type { Facets, OptIn, RegistryFacets, SharedFacet, SharedFacets, SubscriptionFacets } from './facets.ts';
import { sameId } from './ids.ts';

export const snapshotSchema = 'acr-audit/snapshot@1';

/** Everything that one collection saw, and everything that it could not see. The file between collecting and judging. */
export interface Snapshot {
  readonly schema: typeof snapshotSchema;
  readonly tool: { readonly name: string; readonly version: string };
  /** A later evaluation judges expiry as of this instant, so that it gives the same report. */
  readonly collectedAt: Instant;
  readonly cloud: CloudFacts;
  readonly asked: Asked;
  readonly subscriptions: readonly SubscriptionEntry[];
  readonly registries: readonly RegistryEntry[];
  readonly shared: EvidenceOf<SharedFacets>;
}

/** What the names of a cloud's registries look like. */
export interface CloudFacts {
  readonly name: 'public' | 'usgov' | 'china' | 'custom';
  readonly resourceManager: string;
  /** `azurecr.io`, `azurecr.us` or `azurecr.cn`. */
  readonly registrySuffix: string;
}

/** What the user asked to see; an empty list leaves nothing out. */
export interface Asked {
  /** Names or resource ids. */
  readonly registries: readonly string[];
  readonly groups: readonly string[];
  /** `KEY` or `KEY=VALUE`. */
  readonly tags: readonly string[];
  /** Ids or names. */
  readonly subscriptions: readonly string[];
  readonly managementGroup: string | null;
  readonly optIns: readonly OptIn[];
}

/** Whether the user chose among the registries of the scope: what holds none of them is then not meant either. */
export const isNarrowed = ({ registries, groups, tags }: Pick<Asked, 'registries' | 'groups' | 'tags'>): boolean =>
  registries.length + groups.length + tags.length > 0;

/** A subscription we were asked to look in, and whether we could even list what is there. */
export interface SubscriptionEntry {
  readonly id: string;
  readonly name: string | null;
  readonly registries: Evidence<readonly string[]>;
  readonly facets: EvidenceOf<SubscriptionFacets>;
}

export interface RegistryEntry {
  readonly id: string;
  readonly name: string;
  readonly subscription: string;
  readonly facets: EvidenceOf<RegistryFacets>;
}

/** A facet that was never asked is simply not there; evaluation reads that as not collected. */
export type EvidenceOf<F> = { readonly [K in keyof F]?: Evidence<F[K]> };

/** What is known before anything is collected, the subscriptions to look in among it. */
export type Opening = Omit<Snapshot, 'subscriptions' | 'registries' | 'shared'> & {
  readonly scope: readonly { readonly id: string; readonly name: string | null }[];
};

/** A piece of a snapshot, in the order of collection. */
export type SnapshotPart =
  | { readonly kind: 'header'; readonly opening: Opening }
  | { readonly kind: 'subscription'; readonly entry: SubscriptionEntry }
  | { readonly kind: 'registry'; readonly entry: RegistryEntry }
  | { readonly kind: 'shared'; readonly facet: SharedFacet; readonly evidence: Evidence<unknown> };

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

/** All the evidence that bears on one subject, wherever the snapshot stores it. */
export type AllEvidence = EvidenceOf<Facets>;

/** The evidence about a registry: its own, that of its subscription, and what is shared. */
export function evidenceFor(snapshot: Snapshot, entry: RegistryEntry): AllEvidence {
  const { subscriptions } = snapshot;
  const holding =
    subscriptions.find(({ id }) => id === entry.subscription) ??
    subscriptions.find(({ id }) => sameId(id, entry.subscription));
  return { ...snapshot.shared, ...holding?.facets, ...entry.facets };
}

/** The evidence about a subscription itself: its own, and what is shared. */
export const evidenceOfSubscription = (snapshot: Snapshot, { facets }: SubscriptionEntry): AllEvidence => ({
  ...snapshot.shared,
  ...facets,
});
