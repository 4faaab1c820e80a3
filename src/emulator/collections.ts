import { idKey, sameId } from '../model/ids.ts';
import { above, type ProviderPath, providerPath, typeOf, within } from './paths.ts';
import type { Resource } from './tenant.ts';

/**
 * The resources that a collection holds, in the order of the tenant document. `null` for a filter that is not understood.
 * Most collections hold what is below them; those that extend other resources have rules of their own.
 */
export function collection(
  resources: readonly Resource[],
  parts: ProviderPath,
  path: string,
  filter: string | null,
): readonly Resource[] | null {
  const type = idKey(typeOf(parts));
  if (type === 'microsoft.network/privatednszones/all') return filtered(recordSets(resources, above(path)), filter);
  const sameType = resources.filter(({ id }) => {
    const its = providerPath(id);
    return its !== null && idKey(typeOf(its)) === type;
  });
  if (parts.types.length > 1)
    return filtered(
      sameType.filter(({ id }) => within(id, above(path))),
      filter,
    );
  const reach = reaches[type] ?? below;
  const atScope = /\batScope\(\)/i.test(filter ?? '');
  return filtered(
    sameType.filter((one) => reach(one, parts.scope, atScope)),
    filter,
  );
}

type Reach = (resource: Resource, scope: string, atScope: boolean) => boolean;

const below: Reach = ({ id }, scope) => within(id, scope);

const extendedBy = ({ id }: Resource): string => providerPath(id)?.scope ?? '';

const exactly: Reach = (resource, scope) => sameId(extendedBy(resource), scope);

/** Assignments and locks apply from above, and are listed from below too unless `atScope()` is asked for. */
const around =
  (scopeOf: (resource: Resource) => string): Reach =>
  (resource, scope, atScope) => {
    const own = scopeOf(resource);
    return within(scope, own) || (!atScope && within(own, scope));
  };

const text = (resource: Resource, property: string): unknown => {
  const properties = resource['properties'];
  return typeof properties === 'object' && properties !== null
    ? Object.entries(properties).find(([name]) => sameId(name, property))?.[1]
    : undefined;
};

const reaches: Readonly<Record<string, Reach>> = {
  'microsoft.authorization/roleassignments': around((one) => String(text(one, 'scope') ?? extendedBy(one))),
  'microsoft.authorization/denyassignments': around((one) => String(text(one, 'scope') ?? extendedBy(one))),
  'microsoft.authorization/roleeligibilityscheduleinstances': around((one) =>
    String(text(one, 'scope') ?? extendedBy(one)),
  ),
  'microsoft.authorization/locks': around(extendedBy),
  'microsoft.authorization/policyassignments': around(extendedBy),
  'microsoft.authorization/policydefinitions': around(extendedBy),
  'microsoft.authorization/policysetdefinitions': around(extendedBy),
  'microsoft.authorization/roledefinitions': (one, scope) => {
    const scopes = text(one, 'assignableScopes');
    return Array.isArray(scopes) && scopes.some((own) => typeof own === 'string' && within(scope, own));
  },
  'microsoft.insights/diagnosticsettings': exactly,
  'microsoft.security/pricings': exactly,
};

const recordTypes = new Set(['a', 'aaaa', 'cname', 'mx', 'ptr', 'soa', 'srv', 'txt']);

export const isRecordType = (type: string): boolean => recordTypes.has(idKey(type));

const recordSets = (resources: readonly Resource[], zone: string): readonly Resource[] =>
  resources.filter(({ id }) => within(id, zone) && isRecordType(providerPath(id)?.types.at(-1) ?? ''));

const sinceOrUntil = /^(\w+)\s+(ge|le)\s+'([^']*)'$/i;

const comparison = /^(\w+)\s+eq\s+'([^']*)'$/i;

/** The items that a `$filter` keeps: comparisons joined by `and`, and the functions that `collection` has heeded. */
export function filtered(items: readonly Resource[], filter: string | null): readonly Resource[] | null {
  if (filter === null || filter.trim() === '') return items;
  let kept = items;
  for (const term of filter.split(/\s+and\s+/i).map((one) => one.trim())) {
    if (/^atScope\(\)$/i.test(term)) continue;
    const [, instant = '', bound = '', limit = ''] = sinceOrUntil.exec(term) ?? [];
    if (instant !== '') {
      const inside = (at: string) => (sameId(bound, 'ge') ? at >= limit : at <= limit);
      kept = kept.filter((one) => inside(String(named(one, instant) ?? '')));
      continue;
    }
    const [, name = '', wanted = ''] = comparison.exec(term) ?? /^(assignedTo)\('([^']*)'\)$/i.exec(term) ?? [];
    if (name === '') return null;
    kept = kept.filter((one) => sameId(String(named(one, name) ?? ''), wanted));
  }
  return kept;
}

function named(resource: Resource, name: string): unknown {
  if (sameId(name, 'resourceType')) {
    const its = providerPath(resource.id);
    return its ? typeOf(its) : null;
  }
  if (sameId(name, 'assignedTo')) return text(resource, 'principalId');
  return Object.entries(resource).find(([key]) => sameId(key, name))?.[1] ?? text(resource, name);
}
