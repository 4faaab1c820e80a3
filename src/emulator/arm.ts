import { idKey, sameId } from '../model/ids.ts';
import * as a from './answers.ts';
import { refusedFor, shownBy } from './api-versions.ts';
import { collection, filtered, isRecordType } from './collections.ts';
import { graphAnswer } from './graph.ts';
import { page } from './page.ts';
import { above, isCollection, type ProviderPath, place, providerPath, typeOf } from './paths.ts';
import { type Asked, isDenied, readOf } from './permissions.ts';
import { groupsIn, subscriptionAnswer, subscriptionPath } from './subscriptions.ts';
import type { Resource, Tenant } from './tenant.ts';
import { written } from './writes.ts';

/** How Azure Resource Manager answers a question about this tenant. It only reads, unless it is told to take writes. */
export function arm(tenant: Tenant, takesWrites = false): (question: a.Question) => a.Answer {
  const failures = tenant.faults.map((fault) => ({ ...fault, left: fault.times ?? Number.POSITIVE_INFINITY }));
  return (question) => {
    const path = plain(question.url.pathname);
    if (path === null) return a.withIds(question, a.pathUnknown(question.url.pathname));
    const fault = failures.find(({ path: start, left }) => left > 0 && idKey(path).startsWith(idKey(start)));
    if (fault) fault.left -= 1;
    const answer = fault
      ? a.answer(fault.status, fault.body ?? '', fault.headers)
      : ask(tenant, question, path, takesWrites);
    return a.withIds(question, answer);
  };
}

/** The path without escapes and superfluous slashes; `null` for one that is badly escaped. */
function plain(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
      .replace(/\/{2,}/g, '/')
      .replace(/(?<=.)\/$/, '');
  } catch {
    return null;
  }
}

function ask(tenant: Tenant, question: a.Question, path: string, takesWrites: boolean): a.Answer {
  const { method, url } = question;
  const isGraph = sameId(path, '/providers/Microsoft.ResourceGraph/resources');
  if (method !== (isGraph ? 'POST' : 'GET'))
    return takesWrites ? written(tenant, question, path) : a.writeRefused(method);
  const version = url.searchParams.get('api-version');
  if (!version) return a.versionMissing();
  if (isGraph) return graphAnswer(tenant, question.body);

  const { subscription } = place(path);
  if (subscription !== null && !tenant.subscriptions.some((known) => sameId(known.subscriptionId, subscription)))
    return a.subscriptionNotFound(subscription);

  const parts = providerPath(path);
  const asked = parts ? provided(parts, path) : subscriptionPath(path);
  if (!asked) return a.pathUnknown(path);
  if (isDenied(tenant, asked.action, asked.scope)) return a.authorizationFailed(asked.action, asked.scope);

  if (!parts) {
    const supported = refusedFor('Microsoft.Resources', version, tenant);
    return supported ? a.versionRefused(version, supported) : subscriptionAnswer(tenant, path, url);
  }
  return providerAnswer(tenant, parts, path, version, url);
}

const provided = (parts: ProviderPath, path: string): Asked => ({
  action: readOf(typeOf(parts)),
  scope: isCollection(parts) ? above(path) : path,
});

function providerAnswer(tenant: Tenant, parts: ProviderPath, path: string, version: string, url: URL): a.Answer {
  const type = typeOf(parts);
  const found = tenant.resources.find(({ id }) => sameId(id, path));
  const supported = refusedFor(type, version, tenant);
  if (supported) {
    const location = typeof found?.['location'] === 'string' ? found['location'] : '';
    return a.providerVersionRefused(parts.types.join('/'), location, version, supported);
  }

  const { subscription, group } = place(path);
  if (
    group !== null &&
    subscription !== null &&
    !groupsIn(tenant, subscription).some(({ name }) => sameId(name, group))
  )
    return a.groupNotFound(group);
  const parent = parentOf(parts, path);
  if (parent !== null && !exists(tenant, parent.id)) return a.parentNotFound(parent.name);

  if (!isCollection(parts)) {
    const body = found ?? embedded(tenant, above(path)).find(({ id }) => sameId(id, path)) ?? anyScope(tenant, parts);
    if (body) return a.ok(shownBy(version, type, body));
    return isRecord(parts) && group !== null && subscription !== null
      ? a.recordNotFound(parts.names.at(-1) ?? '', group, subscription)
      : a.resourceNotFound(nameOf(parts), group);
  }
  if (found) return page(tenant, url, Array.isArray(found['value']) ? found['value'] : []);
  const filter = url.searchParams.get('$filter');
  const items = collection(tenant.resources, parts, path, filter);
  const kept = items && (items.length > 0 ? items : filtered(embedded(tenant, path), filter));
  if (!kept) return a.filterUnknown(filter ?? '');
  return page(
    tenant,
    url,
    kept.filter(({ id }) => !isDenied(tenant, readOf(type), id)).map((one) => shownBy(version, type, one)),
  );
}

/** The resource that a nested path is in, or that an extension is on. */
function parentOf({ scope, types, names }: ProviderPath, path: string): { id: string; name: string } | null {
  // The activity log: `eventtypes/management` is a part of its address and no resource.
  if (sameId(types[0] ?? '', 'eventtypes')) return null;
  const levels = types.length > names.length ? 1 : 2;
  if (types.length > 1)
    return { id: path.split('/').slice(0, -levels).join('/'), name: names.slice(0, types.length - 1).join('/') };
  const extended = providerPath(scope);
  return extended && place(scope).subscription !== null ? { id: scope, name: extended.names.join('/') } : null;
}

const exists = (tenant: Tenant, id: string): boolean =>
  tenant.resources.some((one) => sameId(one.id, id)) || embedded(tenant, above(id)).some((one) => sameId(one.id, id));

/** Children that live inside their parent's body: subnets of a network, connections of a registry. */
function embedded(tenant: Tenant, path: string): readonly Resource[] {
  const parent = tenant.resources.find(({ id }) => sameId(id, above(path)));
  const properties = parent?.['properties'];
  if (typeof properties !== 'object' || properties === null) return [];
  const key = path.slice(path.lastIndexOf('/') + 1);
  const children: unknown = Object.entries(properties).find(([name]) => sameId(name, key))?.[1];
  return Array.isArray(children) ? children.filter((child): child is Resource => typeof child?.id === 'string') : [];
}

/** A role is the same at every scope that may use it. */
const anyScope = (tenant: Tenant, parts: ProviderPath): Resource | undefined =>
  sameId(typeOf(parts), 'Microsoft.Authorization/roleDefinitions')
    ? tenant.resources.find(({ id }) => idKey(id).endsWith(idKey(`/roleDefinitions/${parts.names[0]}`)))
    : undefined;

const isRecord = ({ types: [type = '', recordType = ''] }: ProviderPath): boolean =>
  sameId(type, 'privateDnsZones') && isRecordType(recordType);

const nameOf = ({ namespace, types, names }: ProviderPath): string =>
  [namespace, ...types.flatMap((type, index) => [type, names[index] ?? ''])].join('/');
