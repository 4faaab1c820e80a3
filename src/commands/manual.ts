import type { Manual, Question } from '../model/step.ts';

/** A step that a person does. */
export const manual = (text: string): Manual => ({ kind: 'manual', text });

/** A step for whoever owns a scope, with how many registries lie below it. */
export const forOwnerOf = (scope: string, text: string): Manual => ({ kind: 'manual', text, scope });

/** Asks for a value that only a person knows; later steps hold it as `<id>`. */
export const question = (id: string, ask: string): Question => ({ kind: 'question', id, ask });
