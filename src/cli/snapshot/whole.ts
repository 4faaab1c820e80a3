import { isWanted } from '../../collect/wanted.ts';
import { type Evidence, unreadable } from '../../model/evidence.ts';
import { type Facet, facets } from '../../model/facets.ts';
import { byId, idKey, lastPart } from '../../model/ids.ts';
import type { Opening, RegistryEntry, Snapshot, SubscriptionEntry } from '../../model/snapshot.ts';
import { type Held, Inconsistent } from './reading.ts';

/** The snapshot that a file holds. What it ought to hold and does not is unread. Throws `Inconsistent`. */
export function snapshotOf(held: Held): Snapshot {
  const { opening, subscriptions, registries, shared, end } = held;
  const { scope, ...rest } = opening;
  const lost = unreadable(end ? 'the snapshot does not hold it' : 'the collection was interrupted before it was read');
  const every = <E>(kind: Scope): E => everyFacet(kind, lost, opening);
  refuseStrays(held);

  const there = new Set([...subscriptions, ...registries].map(({ id }) => idKey(id)));
  const noLine = scope.filter(({ id }) => !there.has(idKey(id)));
  const noEntry = listedIn(subscriptions)
    .filter(({ id }) => !there.has(idKey(id)) && isMeant(opening, id, end !== null))
    .map(
      ({ id, subscription }): RegistryEntry => ({ id, name: lastPart(id), subscription, facets: every('registry') }),
    );
  if (end !== null && noLine.length === 0) {
    const { length } = registries;
    if (end.registries < length || end.registries > length + noEntry.length)
      throw new Inconsistent(`its last line counts ${end.registries} registries, and it holds ${length}`);
  }
  return {
    ...rest,
    subscriptions: [
      ...subscriptions,
      ...noLine.map((one): SubscriptionEntry => ({ ...one, registries: lost, facets: every('subscription') })),
    ].sort(byId),
    registries: [...registries, ...noEntry].sort(byId),
    shared: end === null ? { ...every<Snapshot['shared']>('shared'), ...shared } : shared,
  };
}

type Scope = (typeof facets)[Facet]['scope'];

/** Refuses what no collection writes: an entry outside of the scope, or one that its subscription does not list. */
function refuseStrays({ opening: { scope }, subscriptions, registries }: Held): void {
  const inScope = new Set(scope.map(({ id }) => idKey(id)));
  const stray = subscriptions.find(({ id }) => !inScope.has(idKey(id)));
  if (stray) throw new Inconsistent(`the subscription ${stray.id} is not among those that its header names`);
  const listed = new Set(listedIn(subscriptions).map(({ id }) => idKey(id)));
  const seen = new Set(
    subscriptions.flatMap(({ id, registries: { state } }) => (state === 'observed' ? [idKey(id)] : [])),
  );
  for (const { id, subscription } of registries) {
    if (!inScope.has(idKey(subscription)) || !idKey(id).startsWith(`${idKey(subscription)}/`))
      throw new Inconsistent(`the registry ${id} is in no subscription that its header names`);
    if (seen.has(idKey(subscription)) && !listed.has(idKey(id)))
      throw new Inconsistent(`it holds the registry ${id}, which its subscription does not list`);
  }
}

const listedIn = (subscriptions: readonly SubscriptionEntry[]) =>
  subscriptions.flatMap(({ id: subscription, registries }) =>
    registries.state === 'observed' ? registries.value.map((id) => ({ id, subscription })) : [],
  );

/** Whether the user's choice takes the registry in. By tags only a collection that ended has left one out. */
const isMeant = ({ asked }: Opening, id: string, ended: boolean): boolean =>
  (!ended || asked.tags.length === 0) &&
  isWanted({ ...asked, tags: [] }, { id, name: lastPart(id), registry: undefined });

const everyFacet = <E>(kind: Scope, evidence: Evidence<never>, { asked }: Opening): E =>
  Object.fromEntries(
    Object.entries(facets).flatMap(([facet, { scope, optIn }]) =>
      scope === kind && (optIn === undefined || asked.optIns.includes(optIn)) ? [[facet, evidence]] : [],
    ),
  ) as E;
