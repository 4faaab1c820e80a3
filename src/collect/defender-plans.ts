import * as v from 'valibot';
import type { DefenderPlan } from '../model/facets/defender-plans.ts';
import type { SubscriptionCollector } from './collector.ts';
import { flag, listOrNone, member, read, text, told } from './read.ts';

const wire = v.object({
  name: text,
  properties: v.object({
    pricingTier: told(member('pricingTier')),
    resourcesCoverageStatus: told(text),
    // Left out where a plan has none.
    extensions: listOrNone(
      v.object({
        name: told(text),
        isEnabled: told(v.union([text, flag])),
        operationStatus: told(v.object({ code: told(text) })),
      }),
    ),
  }),
});

export function parseDefenderPlan(body: unknown): DefenderPlan {
  const { name, properties } = read('a Defender plan', wire, body);
  return {
    name,
    tier: properties.pricingTier,
    extensions: properties.extensions.map((extension) => ({
      name: extension.name,
      enabled: asFlag(extension.isEnabled),
      outcome: extension.operationStatus?.code ?? null,
    })),
    coverage: properties.resourcesCoverageStatus,
  };
}

/** ARM sends "True" and "False" as text. */
function asFlag(sent: string | boolean | null): boolean | null {
  const said = String(sent).toLowerCase();
  return said === 'true' ? true : said === 'false' ? false : null;
}

export const defenderPlans: SubscriptionCollector<'defenderPlans'> = {
  facet: 'defenderPlans',
  scope: 'subscription',
  permissions: ['Microsoft.Security/pricings/read'],
  collect: async (azure, subscription, { each }) =>
    // The SDK speaks 2022-03-01, which has no extensions; they are what decides.
    each(await azure.list(`${subscription.id}/providers/Microsoft.Security/pricings`, '2024-01-01'), parseDefenderPlan),
};
