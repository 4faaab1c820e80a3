import { type Evidence, type UnreadEntry, unreadable } from '../model/evidence.ts';
import type { Observation, Outcome } from '../model/outcome.ts';
import { namesBelow, pointerOf, withValueAt } from '../model/pointer.ts';

type PartList = Extract<Evidence<unknown>, { readonly state: 'observed' }> & {
  readonly unread: readonly UnreadEntry[];
};

/** A list of which some elements could not be read. */
interface Part {
  /** Its way from the evidence that holds it; empty for the evidence itself. */
  readonly way: readonly string[];
  readonly list: PartList;
}

/** Whether it is a list of which some elements could not be read. */
export const hasUnread = (value: object): value is PartList =>
  'state' in value && value.state === 'observed' && 'unread' in value && Array.isArray(value.unread);

const found = new WeakMap<object, readonly Part[]>();

/** The lists in a piece of evidence that have unread entries. Looked for once, however many checks ask. */
function partsOf(evidence: Evidence<unknown>): readonly Part[] {
  const before = found.get(evidence);
  if (before) return before;
  const parts = [...within(evidence, [])];
  found.set(evidence, parts);
  return parts;
}

function* within(value: unknown, way: readonly string[]): Generator<Part> {
  if (typeof value !== 'object' || value === null) return;
  if (hasUnread(value)) yield { way, list: value };
  for (const [key, part] of Object.entries(value)) if (key !== 'unread') yield* within(part, [...way, key]);
}

/** The same evidence without these lists: each is as one that was not read at all. */
const without = (evidence: Evidence<unknown>, parts: readonly Part[]): Evidence<unknown> =>
  // The inner ones first: what holds them may go as well.
  parts.toReversed().reduce<Evidence<unknown>>((left, { way, list: { unread, sources } }) => {
    const gone = unreadable(wordsOf(unread), sources);
    return way.length === 0 ? gone : withValueAt(left, pointerOf(way), gone);
  }, evidence);

/** The evidence as if every list in it that has unread entries had not been seen at all; else the same object. */
export function withoutPartLists<T>(evidence: Evidence<T>): Evidence<T>;
export function withoutPartLists(evidence: Evidence<unknown>): Evidence<unknown> {
  const parts = partsOf(evidence);
  return parts.length === 0 ? evidence : without(evidence, parts);
}

/**
 * The evidence of a facet as if those of its lists with unread entries had not been seen on which the verdict may rest;
 * the same object where there is none.
 */
export function withoutDoubt(evidence: Evidence<unknown>, facet: string, outcome: Outcome): Evidence<unknown> {
  const doubtful = partsOf(evidence).filter((part) => !standsAnyhow(outcome, facet, part));
  return doubtful.length === 0 ? evidence : without(evidence, doubtful);
}

/**
 * Whether a verdict stands whatever the unread entries of that list hold: one bad thing that was seen in the list itself
 * is enough for a fail, and one good thing where the check says so. A fail because something is missing, or because no
 * element is good, may rest on the very entry.
 */
function standsAnyhow(outcome: Outcome, facet: string, part: Part): boolean {
  switch (outcome.verdict) {
    case 'unknown':
      return true;
    case 'pass':
      return outcome.enough === true;
    case 'fail':
      return (
        outcome.lacking !== true &&
        (outcome.things ?? []).some(({ because }) => because.some(({ at }) => isInElement(at, facet, part)))
      );
    case 'not-applicable':
      return false;
  }
}

/** Whether something was seen in an element of a list with unread entries. */
export const isSeenInPart = (
  because: readonly Observation[],
  evidence: Evidence<unknown> | undefined,
  facet: string,
): boolean =>
  evidence !== undefined && partsOf(evidence).some((part) => because.some(({ at }) => isInElement(at, facet, part)));

/** Whether a place is in an element that the list holds: what it lacks is cited by its name, which may be a number. */
function isInElement(at: string, facet: string, { way, list }: Part): boolean {
  let value: unknown = way.length === 0 ? list.value : list;
  for (const name of namesBelow([facet, ...way.slice(1)], at) ?? []) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return false;
    if (Array.isArray(value)) return true;
    value = (value as Record<string, unknown>)[name];
  }
  return false;
}

const wordsOf = (unread: readonly UnreadEntry[]): string =>
  unread.length === 1
    ? `an entry could not be read: ${unread.map(words).join('')}`
    : `${unread.length} entries could not be read: ${unread.map(words).join('; ')}`;

const words = ({ entry, reason }: UnreadEntry): string => `${entry}: ${reason}`;
