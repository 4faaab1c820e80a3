import * as v from 'valibot';
import type { DiagnosticSetting } from '../model/facets/diagnostic-settings.ts';
import type { RegistryCollector } from './collector.ts';
import { flag, maybe, read, text, told } from './read.ts';

/** One of the two names what is logged; the other is left out, or null. */
const logWire = v.pipe(
  v.object({ category: maybe(text), categoryGroup: maybe(text), enabled: told(flag) }),
  v.check(({ category, categoryGroup }) => category !== null || categoryGroup !== null, 'it names nothing'),
);

const wire = v.object({
  id: text,
  name: text,
  properties: v.object({
    workspaceId: maybe(text),
    storageAccountId: maybe(text),
    eventHubAuthorizationRuleId: maybe(text),
    serviceBusRuleId: maybe(text),
    marketplacePartnerId: maybe(text),
    logs: told(v.array(logWire)),
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
