/** Does the same to every item, so many of each group at a time; the results stand in the order of the items. */
export async function inTurn<T, R>(
  items: readonly T[],
  most: number,
  groupOf: (item: T) => string,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const groups = new Map<string, [number, T][]>();
  for (const [index, item] of items.entries()) {
    const group = groups.get(groupOf(item));
    if (group) group.push([index, item]);
    else groups.set(groupOf(item), [[index, item]]);
  }
  await Promise.all(
    [...groups.values()].flatMap((group) => {
      const waiting = group.values();
      const worker = async (): Promise<void> => {
        for (const [index, item] of waiting) results[index] = await work(item);
      };
      return Array.from({ length: Math.min(most, group.length) }, worker);
    }),
  );
  return results;
}
