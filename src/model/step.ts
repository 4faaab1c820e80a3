import type { Facets } from './facets.ts';

/**
 * One step of a fix. Text may hold the placeholders `<registry>`, `<group>`, `<subscription>`, `<location>`,
 * `<login-server>` and `<registry-id>`: the report puts the real names there. Other placeholders are the reader's.
 */
export type Step = AzStep | ManualStep;

/** A command we tell people to run, and what it does to the facts, so that a rehearsal can apply it. */
export interface AzStep {
  readonly az: string;
  readonly effect: Effect;
}

export interface ManualStep {
  readonly manual: string;
}

/** What is known of a registry: what an effect reads and changes. */
export type KnownFacts = Partial<Facets>;

/** Pure: the facts as they would read after the command, or the refusal ARM would give. */
export type Effect = (facts: KnownFacts) => KnownFacts | Refusal;

/** Why ARM would turn a command down, so that a plan that cannot work is red before anybody runs it. */
export interface Refusal {
  readonly refused: string;
}

export const isRefusal = (result: KnownFacts | Refusal): result is Refusal => 'refused' in result;
