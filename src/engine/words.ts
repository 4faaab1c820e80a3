import { canonical } from '../model/canonical.ts';
import { lastPart } from '../model/ids.ts';
import type { Observation } from '../model/outcome.ts';
import { segments } from '../model/pointer.ts';
import type { AllEvidence } from '../model/snapshot.ts';

/** What was observed, for people: `password1 of token ci: expiry nothing, wanted a date`. */
export function wordsOf({ at, about, saw, wanted, says }: Observation, evidence: AllEvidence): string {
  if (says !== undefined) return about === undefined ? says : `${about} ${says}`;
  const { thing, property } = placeOf(at, evidence);
  const subject = about ?? thing;
  // The role and its scope stand in `about` by name: its id tells a reader nothing more.
  if (about !== undefined && at.endsWith('/roleId')) return about;
  const seen = [subject === null ? `${property}:` : `${subject}: ${property ?? ''}`.trim(), valueText(saw)].join(' ');
  return wanted === undefined || wanted === null || same(saw, wanted) ? seen : `${seen}, wanted ${valueText(wanted)}`;
}

interface PlaceInEvidence {
  /** The nearest thing on the way that has a name; `null` for the registry itself. */
  readonly thing: string | null;
  /** What of it is meant. */
  readonly property: string | null;
}

function placeOf(at: string, evidence: AllEvidence): PlaceInEvidence {
  const [facet = '', ...path] = segments(at);
  const last = path.findLast((part) => !/^(\d+|value|status)$/.test(part));
  let property = last === undefined ? null : nounOf(last);
  if (facet === 'registry' || path.length === 0) return { thing: null, property: property ?? nounOf(facet) };
  const found = evidence[facet as keyof AllEvidence];
  let value: unknown = found?.state === 'observed' ? found.value : undefined;
  let thing = nounOf(facet);
  for (const part of path) {
    // The name of something that a list lacks.
    if (Array.isArray(value) && part === last) property = null;
    value = childOf(value, part);
    const name = childOf(value, 'name');
    if (typeof name === 'string') thing = name;
  }
  return { thing, property };
}

const childOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;

/** `admin user` of `adminUserEnabled`: whether it is, the value says. */
export const nounOf = (key: string): string =>
  key
    .replace(/(?<=.)(Enabled|Allowed)$/, '')
    .replace(/(?<=[a-z\d])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());

const longest = 300;

/** A value in a line. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  const text = Array.isArray(value) ? value.map(itemText).join(', ') || 'none' : itemText(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text || 'nothing';
}

/** A replica, a rule or a plan is known by its name; the whole of it stands in the observation itself. */
function itemText(item: unknown): string {
  if (typeof item === 'string') return item.startsWith('/subscriptions/') ? lastPart(item) : item;
  const name = childOf(item, 'name');
  if (typeof name === 'string') return name;
  const values = typeof item === 'object' && item !== null ? Object.values(item) : [item];
  const plain = values.filter((value) => value !== null && typeof value !== 'object');
  return plain.length > 0 ? plain.join(' ') : JSON.stringify(item);
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
