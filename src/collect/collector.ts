import type { InventoryLook } from '../facts/tasks/inventory-look.ts';
import type { DeclaredConsumer } from '../model/facets/consumers.ts';
import type { RegistrySeen } from '../model/facets/registries-seen.ts';
import type { Registry } from '../model/facets/registry.ts';
import type {
  Facet,
  RegistryFacet,
  RegistryFacets,
  SharedFacet,
  SharedFacets,
  SubscriptionFacet,
  SubscriptionFacets,
} from '../model/facets.ts';
import type { RegistryEntry, SubscriptionEntry } from '../model/snapshot.ts';
import type { Azure } from './azure.ts';
import type { Observe, Permission } from './observe.ts';
import type { NameServers } from './probe.ts';
import type { Each } from './read.ts';

export interface Asking {
  /** ISO 8601: the instant of the collection. */
  readonly now: string;
  /** Object ids, in lower case, of the identities of the registries that were found. */
  readonly registryIdentities: ReadonlySet<string>;
  /** The registries that were found, those among them that nobody asked to judge. */
  readonly registriesFound: readonly RegistrySeen[];
  /** Where names are asked for, with `--probe`. */
  readonly names?: NameServers;
  /** For the parts of a facet that may fail on their own: their failure becomes evidence inside the value. */
  readonly observe: Observe;
  /** Reads the elements of a list of the facet one by one: an odd one is an unread entry of its evidence. */
  readonly each: Each;
  /** How far the tags and manifests are looked at, where less than all of them is wanted. */
  readonly look?: InventoryLook;
}

/** What every collector is told. */
export type Common = Pick<Asking, 'now' | 'registryIdentities' | 'registriesFound' | 'names'>;

/** How one facet of one registry is collected: which permissions, how to ask, how to read the answer. */
export interface RegistryCollector<F extends RegistryFacet> {
  readonly facet: F;
  readonly scope: 'registry';
  readonly permissions: readonly Permission[];
  collect(azure: Azure, registry: Registry, asking: Asking): Promise<RegistryFacets[F]>;
}

/** The same for a subscription; `subscription.id` is `/subscriptions/<guid>`. */
export interface SubscriptionCollector<F extends SubscriptionFacet> {
  readonly facet: F;
  readonly scope: 'subscription';
  readonly permissions: readonly Permission[];
  collect(azure: Azure, subscription: { readonly id: string }, asking: Asking): Promise<SubscriptionFacets[F]>;
}

/** What is known so far when a shared facet is asked for: the other facets of every registry and subscription. */
export interface KnownSoFar {
  readonly subscriptions: readonly SubscriptionEntry[];
  readonly registries: readonly RegistryEntry[];
  /** What the configuration says pulls from registries. */
  readonly declared: readonly DeclaredConsumer[];
  readonly shared: { readonly [F in SharedFacet]?: import('../model/evidence.ts').Evidence<SharedFacets[F]> };
}

/** The same for facts that registries share. Asked after all others; `after` names the shared facets it builds on. */
export interface SharedCollector<F extends SharedFacet> {
  readonly facet: F;
  readonly scope: 'shared';
  readonly permissions: readonly Permission[];
  /** Facets this one is derived from; they are collected too. */
  readonly from: readonly Facet[];
  collect(azure: Azure, known: KnownSoFar, asking: Asking): Promise<SharedFacets[F]>;
}
