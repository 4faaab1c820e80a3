import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { emulate, type TenantDocument } from '../../src/emulator/index.ts';

const folder = new URL('../../fixtures/tenants/', import.meta.url);

/** Every object in a body, however deep. */
function objects(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(objects)];
}

const isResourceId = (text: unknown): text is string =>
  typeof text === 'string' && /^\/subscriptions\/[^/]+\/.*providers\//i.test(text);

/** Something with an id and a name is a resource, or a part of one; a bare id is a mention of one. */
const owned = (body: object): string[] =>
  objects(body).flatMap((one) => ('id' in one && 'name' in one && isResourceId(one.id) ? [one.id.toLowerCase()] : []));

const mentioned = (body: object): string[] =>
  objects(body).flatMap((one) => Object.entries(one).flat().filter(isResourceId));

for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  describe(file, () => {
    const tenant: TenantDocument = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

    test('can be served', () => expect(emulate(tenant).now).toBe(tenant.now));

    test('mentions no resource that it does not have', () => {
      // What another tenant refuses is not in this one.
      const refused = (tenant.faults ?? []).map(({ path }) => path.toLowerCase());
      const ids = new Set([
        ...tenant.resources.map(({ id }) => id.toLowerCase()),
        ...tenant.resources.flatMap(owned),
        ...refused,
      ]);
      const dangling = tenant.resources.flatMap(mentioned).filter((id) => !ids.has(id.toLowerCase()));
      expect([...new Set(dangling)]).toEqual([]);
    });

    test('shows network rules on Premium registries only, as Azure does', () => {
      const wrong = tenant.resources.filter(({ sku, properties }) => {
        const isPremium = JSON.stringify(sku ?? '').includes('Premium');
        return !isPremium && objects(properties).some((one) => 'networkRuleSet' in one);
      });
      expect(wrong).toEqual([]);
    });
  });
}
