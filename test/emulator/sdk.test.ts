import { ContainerRegistryManagementClient } from '@azure/arm-containerregistry';
import { NetworkManagementClient } from '@azure/arm-network';
import { PrivateDnsManagementClient } from '@azure/arm-privatedns';
import { describe, expect, test } from 'vitest';
import { demoTenant } from '../../src/emulator/demo.ts';
import { emulate } from '../../src/emulator/index.ts';

const production = '00000000-0000-0000-0000-000000000001';
const connectivity = '00000000-0000-0000-0000-000000000002';
const credential = { getToken: async () => ({ token: 'token', expiresOnTimestamp: Date.now() + 3_600_000 }) };

async function namesOf(items: AsyncIterable<{ readonly name?: string | undefined }>): Promise<(string | undefined)[]> {
  const names = [];
  for await (const { name } of items) names.push(name);
  return names;
}

describe("the Azure SDK's own clients read the demo tenant", () => {
  const { httpClient, requests } = emulate({ ...demoTenant(), pageSize: 2 });
  const options = { endpoint: 'https://management.azure.com', httpClient };

  test('registries, over several pages', async () => {
    const client = new ContainerRegistryManagementClient(credential, production, options);
    expect(await namesOf(client.registries.list())).toEqual([
      'contosoprod',
      'contosoedge',
      'contosopartner',
      'contosoarchive',
    ]);
    expect(requests.filter(({ path }) => path.includes('/registries'))).toHaveLength(2);
  });

  test('one registry', async () => {
    const client = new ContainerRegistryManagementClient(credential, production, options);
    const { sku, privateEndpointConnections } = await client.registries.get('rg-registries', 'contosoprod');
    expect([sku.name, privateEndpointConnections?.length]).toEqual(['Premium', 1]);
  });

  test('a private endpoint and its network interface', async () => {
    const client = new NetworkManagementClient(credential, connectivity, options);
    const endpoint = await client.privateEndpoints.get('rg-network', 'pe-contosoprod');
    const name = endpoint.networkInterfaces?.[0]?.id?.split('/').at(-1) ?? '';
    const { ipConfigurations } = await client.networkInterfaces.get('rg-network', name);
    expect(ipConfigurations?.map((one) => one.privateLinkConnectionProperties?.requiredMemberName)).toEqual([
      'registry',
      'registry_data_westeurope',
      'registry_data_northeurope',
      'registry_data_eastus2',
    ]);
  });

  test('records: one of a replica is missing', async () => {
    const client = new PrivateDnsManagementClient(credential, connectivity, options);
    const names = await namesOf(client.recordSets.listByType('rg-dns', 'privatelink.azurecr.io', 'A'));
    expect(names).toContain('contosoprod.northeurope.data');
    expect(names).not.toContain('contosoprod.eastus2.data');
  });

  test("Azure's refusal reaches them", async () => {
    const client = new ContainerRegistryManagementClient(credential, production, options);
    await expect(client.registries.get('rg-registries', 'gone')).rejects.toMatchObject({
      statusCode: 404,
      code: 'ResourceNotFound',
    });
  });

  test('and they cannot write', async () => {
    const client = new ContainerRegistryManagementClient(credential, production, options);
    await expect(client.registries.listCredentials('rg-registries', 'contosoprod')).rejects.toMatchObject({
      statusCode: 405,
    });
  });
});
