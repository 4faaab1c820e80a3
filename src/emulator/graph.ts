import * as v from 'valibot';
import { idKey, sameId } from '../model/ids.ts';
import { type Answer, answer, ok } from './answers.ts';
import { place, providerPath, typeOf } from './paths.ts';
import { isDenied } from './permissions.ts';
import { pattern, type Resource, type Tenant } from './tenant.ts';

const request = v.object({
  query: v.string(),
  subscriptions: v.nullish(v.array(v.string()), null),
  options: v.optional(v.object({ $top: v.nullish(v.number(), null), $skipToken: v.nullish(v.string(), null) }), {}),
});

const quota = { 'x-ms-user-quota-remaining': '14', 'x-ms-user-quota-resets-after': '00:00:05' };

/**
 * Resource Graph over the tenant: the rows written for the query, else every resource of the types it names. No query is
 * carried out: a filter or a projection in it has no effect.
 */
export function graphAnswer(tenant: Tenant, body: string | null): Answer {
  const asked = v.safeParse(v.pipe(v.string(), v.parseJson(), request), body);
  if (!asked.success)
    return answer(400, {
      error: { code: 'BadRequest', message: 'Please provide below info when asking for support.' },
    });
  const { query, subscriptions, options } = asked.output;
  const written = tenant.graph.find(({ matches }) => pattern(matches)?.test(query));
  const types = typesIn(query);
  const rows = (written?.rows ?? resourceRows(tenant, types)).filter((row) =>
    isVisible(tenant, row, types, subscriptions),
  );
  const from = Number(options.$skipToken ?? 0) || 0;
  const size = Math.min(tenant.pageSize, options.$top ?? tenant.pageSize);
  const data = rows.slice(from, from + size);
  const more = from + size < rows.length;
  return ok(
    {
      totalRecords: rows.length,
      count: data.length,
      data,
      facets: [],
      // A string in every recorded answer, though it looks like a boolean.
      resultTruncated: 'false',
      ...(more ? { $skipToken: String(from + size) } : {}),
    },
    quota,
  );
}

/**
 * Resource Graph leaves out what the client may not read, and says nothing about it. A row that does not tell its type is
 * of one of those that the query names.
 */
function isVisible(
  tenant: Tenant,
  row: object,
  types: readonly string[],
  subscriptions: readonly string[] | null,
): boolean {
  const cells = Object.fromEntries(Object.entries(row));
  const id = typeof cells['id'] === 'string' ? cells['id'] : '';
  const subscription = typeof cells['subscriptionId'] === 'string' ? cells['subscriptionId'] : place(id).subscription;
  if (subscriptions && subscription !== null && !subscriptions.some((asked) => sameId(asked, subscription)))
    return false;
  const may = typeof cells['type'] === 'string' ? [cells['type']] : types;
  const where = subscription === null ? id : `/subscriptions/${subscription}`;
  return may.length === 0 || may.some((type) => !isDenied(tenant, `${type}/read`, id.startsWith('/') ? id : where));
}

/** The types that a query names. */
const typesIn = (query: string): readonly string[] =>
  [...query.matchAll(/['"](microsoft\.[^'"/]+\/[^'"]+)['"]/gi)].map(([, type = '']) => idKey(type));

function resourceRows(tenant: Tenant, types: readonly string[]): readonly object[] {
  return tenant.resources.flatMap((resource) => {
    const parts = providerPath(resource.id);
    return parts && types.includes(idKey(typeOf(parts))) ? [row(tenant, resource, idKey(typeOf(parts)))] : [];
  });
}

function row(tenant: Tenant, resource: Resource, type: string): object {
  const { subscription, group } = place(resource.id);
  return {
    ...resource,
    type,
    tenantId: tenant.tenantId,
    subscriptionId: subscription,
    resourceGroup: idKey(group ?? ''),
  };
}
