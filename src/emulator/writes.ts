import { refusedApproval } from '../commands/constraints.ts';
import { idKey, lastPart, sameId } from '../model/ids.ts';
import * as a from './answers.ts';
import { refusedFor, shownBy } from './api-versions.ts';
import { found, isJson, type Json, keep, merged, objectAt, objectsAt, propertiesOf, textAt } from './bodies.ts';
import { above, providerPath, typeOf } from './paths.ts';
import { isDenied } from './permissions.ts';
import type { Resource, Tenant } from './tenant.ts';
import { leave, taken } from './write-effects.ts';
import { refusedWrite } from './write-refusals.ts';

/** Takes a client's write into the tenant, or refuses it as Azure does. For tests alone: the tenant changes. */
export function written(tenant: Tenant, { method, url, body }: a.Question, path: string): a.Answer {
  const version = url.searchParams.get('api-version');
  if (!version) return a.versionMissing();
  const given = parsed(body);
  if (given === null) return a.bodyUnreadable();
  const generated = /^(.+)\/generateCredentials$/i.exec(path);
  if (method === 'POST' && generated?.[1]) return generate(tenant, generated[1], given);
  const parts = providerPath(path);
  if (!parts || method === 'POST') return a.writeRefused(method);
  const type = typeOf(parts);
  const action = `${type}/${method === 'DELETE' ? 'delete' : 'write'}`;
  if (isDenied(tenant, action, path)) return a.authorizationFailed(action, path);
  const supported = refusedFor(type, version, tenant);
  if (supported) return a.providerVersionRefused(parts.types.join('/'), '', version, supported);

  const before = found(tenant, path) ?? null;
  if (method !== 'PUT' && before === null) {
    if (connection(tenant, path)) return onConnection(tenant, method, path, given);
    return method === 'DELETE' ? a.answer(204, '') : a.resourceNotFound(`${type}/${lastPart(path)}`, null);
  }
  if (method === 'PUT' && before === null && connection(tenant, path)) return onConnection(tenant, method, path, given);
  const parent = above(above(path));
  if (before === null && parts.types.length > 1 && !found(tenant, parent)) return a.parentNotFound(lastPart(parent));
  const id = before?.id ?? path;
  const after = method === 'DELETE' ? null : bodyAfter(method, before, { ...given, id, type, name: lastPart(path) });
  const refusal = refusedWrite(tenant, { parts, id, before, after, apiVersion: version, isPut: method === 'PUT' });
  if (refusal) return a.refused(refusal);
  if (after === null) {
    if (before) leave(tenant, parts, before);
    return a.ok('');
  }
  const kept = taken(tenant, parts, after);
  keep(tenant, kept);
  return a.answer(before ? 200 : 201, shownBy(version, type, kept));
}

/** A PUT keeps what the service itself has put there; a PATCH keeps everything that it does not name. */
function bodyAfter(method: string, before: Json | null, given: Resource): Resource {
  if (method === 'PATCH') return { ...given, ...merged(before ?? {}, given), id: given.id };
  const readOnly = ['loginServer', 'creationDate', 'privateEndpointConnections'];
  const was = propertiesOf(before ?? {});
  const properties = merged(
    objectAt(given, 'properties'),
    Object.fromEntries(readOnly.flatMap((key) => (was[key] === undefined ? [] : [[key, was[key]]]))),
  );
  return { ...given, properties };
}

function parsed(body: string | null): Json | null {
  if (body === null || body === '') return {};
  try {
    const value: unknown = JSON.parse(body);
    return isJson(value) ? value : null;
  } catch {
    return null;
  }
}

/** Connections of a registry live in its body. */
const connection = (tenant: Tenant, path: string): Json | undefined =>
  /\/privateEndpointConnections\/[^/]+$/i.test(path)
    ? objectsAt(propertiesOf(found(tenant, above(above(path))) ?? {}), 'privateEndpointConnections').find((one) =>
        sameId(textAt(one, 'id') ?? '', path),
      )
    : undefined;

function onConnection(tenant: Tenant, method: string, path: string, given: Json): a.Answer {
  const registry = found(tenant, above(above(path)));
  const before = connection(tenant, path);
  if (!registry || !before) return a.answer(204, '');
  const status = (one: Json) => textAt(objectAt(propertiesOf(one), 'privateLinkServiceConnectionState'), 'status');
  const wanted = status(given);
  const name = lastPart(path);
  const refusal =
    method !== 'DELETE' && wanted === 'Approved' ? refusedApproval([{ name, status: status(before) }], name) : null;
  if (refusal) return a.refused(refusal);
  const after = method === 'DELETE' ? [] : [merged(before, { properties: objectAt(given, 'properties') })];
  const all = objectsAt(propertiesOf(registry), 'privateEndpointConnections').flatMap((one) =>
    one === before ? after : [one],
  );
  keep(tenant, { ...registry, properties: { ...propertiesOf(registry), privateEndpointConnections: all } });
  return a.ok(after[0] ?? '');
}

/** A password of a token: its dates are kept, by the clock that az counts its days from; its value is no real one. */
function generate(tenant: Tenant, registry: string, given: Json): a.Answer {
  const token = found(tenant, textAt(given, 'tokenId') ?? `${registry}/tokens/`);
  if (!token) return a.resourceNotFound(textAt(given, 'tokenId') ?? '', null);
  const credentials = objectAt(propertiesOf(token), 'credentials');
  const name = textAt(given, 'name') ?? 'password1';
  const fresh = {
    name,
    creationTime: new Date().toISOString(),
    ...(given['expiry'] ? { expiry: given['expiry'] } : {}),
  };
  const passwords = [
    ...objectsAt(credentials, 'passwords').filter((one) => idKey(textAt(one, 'name') ?? '') !== idKey(name)),
    fresh,
  ];
  const properties = { ...propertiesOf(token), credentials: { ...credentials, passwords } };
  keep(tenant, { ...token, properties });
  return a.ok({
    username: lastPart(token.id),
    passwords: passwords.map((one) => ({ ...one, value: 'emulated, and good for nothing' })),
  });
}
