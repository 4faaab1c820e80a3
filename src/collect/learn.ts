import { denied, type Evidence, observed, type Source, unreadable } from '../model/evidence.ts';
import { type Azure, AzureError, noting } from './azure.ts';
import { ShapeError } from './read.ts';

/** An ARM action that reads. Anything else does not compile: this tool cannot change a thing. */
export type Permission = `Microsoft.${string}/read` | `Microsoft.${string}/listUsages/read`;

export interface Question<T> {
  /** What the question needs; named in the evidence when Azure denies it without naming the action itself. */
  readonly permissions: readonly Permission[];
  /** The resource it is about. */
  readonly scope: string;
  ask(azure: Azure): Promise<T>;
}

/** Asks one question. Every way it can go wrong becomes evidence; only a missing login or an interrupt throws. */
export type Learn = <T>(question: Question<T>) => Promise<Evidence<T>>;

/** `now` gives ISO 8601 instants. */
export const learner =
  (azure: Azure, now: () => string): Learn =>
  async ({ permissions, scope, ask }) => {
    const sources: Source[] = [];
    try {
      return observed(await ask(noting(azure, now, sources)), sources);
    } catch (error) {
      if (error instanceof ShapeError) return unreadable(error.message, sources);
      if (!(error instanceof AzureError)) throw error;
      if (error.kind === 'credential' || error.kind === 'aborted') throw error;
      if (error.kind !== 'denied') return unreadable(error.message, sources);
      const named = missingIn(error.message);
      // ARM's sentence repeats ids at length; what matters in it is in `missing`.
      return named
        ? denied('the credential may not read it', named, sources)
        : denied(
            error.message,
            permissions.map((action) => ({ action, scope })),
            sources,
          );
    }
  };

/** ARM's AuthorizationFailed names the action and the scope; its word beats ours. */
function missingIn(message: string): readonly { action: string; scope: string }[] | null {
  const [, action, scope] = /perform action '([^']+)' over scope '([^']+)'/.exec(message) ?? [];
  return action !== undefined && scope !== undefined ? [{ action, scope }] : null;
}
