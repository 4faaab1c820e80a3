import * as v from 'valibot';
import type { ExportPipeline } from '../model/facets/export-pipelines.ts';
import { isBelowPremium } from '../model/sku.ts';
import type { RegistryCollector } from './collector.ts';
import { read, text } from './read.ts';

/** The newest that has pipelines: Azure/azure-rest-api-specs, containerregistry 2025-06-01-preview; no stable one has. */
const apiVersion = '2025-06-01-preview';

const wire = v.object({ id: text, name: text });

const parseExportPipeline = (body: unknown): ExportPipeline => read('an export pipeline', wire, body);

export const exportPipelines: RegistryCollector<'exportPipelines'> = {
  facet: 'exportPipelines',
  scope: 'registry',
  permissions: ['Microsoft.ContainerRegistry/registries/exportPipelines/read'],
  async collect(azure, registry, { each }) {
    // Only Premium can have pipelines, and a Basic or Standard registry need not be asked.
    if (isBelowPremium(registry)) return [];
    return each(await azure.list(`${registry.id}/exportPipelines`, apiVersion), parseExportPipeline);
  },
};
