import type { Registry } from '../../model/facets/registry.ts';
import { idKey, lastPart, parentId } from '../../model/ids.ts';
import { lookupBy, type Placed } from '../../model/places.ts';

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

/** What is above every resource has one key. */
const above = '';

const atScopes = lookupBy(({ scope }: { readonly scope: string }) => {
  const key = idKey(scope).replace(/\/+$/, '');
  return [covers(scope, '') ? above : key];
});

/** Those that reach a resource, each with its place in the list, in the order of the list. */
export function reaching<T extends { readonly scope: string }>(
  all: readonly T[],
  resource: string,
): readonly Placed<T>[] {
  const key = idKey(resource);
  const keys = [above, key];
  for (let end = key.indexOf('/', 1); end >= 0; end = key.indexOf('/', end + 1)) keys.push(key.slice(0, end));
  return atScopes(all, keys);
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
