import * as v from 'valibot';
import type { DiagnosticSetting } from '../model/facets/diagnostic-settings.ts';
import type { RegistryCollector } from './collector.ts';
import { flag, maybe, read, text, told } from './read.ts';

const wire = v.object({
  id: text,
  name: text,
  properties: v.object({
    workspaceId: maybe(text),
    storageAccountId: maybe(text),
    eventHubAuthorizationRuleId: maybe(text),
    serviceBusRuleId: maybe(text),
    marketplacePartnerId: maybe(text),
    logs: told(v.array(v.object({ category: maybe(text), categoryGroup: maybe(text), enabled: told(flag) }))),
  }),
});

export function parseDiagnosticSetting(body: unknown): DiagnosticSetting {
  const { id, name, properties } = read('a diagnostic setting', wire, body);
  const { logs, ...destinations } = properties;
  return {
    id,
    name,
    destinations: Object.values(destinations).flatMap((destination) => destination || []),
    logs: logs?.map(({ category, categoryGroup, enabled }) => ({ category, group: categoryGroup, enabled })) ?? null,
  };
}

export const diagnosticSettings: RegistryCollector<'diagnosticSettings'> = {
  facet: 'diagnosticSettings',
  scope: 'registry',
  permissions: ['Microsoft.Insights/diagnosticSettings/read'],
  collect: async (azure, registry, { each }) =>
    each(
      // The only api-version that knows category groups.
      await azure.list(`${registry.id}/providers/Microsoft.Insights/diagnosticSettings`, '2021-05-01-preview'),
      parseDiagnosticSetting,
    ),
};
