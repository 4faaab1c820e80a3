import type { Evidence, Source } from '../model/evidence.ts';
import type { Usage } from '../model/facets/usages.ts';
import type { RegistryFacet, RegistryFacets } from '../model/facets.ts';
import { idKey } from '../model/ids.ts';

/** The facets of one registry as far as they were asked. */
export type Known = { readonly [F in RegistryFacet]?: Evidence<RegistryFacets[F]> };

/** A list that need not be asked where an answer of before shows that it is empty. */
export interface ShownEmpty {
  /** What is asked first. */
  readonly after: readonly RegistryFacet[];
  /** The requests that show it; `null`: the list has to be asked. */
  shows(known: Known): readonly Source[] | null;
}

/**
 * `listUsages` counts without a question of its own for each kind: names as recorded of Azure (Tokens, ScopeMaps,
 * Webhooks), compared whatever the case. A name that it does not answer, or a count that is absent, means ask.
 */
export const shownEmpty: { readonly [F in RegistryFacet]?: ShownEmpty } = {
  tokens: { after: ['usages'], shows: ({ usages }) => countedNone(usages, 'tokens') },
  // Maps that no token has are judged too; and tokens may point to maps of the system's own, which no count tells.
  scopeMaps: {
    after: ['usages'],
    shows: ({ usages }) => countedNone(usages, 'tokens') && countedNone(usages, 'scopemaps'),
  },
  webhooks: { after: ['usages'], shows: ({ usages }) => countedNone(usages, 'webhooks') },
  // Each synchronises by a token of its own.
  connectedRegistries: { after: ['tokens'], shows: ({ tokens }) => emptyList(tokens) },
  // Where there is no rule, a set logs in nowhere.
  credentialSets: { after: ['cacheRules'], shows: ({ cacheRules }) => emptyList(cacheRules) },
};

function countedNone(usages: Evidence<readonly Usage[]> | undefined, name: string): readonly Source[] | null {
  if (usages?.state !== 'observed') return null;
  const own = usages.value.filter((usage) => idKey(usage.name) === name);
  return own.length > 0 && own.every(({ currentValue }) => currentValue === 0) ? usages.sources : null;
}

const emptyList = (list: Evidence<readonly unknown[]> | undefined): readonly Source[] | null =>
  list?.state === 'observed' && list.value.length === 0 && !list.unread?.length ? list.sources : null;
