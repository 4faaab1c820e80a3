/** Reading and editing a value by a check's pointer: `facet`, or `facet/json/pointer`. */

const segments = (pointer: string): string[] => pointer.split('/');

export function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const segment of segments(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = (value as Record<string, unknown>)[segment];
  }
  return value;
}

/** A deep copy with another value at the pointer; other parts are shared. */
export function withValueAt<T>(root: T, pointer: string, replacement: unknown): T {
  const [first, ...rest] = segments(pointer);
  if (first === undefined || first === '') return replacement as T;
  const parent = (root ?? {}) as Record<string, unknown>;
  const child = rest.length === 0 ? replacement : withValueAt(parent[first], rest.join('/'), replacement);
  if (Array.isArray(root)) return root.map((item, index) => (String(index) === first ? child : item)) as T;
  return { ...parent, [first]: child } as T;
}
