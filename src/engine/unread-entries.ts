import { type Evidence, type UnreadEntry, unreadable } from '../model/evidence.ts';
import type { Outcome } from '../model/outcome.ts';

const strictOf = new WeakMap<object, unknown>();

/**
 * The evidence as if every list in it that has unread entries had not been seen at all; the same object where there is
 * none. Looked through once for each piece of evidence, however many checks ask.
 */
export const withoutPartLists = <T>(evidence: Evidence<T>): Evidence<T> => strict(evidence) as Evidence<T>;

function strict(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const before = strictOf.get(value);
  if (before !== undefined) return before;
  const after = hasUnread(value) ? unreadable(wordsOf(value.unread), value.sources) : strictParts(value);
  strictOf.set(value, after);
  return after;
}

function strictParts(value: object): object {
  if (Array.isArray(value)) {
    const items = value.map(strict);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const entries = Object.entries(value).map(([key, part]) => [key, part, strict(part)] as const);
  return entries.some(([, part, after]) => part !== after)
    ? Object.fromEntries(entries.map(([key, , after]) => [key, after]))
    : value;
}

type PartList = Extract<Evidence<unknown>, { readonly state: 'observed' }> & {
  readonly unread: readonly UnreadEntry[];
};

/** Whether it is a list of which some elements could not be read. */
export const hasUnread = (value: object): value is PartList =>
  'state' in value && value.state === 'observed' && 'unread' in value && Array.isArray(value.unread);

const wordsOf = (unread: readonly UnreadEntry[]): string =>
  unread.length === 1
    ? `an entry could not be read: ${unread.map(words).join('')}`
    : `${unread.length} entries could not be read: ${unread.map(words).join('; ')}`;

const words = ({ entry, reason }: UnreadEntry): string => `${entry}: ${reason}`;

/**
 * Whether a verdict stands whatever the unread entries hold: one bad thing that was seen in the list itself is enough
 * for a fail, and one good thing where the check says so. A fail because something is missing, or because no element
 * is good, may rest on the very entry.
 */
export const standsAnyhow = (outcome: Outcome, partLists: readonly string[]): boolean =>
  outcome.verdict === 'unknown' ||
  (outcome.verdict === 'pass' && outcome.enough === true) ||
  (outcome.verdict === 'fail' &&
    (outcome.things ?? []).some(({ because }) => because.some(({ at }) => isElementOf(at, partLists))));

function isElementOf(at: string, partLists: readonly string[]): boolean {
  const [facet = '', ...rest] = at.split('/');
  return partLists.includes(facet) && rest.some((part) => /^\d+$/.test(part));
}
