import { expect, test } from 'vitest';
import { parseId } from '../../src/model/ids.ts';

const group = '/subscriptions/s/resourceGroups/g';

test.each([
  [`${group}/providers/Microsoft.ContainerRegistry/registries/contoso`, 'contoso'],
  [`${group}/providers/Microsoft.Network/virtualNetworks/hub/subnets/pe`, 'pe'],
  ['/SUBSCRIPTIONS/s/resourcegroups/g/PROVIDERS/x/y/z', 'z'],
])('%s is a resource', (id, name) => {
  expect(parseId(id)).toEqual({ subscription: 's', resourceGroup: 'g', name });
});

test.each(['', '/subscriptions/s', group, `${group}/providers/Microsoft.Network`, `${group}/providers/a/b`])(
  "'%s' is no resource in a group",
  (id) => {
    expect(parseId(id)).toBeNull();
  },
);
