import { type Facet, facets } from '../model/facets.ts';
import { byText, idKey, lastPart, subscriptionGuid } from '../model/ids.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Unread } from '../pages/report.ts';
import { hasUnread } from './unread-entries.ts';
import { nounOf } from './words.ts';

/** Every read of a snapshot that failed, and every registry that was named and is not there; each once. */
export function unreadOf(snapshot: Snapshot): Unread[] {
  const found = [
    ...snapshot.subscriptions.flatMap(({ id, name, registries, facets }) => {
      const own = name ?? subscriptionGuid(id);
      return [...failedIn(registries, `registries of ${own}`), ...failedFacets(facets, ` of ${own}`)];
    }),
    ...snapshot.registries.flatMap(({ name, facets }) => failedFacets(facets, ` of ${name}`)),
    ...failedFacets(snapshot.shared, ''),
    ...lostRegistries(snapshot).map((name) => ({
      what: `registry ${lastPart(name)}`,
      reason: 'it was not found in what was looked in',
      missing: [],
    })),
  ];
  return [...new Map(found.map((one) => [`${one.what}\0${one.reason}`, one])).values()].sort(
    (a, b) => byText(a.what, b.what) || byText(a.reason, b.reason),
  );
}

/** Registries that were named and are not in the snapshot. */
export const lostRegistries = ({ asked, registries }: Snapshot): string[] => {
  const there = new Set(registries.flatMap(({ id, name }) => [idKey(id), idKey(name)]));
  return asked.registries.filter((wanted) => !there.has(idKey(wanted)));
};

/** What no check asks is no part of a scan, though a collection holds it for another command. */
const isJudged = (facet: string): boolean => !(facet in facets && facets[facet as Facet].onlyFor);

const failedFacets = (found: object, of: string): Unread[] =>
  Object.entries(found).flatMap(([facet, evidence]) =>
    isJudged(facet) ? failedIn(evidence, `${nounOf(facet)}${of}`) : [],
  );

/** The failed reads in a value, at any depth: evidence holds evidence. */
function failedIn(value: unknown, what: string): Unread[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isFailed(value)) return [{ what, reason: value.reason, missing: value.missing }];
  if (Array.isArray(value)) return value.flatMap((item) => failedIn(item, what));
  if (hasUnread(value))
    return [
      ...value.unread.map(({ entry, reason }) => ({ what: `${entry} in the ${what}`, reason, missing: [] })),
      ...failedIn(value.value, what),
    ];
  const own = 'name' in value ? value.name : 'id' in value ? value.id : undefined;
  const name = typeof own === 'string' ? lastPart(own) : null;
  return Object.entries(value).flatMap(([key, part]) =>
    failedIn(part, name === null || key === 'value' ? what : `${nounOf(key)} of ${name}`),
  );
}

const isFailed = (value: object): value is Pick<Unread, 'reason' | 'missing'> =>
  'state' in value &&
  (value.state === 'denied' || value.state === 'unreadable') &&
  'reason' in value &&
  'missing' in value &&
  Array.isArray(value.missing);
