import { expect, test } from 'vitest';
import { operationPaths } from '../../src/azure/operations.ts';
import { permissionsPage } from '../../src/dev/permissions.ts';
import { demoTenant } from '../../src/emulator/demo.ts';
import { providerPath, typeOf } from '../../src/emulator/paths.ts';
import { readOf } from '../../src/emulator/permissions.ts';
import { collectedBut, everyFacet } from '../emulated.ts';
import { roleTenant } from '../emulator/role-tenant.ts';

/** All that is asked of a tenant with something of every kind, and of registries that have contents. */
const asked: readonly string[] = (
  await Promise.all([roleTenant, demoTenant()].map((tenant) => collectedBut(tenant, everyFacet, () => false)))
).flatMap((one) => one.asked.map((path) => decodeURIComponent(path.replace(/\?.*/, ''))));

const acr = 'Microsoft.ContainerRegistry/registries';

/** What a registry itself wants for an answer; in the legacy permission mode it is one action. */
const ofContents: readonly (readonly [RegExp, string])[] = [
  [/^\/acr\/v1\/_catalog$/, `${acr}/catalog/read`],
  [/^\/acr\/v1\/.+\/_(tags|manifests)$/, `${acr}/repositories/metadata/read`],
  [/^\/v2\/.+\/(referrers|manifests)\//, `${acr}/repositories/content/read`],
  [/^\/(acr\/v1|v2)\//, `${acr}/pull/read`],
];

/** The actions that a question needs. Resource Graph wants none of its own. */
function actionsFor(path: string): readonly string[] {
  if (path === '/subscriptions') return ['Microsoft.Resources/subscriptions/read'];
  const parts = providerPath(path);
  if (parts) return /^Microsoft\.ResourceGraph$/i.test(parts.namespace) ? [] : [readOf(typeOf(parts))];
  return ofContents.flatMap(([pattern, action]) => (pattern.test(path) ? [action] : []));
}

const inOrder = (actions: Iterable<string>): readonly string[] =>
  [...new Set([...actions].map((action) => action.toLowerCase()))].sort();

test('every operation of the SDK that is named is for a path that some collector asks', () => {
  expect(operationPaths.filter((path) => !asked.some((one) => path.test(one))).map(({ source }) => source)).toEqual([]);
});

test('the page of permissions names every action that is asked for, and none that nothing asks', () => {
  const named = permissionsPage().matchAll(/Microsoft\.[\w./]+\/read/g);
  expect(inOrder([...named].map(([action]) => action))).toEqual(inOrder(asked.flatMap(actionsFor)));
});
