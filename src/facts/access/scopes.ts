import type { Registry } from '../../model/facets/registry.ts';
import { idKey, lastPart, parentId } from '../../model/ids.ts';
import { onceFor } from '../../model/once.ts';

/** Whether a scope is the registry itself or its resource group: whoever has a role there is known to use it. */
export const isOwnScope = (scope: string, { id }: Registry): boolean => {
  const from = idKey(scope).replace(/\/+$/, '');
  return from === idKey(id) || from === idKey(parentId(id, 2));
};

/**
 * Whether an assignment at a scope reaches a resource. A management group is only ever listed at a subscription that
 * is below it.
 */
export function covers(scope: string, resource: string): boolean {
  const from = idKey(scope).replace(/\/+$/, '');
  const to = idKey(resource);
  return (
    from === '' ||
    from.startsWith('/providers/microsoft.management/managementgroups/') ||
    to === from ||
    to.startsWith(`${from}/`)
  );
}

/** Things by their scope, with their place in the list. */
const byScope = onceFor((all: readonly { readonly scope: string }[]) => {
  const above: number[] = [];
  const at = new Map<string, number[]>();
  for (const [index, { scope }] of all.entries()) {
    const key = idKey(scope).replace(/\/+$/, '');
    if (key === '' || covers(scope, '')) above.push(index);
    else at.set(key, [...(at.get(key) ?? []), index]);
  }
  return { above, at };
});

/** Those that reach a resource, each with its place in the list, in the order of the list. */
export function reaching<T extends { readonly scope: string }>(
  all: readonly T[],
  resource: string,
): readonly (readonly [index: number, one: T])[] {
  const { above, at } = byScope(all);
  const key = idKey(resource);
  const found = [...above];
  for (let end = key.indexOf('/', 1); end >= 0; end = key.indexOf('/', end + 1))
    found.push(...(at.get(key.slice(0, end)) ?? []));
  found.push(...(at.get(key) ?? []));
  return found
    .sort((a, b) => a - b)
    .flatMap((index) => {
      const one = all[index];
      return one === undefined ? [] : [[index, one] as const];
    });
}

/** Where a role that reaches the registry was assigned, in words: a subscription or group is the registry's own. */
export function scopeWords(scope: string): string {
  const [, kind, , , group, ...below] = scope.replace(/\/+$/, '').split('/');
  if (kind === undefined) return 'the root of the tenant';
  if (idKey(kind) !== 'subscriptions') return `management group ${lastPart(scope)}`;
  if (group === undefined) return 'the subscription';
  if (below.length === 0) return `resource group ${group}`;
  return /\/userAssignedIdentities\//i.test(scope) ? `identity ${lastPart(scope)}` : 'the registry';
}
