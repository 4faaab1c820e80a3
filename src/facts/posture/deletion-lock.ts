import type { Lock } from '../../model/facets/locks.ts';
import { type Unknown, untold } from '../../model/outcome.ts';
import { covers } from '../access/scopes.ts';

/** Whether a lock at a resource or above it forbids deletion; every level that is known does. */
export type DeletionLock =
  | {
      readonly state: 'locked';
      readonly name: string;
      readonly level: 'CanNotDelete' | 'ReadOnly';
      readonly seen: { readonly at: `locks/${number}/level`; readonly about: string; readonly saw: string };
    }
  | { readonly state: 'unlocked' }
  | { readonly state: 'unclear'; readonly why: Unknown };

/** CanNotDelete first: ReadOnly forbids more than deletion. */
export function deletionLock(locks: readonly Lock[], id: string): DeletionLock {
  const above = locks.map((lock, index) => ({ ...lock, index })).filter(({ scope }) => covers(scope, id));
  for (const level of ['CanNotDelete', 'ReadOnly'] as const) {
    const lock = above.find((one) => one.level === level);
    if (lock === undefined) continue;
    const { name, scope, index } = lock;
    return {
      state: 'locked',
      name,
      level,
      seen: { at: `locks/${index}/level`, about: `${name} at ${scope}`, saw: level },
    };
  }
  const [odd] = above;
  return odd === undefined
    ? { state: 'unlocked' }
    : { state: 'unclear', why: untold(`the level of the lock ${odd.name} is ${odd.level ?? 'missing'}`) };
}
