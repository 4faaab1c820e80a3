import { idKey, sameId } from '../model/ids.ts';
import * as a from './answers.ts';
import { filtered } from './collections.ts';
import { page } from './page.ts';
import { above, place, providerPath, typeOf, within } from './paths.ts';
import { type Asked, isDenied } from './permissions.ts';
import type { Resource, Tenant } from './tenant.ts';

/** The permission that a path outside resource providers takes; `null` for one that this tenant does not serve. */
export function subscriptionPath(path: string): Asked | null {
  const [, what, , group, last] =
    /^\/(tenants|subscriptions)(?:\/([^/]+)(?:\/resourceGroups\/([^/]+))?(?:\/(resources|resourceGroups))?)?$/i.exec(
      path,
    ) ?? [];
  if (what === undefined) return null;
  const on = (action: string, scope: string) => ({ action: `Microsoft.Resources/${action}/read`, scope });
  if (last !== undefined) {
    const leaf = sameId(last, 'resources') ? 'resources' : 'resourceGroups';
    return on(`subscriptions/${leaf}`, above(path));
  }
  if (group !== undefined) return on('subscriptions/resourceGroups', path);
  return on(sameId(what, 'tenants') ? 'tenants' : 'subscriptions', path);
}

/** Tenants, subscriptions, groups, and the generic list of resources. */
export function subscriptionAnswer(tenant: Tenant, path: string, url: URL): a.Answer {
  const { subscription, group } = place(path);
  if (subscription === null) {
    const all = sameId(path, '/tenants')
      ? [tenantBody(tenant)]
      : tenant.subscriptions.map((one) => subscriptionBody(tenant, one));
    return page(
      tenant,
      url,
      all.filter(({ id }) => !isDenied(tenant, 'Microsoft.Resources/subscriptions/read', id)),
    );
  }
  if (/\/resources$/i.test(path)) {
    const scope = above(path);
    if (group !== null && !groupsIn(tenant, subscription).some(({ name }) => sameId(name, group)))
      return a.groupNotFound(group);
    const items = tenant.resources
      .filter((one) => 'location' in one && within(one.id, scope) && !sameId(one.id, scope))
      .filter((one) => !isDenied(tenant, `${resourceType(one)}/read`, one.id));
    const kept = filtered(items.map(summary), url.searchParams.get('$filter'));
    return kept ? page(tenant, url, kept) : a.filterUnknown(url.searchParams.get('$filter') ?? '');
  }
  const groups = groupsIn(tenant, subscription);
  if (/\/resourceGroups$/i.test(path))
    return page(
      tenant,
      url,
      groups.filter(({ id }) => !isDenied(tenant, 'Microsoft.Resources/subscriptions/resourceGroups/read', id)),
    );
  if (group !== null) {
    const found = groups.find(({ name }) => sameId(name, group));
    return found ? a.ok(found) : a.groupNotFound(group);
  }
  const found = tenant.subscriptions.find((one) => sameId(one.subscriptionId, subscription));
  return found ? a.ok(subscriptionBody(tenant, found)) : a.subscriptionNotFound(subscription);
}

const tenantBody = ({ tenantId }: Tenant) => ({
  id: `/tenants/${tenantId}`,
  tenantId,
  countryCode: 'NL',
  displayName: 'Contoso',
  tenantCategory: 'Home',
});

const subscriptionBody = ({ tenantId }: Tenant, subscription: Tenant['subscriptions'][number]) => ({
  id: `/subscriptions/${subscription.subscriptionId}`,
  authorizationSource: 'RoleBased',
  managedByTenants: [],
  tenantId,
  ...subscription,
  subscriptionPolicies: {
    locationPlacementId: 'Public_2014-09-01',
    quotaId: 'PayAsYouGo_2014-09-01',
    spendingLimit: 'Off',
  },
});

/** The groups that a subscription's resources are in: a tenant document needn't list them. */
export function groupsIn(tenant: Tenant, subscription: string) {
  const groups = new Map<string, { id: string; name: string; type: string; location: string; properties: object }>();
  for (const { id, ...body } of tenant.resources) {
    const at = place(id);
    if (at.group === null || at.subscription === null || !sameId(at.subscription, subscription)) continue;
    if (groups.has(idKey(at.group))) continue;
    const location =
      typeof body['location'] === 'string' && body['location'] !== 'global' ? body['location'] : 'westeurope';
    groups.set(idKey(at.group), {
      id: `/subscriptions/${subscription}/resourceGroups/${at.group}`,
      name: at.group,
      type: 'Microsoft.Resources/resourceGroups',
      location,
      properties: { provisioningState: 'Succeeded' },
    });
  }
  return [...groups.values()];
}

const resourceType = ({ id }: Resource): string => {
  const parts = providerPath(id);
  return parts ? typeOf(parts) : 'Microsoft.Resources/subscriptions/resourceGroups';
};

/** As the generic list shows a resource: without its properties. */
const summary = ({ properties: _, etag: __, ...shown }: Resource): Resource => ({ ...shown, id: shown.id });
