import * as v from 'valibot';
import { idKey } from '../model/ids.ts';

const json = v.looseObject({});

const resource = v.looseObject({ id: v.pipe(v.string(), v.startsWith('/')) });

const denied = v.strictObject({
  /** The id (or the beginning of the ids) that the client may not read. */
  scope: v.pipe(v.string(), v.startsWith('/')),
  /** The action that is missing, `*` for any part of it; every action where absent. */
  action: v.optional(v.string(), '*'),
});

/** What a `matches` text finds in a query; `null` where it cannot be read. */
export function pattern(matches: string): RegExp | null {
  const [, written] = /^\/(.+)\/$/.exec(matches) ?? [];
  try {
    return new RegExp(written ?? matches.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i');
  } catch {
    return null;
  }
}

const graphAnswer = v.strictObject({
  /** A part of the query in any casing, or a regular expression between slashes. */
  matches: v.pipe(
    v.string(),
    v.check((text) => pattern(text) !== null, 'This is no regular expression'),
  ),
  rows: v.array(json),
});

const manifest = v.strictObject({
  digest: v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]{64}$/)),
  tags: v.array(v.string()),
  lastUpdateTime: v.pipe(v.string(), v.isoTimestamp()),
  mediaType: v.optional(v.string(), 'application/vnd.oci.image.manifest.v1+json'),
  locked: v.optional(v.boolean(), false),
  imageSize: v.optional(v.number(), 1_000_000),
  /** The digests that it names, where it is an index. */
  children: v.optional(v.array(v.string()), []),
  /** The digest that it refers to. */
  subject: v.optional(v.string()),
  /** The envelope of its Notation signature, `cose` or `jws`; none where absent. */
  signature: v.optional(v.pipe(v.string(), v.regex(/^(cose|jws)$/))),
});

const fault = v.strictObject({
  /** The beginning of the paths that fail. */
  path: v.pipe(v.string(), v.startsWith('/')),
  status: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)),
  /** Text is sent as it is, anything else as JSON. */
  body: v.optional(v.unknown(), null),
  headers: v.optional(v.record(v.string(), v.string()), {}),
  /** How often it fails before the tenant answers; for ever where absent. */
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
});

const schema = v.strictObject({
  /** What "now" is in this tenant, so that ages and expiries in it don't drift. */
  now: v.pipe(v.string(), v.isoTimestamp()),
  tenantId: v.string(),
  subscriptions: v.pipe(
    v.array(v.strictObject({ subscriptionId: v.string(), displayName: v.string(), state: v.string() })),
    v.minLength(1),
  ),
  /** ARM bodies as a read answers them. An entry whose id ends in a collection's name answers that collection with its `value`. */
  resources: v.array(resource),
  /** The actions of the client's role, `*` for any part of one, at every scope; everything where absent. */
  allowed: v.optional(v.nullable(v.array(v.string())), null),
  denied: v.optional(v.array(denied), []),
  graph: v.optional(v.array(graphAnswer), []),
  /** What registries hold, by login server and repository; a registry that is not here is empty. */
  contents: v.optional(v.record(v.string(), v.record(v.string(), v.array(manifest))), {}),
  /** The only api-versions accepted for a type (or all types of a namespace), where they are not the usual ones. */
  apiVersions: v.optional(v.record(v.string(), v.array(v.string())), {}),
  pageSize: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 100),
  faults: v.optional(v.array(fault), []),
});

/** A tenant document as people write it (fixtures/tenants/*.json). */
export type TenantDocument = v.InferInput<typeof schema>;
/** The same with its defaults filled in. */
export type Tenant = v.InferOutput<typeof schema>;
export type Resource = Tenant['resources'][number];

/** A tenant document that cannot be served: says where and why. */
export class TenantError extends Error {
  override readonly name = 'TenantError';
}

/** Reads a tenant document. Throws a `TenantError` that names the first thing wrong with it. */
export function readTenant(document: unknown): Tenant {
  const result = v.safeParse(schema, document);
  if (!result.success) {
    const [issue] = result.issues;
    throw new TenantError(`The tenant document is wrong at ${v.getDotPath(issue) ?? 'its top'}: ${issue.message}.`);
  }
  const tenant = result.output;
  const subscriptions = new Set(tenant.subscriptions.map(({ subscriptionId }) => idKey(subscriptionId)));
  const seen = new Set<string>();
  for (const { id } of tenant.resources) {
    const subscription = /^\/subscriptions\/([^/]+)/i.exec(id)?.[1];
    if (subscription !== undefined && !subscriptions.has(idKey(subscription)))
      throw new TenantError(`The tenant has no subscription ${subscription}, in which ${id} is.`);
    if (seen.has(idKey(id))) throw new TenantError(`The tenant has two resources with the id ${id}.`);
    seen.add(idKey(id));
  }
  return tenant;
}

/** The same tenant, where the client has a role of these actions and no other. */
export const allowing = (tenant: TenantDocument, actions: readonly string[]): TenantDocument => ({
  ...tenant,
  allowed: [...actions],
});

/** The same tenant, where the client also may not do `action` at or below `scope`. */
export const denying = (tenant: TenantDocument, scope: string, action = '*'): TenantDocument => ({
  ...tenant,
  denied: [...(tenant.denied ?? []), { scope, action }],
});
