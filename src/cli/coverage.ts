import { globMatches } from '../engine/glob.ts';
import type { Coverage } from '../model/config.ts';
import { idKey, subscriptionGuid } from '../model/ids.ts';
import type { Snapshot } from '../model/snapshot.ts';

/**
 * The snapshot without the subscriptions that could not be looked in and, as the configuration says, need not be; and a
 * line for each.
 */
export function withoutIgnored(
  snapshot: Snapshot,
  coverage: Coverage | undefined,
): { snapshot: Snapshot; words: string[] } {
  const ignored = snapshot.subscriptions.flatMap(({ id, name, registries }) => {
    const rule = coverage?.ignore.find(({ subscription }) =>
      [id, subscriptionGuid(id), ...(name === null ? [] : [name])].some((one) => globMatches(subscription, one)),
    );
    return rule && registries.state !== 'observed' ? [{ id, name: name ?? id, reason: rule.reason }] : [];
  });
  if (ignored.length === 0) return { snapshot, words: [] };
  const ids = new Set(ignored.map(({ id }) => idKey(id)));
  return {
    snapshot: {
      ...snapshot,
      subscriptions: snapshot.subscriptions.filter(({ id }) => !ids.has(idKey(id))),
      shared: withoutSearches(snapshot.shared, ids) as Snapshot['shared'],
    },
    words: ignored.map(({ name, reason }) => `${name} could not be looked in, which is accepted: ${reason}`),
  };
}

/** Shared facts say where they were searched for: a subscription that does not count is no gap in them. */
function withoutSearches(shared: Snapshot['shared'], ids: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(shared).map(([facet, evidence]) => {
      if (evidence.state !== 'observed' || !('searched' in evidence.value)) return [facet, evidence];
      const searched = evidence.value.searched.filter(({ subscription }) => !ids.has(idKey(subscription)));
      return [facet, { ...evidence, value: { ...evidence.value, searched } }];
    }),
  );
}
