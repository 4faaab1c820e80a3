import type { Evidence } from '../model/evidence.ts';
import { byId } from '../model/ids.ts';
import type { Azure } from './azure.ts';
import type { KnownSoFar } from './collector.ts';
import type { Observe, Permission } from './observe.ts';
import type { Each } from './read.ts';
import { leftOut, notLookedIn } from './scope.ts';

/** What was found in the scanned subscriptions, and in which of them it could be looked for. */
export interface Search<T> {
  readonly found: readonly T[];
  readonly searched: readonly { readonly subscription: string; readonly ids: Evidence<readonly string[]> }[];
}

interface Looking<T> {
  readonly permissions: readonly Permission[];
  /** Lists what one subscription has. */
  readonly ask: (azure: Azure, each: Each, subscription: string) => Promise<readonly T[]>;
}

/** Looks in every scanned subscription; one that the user left out is said. */
export async function searchIn<T extends { readonly id: string }>(
  azure: Azure,
  observe: Observe,
  { subscriptions }: KnownSoFar,
  { permissions, ask }: Looking<T>,
): Promise<Search<T>> {
  const places = subscriptions.map(({ id }) => id);
  const answers = await Promise.all(
    places.map(async (subscription) => ({
      subscription,
      things: await observe({ permissions, scope: subscription, ask: (azure, each) => ask(azure, each, subscription) }),
    })),
  );
  return {
    found: answers.flatMap(({ things }) => (things.state === 'observed' ? things.value : [])).sort(byId),
    searched: [
      ...answers.map(({ subscription, things }) => ({
        subscription,
        ids: things.state === 'observed' ? { ...things, value: things.value.map(({ id }) => id) } : things,
      })),
      ...(await leftOut(azure, places)).map((subscription) => ({ subscription, ids: notLookedIn(subscription) })),
    ],
  };
}
