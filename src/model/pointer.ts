import type { Facet } from './facets.ts';

/** A place in the evidence: a facet, then a JSON pointer into its value (RFC 6901). */
export type Pointer = Facet | `${Facet}/${string}`;

/** A name as one segment of a pointer: names of Azure may hold `/`. */
export const segment = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** The names on the way of a pointer, without its escapes. */
export const segments = (pointer: string): string[] =>
  pointer.split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

/** The pointer of these names on the way. */
export const pointerOf = (names: readonly (string | number)[]): string =>
  names.map((name) => segment(String(name))).join('/');

/** The names from one place to another below it; `null` where the other is not below it. */
export function namesBelow(above: readonly string[], at: string): readonly string[] | null {
  const names = segments(at);
  return names.length > above.length && above.every((name, index) => names[index] === name)
    ? names.slice(above.length)
    : null;
}

/** What a pointer points at; `undefined` where there is nothing. */
export function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const name of segments(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** A copy with another value at the pointer; what is not on the way to it is shared. */
export const withValueAt = <T>(root: T, pointer: string, replacement: unknown): T =>
  replaced(root, segments(pointer), replacement) as T;

function replaced(root: unknown, [first, ...rest]: readonly string[], replacement: unknown): unknown {
  if (first === undefined) return replacement;
  const parent = (root ?? {}) as Record<string, unknown>;
  const child = replaced(parent[first], rest, replacement);
  if (Array.isArray(root)) return root.map((item, index) => (String(index) === first ? child : item));
  return { ...parent, [first]: child };
}

/** The name of the property that a pointer points at. */
export const lastSegment = (at: string): string => segments(at).at(-1) ?? at;
