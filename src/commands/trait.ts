import type { Command } from '../model/command.ts';
import type { KnownFacts, Refusal } from '../model/step.ts';

/** What a command may end: a way in, a right or a credential, or something that is kept. */
export type Ends = 'way' | 'right' | 'thing';

/** A command that only looks, and what it prints (with `--output tsv`) once the step is done. */
export interface Verify {
  readonly az: string;
  readonly prints: string;
}

/** The commands that give the facts back as they were, or why none does. */
export type Undo = readonly Command[] | { readonly cannot: string };

/** Everything that is known of one kind of command. */
export interface Trait<C extends Command> {
  /** The az command, with placeholders. */
  readonly az: (command: C) => string;
  /** The facts as they read afterwards. Facts that are not known stay so. */
  readonly apply: (facts: KnownFacts, command: C) => KnownFacts;
  /** What Azure refuses beside what it refuses of every command (`constraints.ts`). */
  readonly refuse?: (facts: KnownFacts, command: C) => Refusal | null;
  /** The id of what it changes. */
  readonly target: (command: C) => string;
  readonly deletes?: true;
  readonly undo: (command: C, before: KnownFacts) => Undo;
  readonly verify: (command: C) => Verify | null;
  readonly ends: (command: C) => Ends | null;
}

/** A trait for each kind: one that is missing does not compile. */
export type Traits<C extends Command> = { readonly [K in C['kind']]: Trait<OfKind<C, K>> };

type OfKind<C extends Command, K> = C extends unknown ? (K extends C['kind'] ? C : never) : never;

export const nothing = (): null => null;
export const atRegistry = (): string => '<registry-id>';

export const notTold = { cannot: 'Azure did not say what it was before.' } as const;

/** The commands that set what was set before, where Azure said it. */
export const back = <V>(before: V | null | undefined, command: (before: V) => Command): Undo =>
  before === null || before === undefined ? notTold : [command(before)];

/** A value of Azure's, where it is one of these. */
export const oneOf = <const T extends string>(value: string | null | undefined, known: readonly T[]): T | null =>
  known.find((one) => one === value) ?? null;

export const onOrOff = (status: string | null | undefined) => oneOf(status, ['enabled', 'disabled']);
