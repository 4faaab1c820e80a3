import { type Evidence, notCollected, observed } from '../src/model/evidence.ts';
import type { Facets, RegistryFacets, SharedFacets, SubscriptionFacets } from '../src/model/facets.ts';
import { type Facet, facets } from '../src/model/facets.ts';
import type { EvidenceOf } from '../src/model/snapshot.ts';

/** The facets that are no list: what is empty is told of each. */
type Shaped = { [F in Facet as Facets[F] extends readonly unknown[] ? never : F]: Facets[F] };

const emptyValues: Omit<Shaped, 'registry' | 'resolution' | 'signatures' | 'tagInventory' | 'unservedNames'> = {
  activityLog: { since: '2026-08-25T02:00:00Z', whole: true, secrets: [] },
  privateDns: { zones: [], rulesets: [], searched: [] },
  consumers: { clusters: [], searched: [], declared: [] },
  appConsumers: { apps: [], searched: [], environments: [] },
  federatedCredentials: { identities: [], searched: [] },
  keyVaults: { vaults: [], searched: [] },
  storageAccounts: { accounts: [], searched: [] },
  roleAssignments: { assignments: [], definitions: observed([]) },
  eligibleRoles: { eligible: [], definitions: observed([]) },
  taskRuns: { runs: [], since: null, quick: [] },
};

const emptyOf = (scope: 'registry' | 'subscription' | 'shared'): Record<string, Evidence<unknown>> =>
  Object.fromEntries(
    (Object.keys(facets) as Facet[])
      .filter((facet) => facet !== 'registry' && facets[facet].scope === scope)
      .map((facet) => [
        facet,
        facets[facet].optIn ? notCollected('not asked for') : observed((emptyValues as Partial<Facets>)[facet] ?? []),
      ]),
  );

/** Every facet as it is where nothing of its kind exists. */
export const emptyFacets = {
  registry: emptyOf('registry') as EvidenceOf<RegistryFacets>,
  subscription: emptyOf('subscription') as EvidenceOf<SubscriptionFacets>,
  shared: emptyOf('shared') as EvidenceOf<SharedFacets>,
};
