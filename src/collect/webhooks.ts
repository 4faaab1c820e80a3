import * as v from 'valibot';
import type { Webhook } from '../model/facets/webhooks.ts';
import type { RegistryCollector } from './collector.ts';
import { listOf, maybe, member, read, text, told } from './read.ts';

const wire = v.object({
  id: text,
  name: text,
  properties: v.object({
    status: told(member('policyStatus')),
    scope: maybe(text),
    actions: listOf(v.pipe(text, v.toLowerCase())),
    provisioningState: told(member('provisioningState')),
  }),
});

export function parseWebhook(body: unknown): Webhook {
  const { properties, ...named } = read('a webhook', wire, body);
  return { ...named, ...properties };
}

/** The address and the headers of a webhook are only in its callback configuration, which is a secret: never asked. */
export const webhooks: RegistryCollector<'webhooks'> = {
  facet: 'webhooks',
  scope: 'registry',
  permissions: ['Microsoft.ContainerRegistry/registries/webhooks/read'],
  collect: async (azure, registry, { each }) =>
    each(await azure.list(`${registry.id}/webhooks`, '2025-11-01'), parseWebhook),
};
