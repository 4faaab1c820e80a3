import { expect, test } from 'vitest';
import { collect } from '../../src/collect/collect.ts';
import { withPrerequisites } from '../../src/collect/index.ts';
import { arm, azureWith, ownNetwork, registry } from '../azure/support.ts';

ownNetwork();

const collected = async () => {
  const asked = {
    registries: [registry],
    subscriptions: [],
    managementGroup: null,
    groups: [],
    tags: [],
    facets: withPrerequisites(['exportPipelines']),
  };
  const to = { tool: { name: 'acr-audit', version: '0' }, now: () => '2026-11-23T02:00:00Z', progress: () => {} };
  return (await collect(azureWith(), asked, to)).registries[0]?.facets.exportPipelines;
};

const withRegistry = (sku: string) =>
  arm()
    .get(registry)
    .query(true)
    .reply(200, { id: registry, name: 'contoso', location: 'westeurope', sku: { name: sku }, properties: {} });

const pipelines = () => arm().get(`${registry}/exportPipelines`).query({ 'api-version': '2025-06-01-preview' });

const pipeline = {
  id: `${registry}/exportPipelines/to-partner`,
  name: 'to-partner',
  type: 'Microsoft.ContainerRegistry/registries/exportPipelines',
  location: 'westeurope',
  identity: { type: 'SystemAssigned', principalId: '00000000-0000-0000-0000-000000000009' },
  properties: {
    target: {
      type: 'AzureStorageBlobContainer',
      uri: 'https://partner.blob.core.windows.net/images',
      keyVaultUri: 'https://vault.vault.azure.net/secrets/sas',
    },
    provisioningState: 'Succeeded',
  },
};

test('pipelines are told by name, without where they lead and which secret they use', async () => {
  withRegistry('Premium');
  pipelines().reply(200, { value: [pipeline] });
  expect(await collected()).toMatchObject({
    state: 'observed',
    value: [{ id: pipeline.id, name: 'to-partner' }],
  });
});

test('only the fields of the facet are kept', async () => {
  withRegistry('Premium');
  pipelines().reply(200, { value: [pipeline] });
  expect(JSON.stringify(await collected())).not.toMatch(/blob\.core|vault|principalId/);
});

test('a refusal is evidence that names the missing action', async () => {
  withRegistry('Premium');
  pipelines().reply(403, { error: { code: 'AuthorizationFailed', message: 'no' } });
  expect(await collected()).toMatchObject({
    state: 'denied',
    missing: [{ action: 'Microsoft.ContainerRegistry/registries/exportPipelines/read', scope: registry }],
  });
});

test('a Standard registry is not asked', async () => {
  withRegistry('Standard');
  expect(await collected()).toMatchObject({ state: 'observed', value: [] });
});
