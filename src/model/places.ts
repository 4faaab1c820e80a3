import { onceFor } from './once.ts';

/** An element of a list and its place there, by which evidence is cited. */
export type Placed<T> = readonly [index: number, one: T];

/**
 * Finds the elements of a list by their keys, each once and in the order of the list. A list is gone through once,
 * however often it is asked.
 */
export function lookupBy<T>(
  keysOf: (one: T) => Iterable<string>,
): <U extends T>(list: readonly U[], keys: readonly string[]) => readonly Placed<U>[] {
  const placesIn = onceFor((list: readonly T[]) => {
    const places = new Map<string, number[]>();
    for (const [index, one] of list.entries())
      for (const key of keysOf(one)) {
        const known = places.get(key);
        if (known) known.push(index);
        else places.set(key, [index]);
      }
    return places;
  });
  return (list, keys) => {
    const places = placesIn(list);
    const found = new Set(keys.flatMap((key) => places.get(key) ?? []));
    return [...found]
      .sort((a, b) => a - b)
      .flatMap((index) => {
        const one = list[index];
        return one === undefined ? [] : [[index, one] as const];
      });
  };
}
