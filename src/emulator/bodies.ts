import { asMember, type KnownEnum, type OpenEnum } from '../model/enums.ts';
import { sameId } from '../model/ids.ts';
import type { Resource, Tenant } from './tenant.ts';

/** A JSON object of a body that is read piece by piece. */
export type Json = Record<string, unknown>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object at a key, empty where there is none. */
export const objectAt = (body: Json, key: string): Json => {
  const value = body[key];
  return isJson(value) ? value : {};
};

/** The objects of a list at a key. */
export const objectsAt = (body: Json, key: string): readonly Json[] => {
  const value = body[key];
  return Array.isArray(value) ? value.filter(isJson) : [];
};

export const textAt = (body: Json, key: string): string | null => {
  const value = body[key];
  return typeof value === 'string' ? value : null;
};

/** A text of a closed set, in the model's spelling. */
export const memberAt = <E extends KnownEnum>(body: Json, key: string, name: E): OpenEnum<E> | null => {
  const text = textAt(body, key);
  return text === null ? null : asMember(name, text);
};

export const propertiesOf = (resource: Json): Json => objectAt(resource, 'properties');

export const found = (tenant: Tenant, id: string): Resource | undefined =>
  tenant.resources.find((one) => sameId(one.id, id));

/** Puts a resource in the place of the one of its id, or at the end. */
export function keep(tenant: Tenant, resource: Resource): void {
  const at = tenant.resources.findIndex(({ id }) => sameId(id, resource.id));
  if (at < 0) tenant.resources.push(resource);
  else tenant.resources[at] = resource;
}

/** Takes away what the test says. */
export function drop(tenant: Tenant, is: (resource: Resource) => boolean): void {
  const kept = tenant.resources.filter((one) => !is(one));
  tenant.resources.splice(0, tenant.resources.length, ...kept);
}

/** A body with a change laid over it, as PATCH does: objects are merged, lists and values replaced, null removes. */
export function merged(body: Json, change: Json): Json {
  const all = { ...body };
  for (const [key, value] of Object.entries(change)) {
    const before = all[key];
    if (value === null) Reflect.deleteProperty(all, key);
    else all[key] = isJson(value) && isJson(before) ? merged(before, value) : value;
  }
  return all;
}

/** A resource with some of its properties changed. */
export const having = (resource: Resource, change: Json): Resource => ({
  ...resource,
  properties: merged(propertiesOf(resource), change),
});
