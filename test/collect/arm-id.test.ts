import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { armId } from '../../src/collect/read.ts';
import { parseRegistry } from '../../src/collect/registry.ts';

const group = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg';
const registries = `${group}/providers/Microsoft.ContainerRegistry/registries`;

/** What Azure answers as an id becomes the path of a question: nothing in it may lead anywhere else. */
const refused: readonly (readonly [what: string, id: string])[] = [
  ['an action that returns a secret', `${registries}/r/listCredentials`],
  ['the same behind an encoded slash', `${registries}/r%2flistCredentials`],
  ['a way up', `${registries}/..`],
  ['a way up in the middle', `${registries}/../registries/r`],
  ['here', `${registries}/.`],
  ['a query', `${registries}/r?api-version=1`],
  ['a fragment', `${registries}/r#x`],
  ['a port', `${registries}/r:80`],
  ['a backslash', `${registries}/r\\x`],
  ['a space', `${registries}/r x`],
  ['a line break', `${registries}/r\nx`],
  ['an empty name', `${registries}/`],
  ['two slashes', `${registries}//r`],
  ['another host', `https://evil.example${registries}/r`],
  ['a host without a scheme', `//evil.example${registries}/r`],
  ['what makes a host invalid', '.x'],
  ['a scope that is no resource', group],
];

describe('an id of a resource', () => {
  test.each(refused)('is none with %s', (_, id) => {
    expect(v.is(armId, id)).toBe(false);
  });

  test.each([
    `${registries}/contoso`,
    `${registries.toUpperCase()}/CONTOSO`,
    `${registries}/contoso/replications/westeurope`,
    `${group}/providers/Microsoft.Network/privateEndpoints/pe-1.a_b(c)/privateDnsZoneGroups/default`,
    `${group}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io`,
  ])('is %s', (id) => {
    expect(v.is(armId, id)).toBe(true);
  });

  test.each(refused)('of a registry with %s makes the registry unreadable', (_, id) => {
    expect(() => parseRegistry({ id, name: 'r', location: 'westeurope', properties: {} }, '2025-11-01')).toThrow(
      "Azure's answer for a registry",
    );
  });
});
