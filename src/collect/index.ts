import type { RegistryFacet, SharedFacet, SubscriptionFacet } from '../model/facets.ts';
import type { RegistryCollector, SharedCollector, SubscriptionCollector } from './collector.ts';

/** One collector a facet; a facet without one does not compile. `registry` comes from the list of registries itself. */
export const registryCollectors: { readonly [F in Exclude<RegistryFacet, 'registry'>]?: RegistryCollector<F> } = {};

export const subscriptionCollectors: { readonly [F in SubscriptionFacet]?: SubscriptionCollector<F> } = {};

/** In the order of asking: a shared facet may build on the ones before it. */
export const sharedCollectors: { readonly [F in SharedFacet]?: SharedCollector<F> } = {};
