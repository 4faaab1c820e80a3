import { type Evidence, observed, type Source } from '../model/evidence.ts';
import { distinct, idKey, subscriptionOf } from '../model/ids.ts';
import type { Azure } from './azure.ts';
import type { Observe } from './observe.ts';
import { type Found, registriesOf, registryAt } from './registries.ts';
import { type ScopeAsked, ScopeError, type Subscription, subscriptionsIn } from './scope.ts';
import type { Wanted } from './wanted.ts';

export type Looked = Subscription & { readonly registries: Evidence<readonly Found[]> };

/** Registries named by their ids are read one by one, so that a role on one registry is enough; others are listed. */
export async function look(
  azure: Azure,
  observe: Observe,
  asked: ScopeAsked & Wanted,
  progress: (text: string) => void,
) {
  const ids = distinct(asked.registries, idKey);
  if (ids.length > 0 && ids.every((id) => id.startsWith('/'))) {
    const read = await Promise.all(ids.map(async (id) => ({ id, evidence: await registryAt(observe, id) })));
    const subscriptionIds = distinct(ids.map(subscriptionOf), idKey);
    const subscriptions: Looked[] = subscriptionIds.map((id) => {
      const own = read.filter((one) => idKey(one.id).startsWith(`${idKey(id)}/`));
      const unseen = own.map((one) => one.evidence).find((evidence) => evidence.state !== 'observed');
      const registries = own.flatMap(({ evidence }) => (evidence.state === 'observed' ? [evidence.value] : []));
      return {
        id,
        name: null,
        registries:
          unseen ??
          observed(
            registries,
            own.flatMap((one) => one.evidence.sources),
          ),
      };
    });
    return { subscriptions, found: read.flatMap(({ evidence }) => foundIn(evidence)) };
  }
  const listed = distinct(await subscriptionsIn(azure, asked), ({ id }) => idKey(id));
  // A login without any role is answered with an empty list, which must not pass for a clean one.
  if (listed.length === 0)
    throw new ScopeError(
      asked.managementGroup === null
        ? 'this credential sees no enabled subscription'
        : `there is no subscription below the management group '${asked.managementGroup}'`,
    );
  progress(`looking in ${listed.length} ${listed.length === 1 ? 'subscription' : 'subscriptions'}`);
  const subscriptions: Looked[] = await Promise.all(
    listed.map(async (one) => ({ ...one, registries: one.unread ?? (await registriesOf(observe, one.id)) })),
  );
  return {
    subscriptions,
    found: subscriptions.flatMap(({ registries }) =>
      registries.state === 'observed' ? registries.value.map((one) => withSources(one, registries.sources)) : [],
    ),
  };
}

const foundIn = (evidence: Evidence<Found>): Found[] =>
  evidence.state === 'observed' ? [withSources(evidence.value, evidence.sources)] : [];

const withSources = (one: Found, sources: readonly Source[]): Found => ({
  ...one,
  registry: { ...one.registry, sources },
});
