import * as v from 'valibot';
import type { Usage } from '../model/facets/usages.ts';
import type { RegistryCollector } from './collector.ts';
import { maybe, number, read, text } from './read.ts';

const wire = v.object({
  name: text,
  unit: maybe(text),
  limit: maybe(number),
  currentValue: maybe(number),
});

export const parseUsage = (body: unknown): Usage => read('a usage', wire, body);

export const usages: RegistryCollector<'usages'> = {
  facet: 'usages',
  scope: 'registry',
  permissions: ['Microsoft.ContainerRegistry/registries/listUsages/read'],
  async collect(azure, registry) {
    const items = await azure.list(`${registry.id}/listUsages`, '2025-11-01');
    return items.map(parseUsage);
  },
};
