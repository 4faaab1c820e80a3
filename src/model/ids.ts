/** The parts of an ARM resource id. ARM changes the casing between answers: compare ids with `sameId` only. */
export interface ResourceId {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly name: string;
}

const resourceId =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/[^/]+(?:\/[^/]+\/[^/]+)*\/[^/]+\/([^/]+)$/i;

/** `null` for anything that is not the id of a resource in a resource group. */
export function parseId(id: string): ResourceId | null {
  const [, subscription, resourceGroup, name] = resourceId.exec(id) ?? [];
  if (subscription === undefined || resourceGroup === undefined || name === undefined) return null;
  return { subscription, resourceGroup, name };
}

export const idKey = (id: string): string => id.toLowerCase();

/** Whether two ids name one resource: Azure does not keep their case. */
export const sameId = (a: string, b: string): boolean => idKey(a) === idKey(b);

/** The name at the end of an id, or of any path. */
export const lastPart = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

/** The id `levels` resources up: the network of a subnet's id is one level up. */
export const parentId = (id: string, levels = 1): string =>
  id
    .split('/')
    .slice(0, -2 * levels)
    .join('/');

/** Locale-free order, so that the same input gives the same bytes on every machine. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The first of each key: what is named twice, in another casing or by id and by name, is there once. */
export const distinct = <T>(items: readonly T[], key: (item: T) => string): T[] =>
  [...new Map(items.map((item) => [key(item), item] as const).reverse()).values()].reverse();

/** Ids without their repetitions in another casing; of several spellings the last. */
export const distinctIds = (ids: readonly string[]): string[] => [
  ...new Map(ids.map((id) => [idKey(id), id])).values(),
];

/** The order of ids, whatever their casing. */
export const byIdKey = (a: string, b: string): number => byText(idKey(a), idKey(b));

export const byId = (a: { readonly id: string }, b: { readonly id: string }): number => byIdKey(a.id, b.id);

/** The subscription that a resource is in: `/subscriptions/<guid>`. */
export const subscriptionOf = (id: string): string => id.split('/').slice(0, 3).join('/');

/** The guid of that subscription; of anything that is not an id, the text itself. */
export const subscriptionGuid = (id: string): string => /^\/subscriptions\/([^/]+)/i.exec(id)?.[1] ?? id;

/** The value of a tag of a resource; Azure takes no notice of the case of its name. `null` where there is none. */
export function tagOf(tags: Readonly<Record<string, string>>, name: string): string | null {
  const found = Object.keys(tags).find((key) => idKey(key) === idKey(name));
  return found === undefined ? null : (tags[found] ?? null);
}

/** Whether there is such a tag, `KEY` or `KEY=VALUE`. */
export function hasTag(tags: Readonly<Record<string, string>>, tag: string): boolean {
  const [key = '', ...value] = tag.split('=');
  const said = tagOf(tags, key);
  return said !== null && (value.length === 0 || said === value.join('='));
}
