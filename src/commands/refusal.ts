import type { Refusal } from '../model/step.ts';

/** Azure turns it down, with its own code where that is known. */
export const refusal = (code: string | null, refused: string): Refusal => ({ code, refused });

/** It is there already. */
export const exists = (code: string | null, refused: string): Refusal => ({ code, refused, exists: true });

/** What Azure would take, and takes from somebody what they need. */
export const ours = (refused: string): Refusal => ({ by: 'tool', code: null, refused });
