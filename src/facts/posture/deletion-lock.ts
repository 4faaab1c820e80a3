import type { Evidence } from '../../model/evidence.ts';
import type { DenyAssignment } from '../../model/facets/deny-assignments.ts';
import type { Lock } from '../../model/facets/locks.ts';
import { cannotSee, type Observation, type Unknown, untold } from '../../model/outcome.ts';
import { denialOf, denyWords, isEverybody, seenDenial } from '../access/denials.ts';
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
    : { state: 'unclear', why: untold(`the level of the lock ${odd.name} is ${odd.level ?? 'not told'}`) };
}

/** Whether a deny assignment keeps everybody from deleting a registry, as a deployment stack may make one. */
export type DeletionDenial =
  | { readonly denied: 'yes'; readonly seen: Observation; readonly note: string }
  | { readonly denied: 'no' }
  | { readonly denied: 'unclear'; readonly why: Unknown };

/** Somebody whom no list names: what is denied to it is denied to everybody who is not spared. */
const anybody = { principalId: '', principalType: null };

const sparingNobody = (deny: DenyAssignment): DenyAssignment => ({
  ...deny,
  principals: deny.principals.filter(isEverybody),
  excluded: [],
});

/** One that is for some principals only is no lock; one that spares some is, but for them. */
export function deletionDenial(denies: Evidence<readonly DenyAssignment[]>, id: string): DeletionDenial {
  if (denies.state !== 'observed')
    return {
      denied: 'unclear',
      why: cannotSee('deny assignments, one of which may keep the registry from being deleted', [denies]),
    };
  const what = { plane: 'control', action: 'Microsoft.ContainerRegistry/registries/delete', resource: id } as const;
  const found = denialOf(denies.value.map(sparingNobody), anybody, what);
  if (!found) return { denied: 'no' };
  if (found.certainty === 'perhaps')
    return {
      denied: 'unclear',
      why: untold(`whether ${denyWords(found.deny)} keeps the registry from being deleted: ${found.because}`),
    };
  const spared = denies.value.find(({ id }) => id === found.deny.id)?.excluded.length ?? 0;
  return {
    denied: 'yes',
    seen: seenDenial(found),
    note: `${denyWords(found.deny)} keeps the registry from being deleted${spared > 0 ? `, but by the ${spared} that it spares` : ''}`,
  };
}
