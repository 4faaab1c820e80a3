import type { Manual, Question } from '../model/step.ts';

/** A step that a person does. */
export const manual = (text: string): Manual => ({ kind: 'manual', text });

/** Asks for a value that only a person knows; later steps hold it as `<id>`. */
export const question = (id: string, ask: string): Question => ({ kind: 'question', id, ask });
