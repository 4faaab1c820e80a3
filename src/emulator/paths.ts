import { idKey } from '../model/ids.ts';

/** What a path below `/providers/<namespace>` names: as many names as types is a resource, one less is a collection. */
export interface ProviderPath {
  /** What comes before: a subscription, a group, a resource that is extended, or nothing (the tenant). */
  readonly scope: string;
  readonly namespace: string;
  readonly types: readonly string[];
  readonly names: readonly string[];
}

/** `null` for a path that is not below a resource provider. The last provider in the path counts. */
export function providerPath(path: string): ProviderPath | null {
  const at = idKey(path).lastIndexOf('/providers/');
  if (at < 0) return null;
  const [namespace = '', ...rest] = path.slice(at + '/providers/'.length).split('/');
  if (rest.length === 0) return null;
  return {
    scope: path.slice(0, at),
    namespace,
    types: rest.filter((_, index) => index % 2 === 0),
    names: rest.filter((_, index) => index % 2 === 1),
  };
}

export const isCollection = ({ types, names }: ProviderPath): boolean => types.length > names.length;

/** `Microsoft.ContainerRegistry/registries/tokens` */
export const typeOf = ({ namespace, types }: ProviderPath): string => [namespace, ...types].join('/');

/** The path without its last segment. */
export const above = (path: string): string => path.slice(0, path.lastIndexOf('/'));

/** Is `id` the scope itself, or anything below it? Everything is below the tenant and below a management group. */
export function within(id: string, scope: string): boolean {
  const [inner, outer] = [idKey(id), idKey(scope)];
  if (outer === '' || outer === '/' || inner === outer) return true;
  if (isManagementGroup(outer)) return inner.startsWith('/subscriptions/');
  return inner.startsWith(outer.endsWith('/') ? outer : `${outer}/`);
}

const isManagementGroup = (id: string): boolean =>
  /^\/providers\/microsoft\.management\/managementgroups\/[^/]+$/.test(id);

/** Group and subscription of a path, where it is in one. */
export function place(path: string): { readonly subscription: string | null; readonly group: string | null } {
  const [, subscription = null, group = null] =
    /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?/i.exec(path) ?? [];
  return { subscription, group };
}
