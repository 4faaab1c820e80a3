import type { Evidence } from './evidence.ts';
import type { OptIn, RegistryFacets, SharedFacets, SubscriptionFacets } from './facets.ts';

export const snapshotSchema = 'acr-audit/snapshot@1';

/** Everything that one collection learnt, and everything that it could not. The file between collecting and judging. */
export interface Snapshot {
  readonly schema: typeof snapshotSchema;
  readonly tool: { readonly name: string; readonly version: string };
  /**
   * ISO 8601. A later evaluation judges expiry as of this instant, so that it gives the same report.
   * @format date-time
   */
  readonly collectedAt: string;
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
