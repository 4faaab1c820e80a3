/** An ARM action the credential lacks, and the scope at which it was needed. */
export interface Missing {
  readonly action: string;
  readonly scope: string;
}

/**
 * An instant, ISO 8601.
 * @format date-time
 */
export type Instant = string;

/** Where something was read, so that a reader can look again. */
export type Source = ArmRequest | GraphQuery | RegistryRequest | DnsQuestion | FileLine;

export interface ArmRequest {
  readonly kind: 'arm';
  readonly request: string;
  readonly apiVersion: string;
  readonly at: Instant;
}

/** Rows of Resource Graph may be minutes older than the question. */
export interface GraphQuery {
  readonly kind: 'graph';
  readonly query: string;
  readonly at: Instant;
}

/** A registry's own API. */
export interface RegistryRequest {
  readonly kind: 'registry';
  readonly request: string;
  readonly at: Instant;
}

/** The servers decide whose view an answer is. */
export interface DnsQuestion {
  readonly kind: 'dns';
  readonly servers: readonly string[];
  readonly at: Instant;
}

/** A place in a local file, counted from line 1. */
export interface FileLine {
  readonly kind: 'file';
  readonly file: string;
  readonly line: number;
}

/** What Azure answered, or why there is no answer. Nothing that fails is ever dropped. */
export type Evidence<T> = Observed<T> | Unseen;

/** Evidence that was seen: the value, and the requests that gave it. */
export interface Observed<T> {
  readonly state: 'observed';
  readonly value: T;
  readonly sources: readonly Source[];
  /** The elements of lists in it that could not be read; absent where all were. What is not in `value` may be here. */
  readonly unread?: readonly UnreadEntry[];
}

/** An element of a list that could not be understood, while the rest of the list was. */
export interface UnreadEntry {
  /** Its id or name, or its place in the list where it has neither. */
  readonly entry: string;
  readonly reason: string;
}

/** Why there is no value: refused by Azure, answered in a shape we can't read, or never asked. */
export interface Unseen {
  readonly state: 'denied' | 'unreadable' | 'not-collected';
  readonly reason: string;
  /** The actions that would have let us see it. Empty unless `denied`. */
  readonly missing: readonly Missing[];
  readonly sources: readonly Source[];
}

export const observed = <T>(
  value: T,
  sources: readonly Source[] = [],
  unread: readonly UnreadEntry[] = [],
): Observed<T> => ({
  state: 'observed',
  value,
  sources,
  ...(unread.length > 0 ? { unread } : {}),
});

export const denied = (reason: string, missing: readonly Missing[], sources: readonly Source[] = []): Unseen => ({
  state: 'denied',
  reason,
  missing,
  sources,
});

export const unreadable = (reason: string, sources: readonly Source[] = []): Unseen => ({
  state: 'unreadable',
  reason,
  missing: [],
  sources,
});

export const notCollected = (reason: string): Unseen => ({ state: 'not-collected', reason, missing: [], sources: [] });

/** What was observed; `otherwise` where it was not, or where the facet was not asked for. */
export function seenOr<T>(evidence: Evidence<T> | undefined, otherwise: undefined): T | undefined;
export function seenOr<T>(evidence: Evidence<T> | undefined, otherwise: T): T;
export function seenOr<T>(evidence: Evidence<T> | undefined, otherwise: T | undefined): T | undefined {
  return evidence?.state === 'observed' ? evidence.value : otherwise;
}
