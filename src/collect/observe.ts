import {
  denied,
  type Evidence,
  notCollected,
  observed,
  type Source,
  type UnreadEntry,
  unreadable,
} from '../model/evidence.ts';
import { byText } from '../model/ids.ts';
import { type Azure, AzureError, noting, withoutTokens } from './azure.ts';
import { type Each, eachNoting, ShapeError } from './read.ts';

/** An ARM action that reads. Anything else does not compile: this tool cannot change a thing. */
export type Permission = `Microsoft.${string}/read` | `Microsoft.${string}/listUsages/read`;

export interface Question<T> {
  /** What the question needs; named in the evidence when Azure denies it without naming the action itself. */
  readonly permissions: readonly Permission[];
  /** The resource it is about. */
  readonly scope: string;
  /** `each` reads the elements of a list one by one. */
  ask(azure: Azure, each: Each): Promise<T>;
}

/** Asks one question. Every way it can go wrong becomes evidence; only a missing login or an interrupt throws. */
export type Observe = <T>(question: Question<T>) => Promise<Evidence<T>>;

/** `now` gives ISO 8601 instants. */
export const observer =
  (azure: Azure, now: () => string): Observe =>
  async ({ permissions, scope, ask }) => {
    const sources: Source[] = [];
    const unread: UnreadEntry[] = [];
    try {
      const value = await ask(noting(azure, now, sources), eachNoting(unread));
      // Answers arrive in any order, and the same collection must give the same bytes.
      return observed(value, sources, unread.sort(byEntry));
    } catch (error) {
      // Whatever one question throws, an address that cannot be asked or a mistake of ours, the others are still asked.
      if (!(error instanceof AzureError)) return unreadable(messageOf(error), sources);
      if (error.kind === 'credential' || error.kind === 'aborted') throw error;
      if (error.kind === 'other-tenant') return notCollected(error.message);
      if (error.kind !== 'denied') return unreadable(error.message, sources);
      // A login that ARM does not take for one read lacks no permission that anybody could name.
      if (error.status === 401 && error.code !== null) return denied(error.message, [], sources);
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

const byEntry = (a: UnreadEntry, b: UnreadEntry): number => byText(a.entry, b.entry) || byText(a.reason, b.reason);

const messageOf = (error: unknown): string =>
  error instanceof ShapeError
    ? error.message
    : `it could not be asked: ${withoutTokens(error instanceof Error ? error.message : String(error))}`;

/** ARM's AuthorizationFailed names the action and the scope; its word beats ours. */
function missingIn(message: string): readonly { action: string; scope: string }[] | null {
  const [, action, scope] = /perform action '([^']+)' over scope '([^']+)'/.exec(message) ?? [];
  return action !== undefined && scope !== undefined ? [{ action, scope }] : null;
}
