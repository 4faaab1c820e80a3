import type { Lock } from '../model/facets/locks.ts';
import type { Manual, Question } from '../model/step.ts';

/** A step that a person does. */
export const manual = (text: string): Manual => ({ kind: 'manual', text });

/** A step for whoever owns a scope, with how many registries lie below it. */
export const forOwnerOf = (scope: string, text: string): Manual => ({ kind: 'manual', text, scope });

/** Whoever owns a lock lifts it. */
export const liftLock = (lock: Lock): Manual => ({
  kind: 'manual',
  text: `Have whoever owns the lock ${lock.name} at ${lock.scope} lift it, and put it back at the end: it refuses the next command.`,
  lock: { is: 'lifted', lock },
});

/** Whoever owns a lock puts it back. */
export const putLockBack = (lock: Lock): Manual => ({
  kind: 'manual',
  text: `Have the lock ${lock.name} at ${lock.scope} put back.`,
  lock: { is: 'back', lock },
});

/** An app that pulls with a password is given an identity for it. */
export const moveApp = (who: string): Manual => ({
  kind: 'manual',
  text: `Give ${who} a managed identity and the pull role of this registry, let it log in with that identity, prove a pull, then delete the password from the app.`,
  moves: who,
});

/** Asks for a value that only a person knows; later steps hold it as `<id>`. */
export const question = (id: string, ask: string): Question => ({ kind: 'question', id, ask });
