import type { Evidence, Instant } from './evidence.ts';
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
  /** The id of the tenant that all subscriptions are of; absent where Azure does not tell, or they are of several. */
  readonly tenant?: string;
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
