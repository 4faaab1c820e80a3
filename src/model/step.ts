import type { Command } from './command.ts';
import type { Lock } from './facets/locks.ts';
import type { Facets } from './facets.ts';

/** One step of a fix: a command of Azure's, a value that only a person knows, or what a person does by hand. */
export type Step = Command | Question | Manual;

/** Asked before the commands that hold `<id>`: an answer is put there. */
export interface Question {
  readonly kind: 'question';
  readonly id: string;
  /** What is asked for: `id of the subnet`. */
  readonly ask: string;
}

export interface Manual {
  readonly kind: 'manual';
  readonly text: string;
  /** A scope that the step is about: how many registries lie below it is added before it is printed. */
  readonly scope?: string;
  /** A lock that is gone once it is done, or is there again. */
  readonly lock?: { readonly is: 'lifted' | 'back'; readonly lock: Lock };
  /** Who logs in without a password once it is done: `container app web`. */
  readonly moves?: string;
}

export const isCommand = (step: Step): step is Command => step.kind !== 'question' && step.kind !== 'manual';

/** The shell variable that holds the answer to a question. */
export const variableOf = ({ id }: Pick<Question, 'id'>): string => id.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');

/** What is known of a registry: what a command reads and changes. */
export type KnownFacts = Partial<Facets>;

/** Why Azure would turn a command down; or why we do, as it takes something from somebody who needs it. */
export interface Refusal {
  /** `tool`: Azure would take it. */
  readonly by?: 'tool';
  /** Azure's own code, where it is known. */
  readonly code: string | null;
  readonly refused: string;
  /** It refuses to make again what is there already. */
  readonly exists?: true;
}
