import * as v from 'valibot';
import type { ImportPipeline } from '../model/facets/import-pipelines.ts';
import { isBelowPremium } from '../model/sku.ts';
import type { RegistryCollector } from './collector.ts';
import { maybe, member, read, text, texts, told } from './read.ts';

/** The newest that has pipelines: Azure/azure-rest-api-specs, containerregistry 2025-06-01-preview; no stable one has. */
const apiVersion = '2025-06-01-preview';

const wire = v.object({
  id: text,
  name: text,
  properties: v.object({
    source: maybe(v.object({ uri: maybe(text), keyVaultUri: maybe(text) })),
    trigger: told(v.object({ sourceTrigger: told(v.object({ status: told(member('enabledDisabled')) })) })),
    options: told(texts),
  }),
});

export function parseImportPipeline(body: unknown): ImportPipeline {
  const { id, name, properties } = read('an import pipeline', wire, body);
  const [, account = null, container = null] =
    /^https:\/\/([a-z0-9]{3,24})(?:\.z\d\d)?\.blob\.[\w.]+\/([^/?#]+)/.exec(
      properties.source?.uri?.toLowerCase() ?? '',
    ) ?? [];
  return {
    id,
    name,
    account,
    container,
    bySas: properties.source?.keyVaultUri != null,
    trigger: properties.trigger?.sourceTrigger?.status ?? null,
    options: properties.options,
  };
}

export const importPipelines: RegistryCollector<'importPipelines'> = {
  facet: 'importPipelines',
  scope: 'registry',
  permissions: ['Microsoft.ContainerRegistry/registries/importPipelines/read'],
  async collect(azure, registry, { each }) {
    // Only Premium can have pipelines, and a Basic or Standard registry need not be asked.
    if (isBelowPremium(registry)) return [];
    return each(await azure.list(`${registry.id}/importPipelines`, apiVersion), parseImportPipeline);
  },
};
