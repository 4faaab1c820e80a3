export const planSchema = 'acr-audit/plan@1';

/**
 * `runs`: the rehearsal took it. `person`: somebody does it, and says so. `waits`: for an answer, or for a step before it.
 * `refused`: Azure would turn it down. `cuts`: somebody who can pull could not any more.
 */
export type PlanState = 'runs' | 'person' | 'waits' | 'refused' | 'cuts';

/** A command as a list of words, which each shell quotes by its own rules. */
export type PlanWords = readonly string[];

export interface PlanStep {
  readonly number: number;
  /** The registries that it is for. */
  readonly registries: readonly string[];
  /** The command for a POSIX shell, or what a person does. */
  readonly text: string;
  /** Empty for what a person does. */
  readonly words: PlanWords;
  readonly state: PlanState;
  /** Why it does not run as it is; empty where it does. */
  readonly because: string;
  /** Why it stands where it stands. */
  readonly place: string;
  /** The steps that come before it in the fix of a finding. */
  readonly after: readonly number[];
  /** The checks that asked for it. */
  readonly checks: readonly string[];
  readonly breaks: readonly string[];
  /** What takes it back, for a POSIX shell; or why nothing does. */
  readonly undo: readonly string[];
  readonly final: string | null;
  /** Shows that it is done. */
  readonly verify: { readonly words: PlanWords; readonly prints: string } | null;
  /** It takes a way, a right or a thing away. */
  readonly ends: boolean;
}

/** A value that only a person knows. */
export interface PlanQuestion {
  readonly id: string;
  readonly ask: string;
  /** The steps that wait for it. */
  readonly steps: readonly number[];
}

export interface PlanFinding {
  readonly check: string;
  readonly registry: string;
}

/** One order in which everything that was found can be mended, rehearsed on a copy of what was seen. */
export interface PlanPage {
  readonly schema: typeof planSchema;
  /** The evidence is of this instant, ISO 8601. */
  readonly at: string;
  readonly steps: readonly PlanStep[];
  readonly questions: readonly PlanQuestion[];
  /** What may stand in the way of steps, and nobody has seen. */
  readonly unseen: readonly string[];
  /** Findings that are gone at the end of the rehearsal. */
  readonly closed: readonly PlanFinding[];
  /** Findings that are still there: a person, an answer or a refusal stands between. */
  readonly left: readonly PlanFinding[];
  /** Findings that the steps would make. A plan with one is not to be run. */
  readonly opened: readonly PlanFinding[];
}
