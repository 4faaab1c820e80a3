import * as v from 'valibot';
import type { Usage } from '../model/facets/usages.ts';
import type { RegistryCollector } from './collector.ts';
import { number, read, text, told } from './read.ts';

const wire = v.object({
  name: text,
  limit: told(number),
  currentValue: told(number),
});

export const parseUsage = (body: unknown): Usage => read('a usage', wire, body);

export const usages: RegistryCollector<'usages'> = {
  facet: 'usages',
  scope: 'registry',
  permissions: ['Microsoft.ContainerRegistry/registries/listUsages/read'],
  collect: async (azure, registry, { each }) =>
    each(await azure.list(`${registry.id}/listUsages`, '2025-11-01'), parseUsage),
};
