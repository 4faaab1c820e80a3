import type { Registry } from '../../model/facets/registry.ts';
import { type NotApplicable, notApplicable, type Observation, type Unknown, untold } from '../../model/outcome.ts';
import { isBelowPremium } from '../../model/sku.ts';

/** Whom the registry's public endpoint answers: everybody, the listed networks, nobody. */
export type PublicAccess = 'open' | 'selected' | 'disabled';

/** `null` where Azure's answer does not tell. Basic and Standard have no rules, and nothing says so in the answer. */
export function publicAccess({ publicNetworkAccess, networkRuleSet, sku }: Registry): PublicAccess | null {
  if (publicNetworkAccess === 'Disabled') return 'disabled';
  if (publicNetworkAccess !== 'Enabled') return null;
  if (networkRuleSet === null) return isBelowPremium({ sku }) ? 'open' : null;
  if (networkRuleSet.defaultAction === 'Deny') return 'selected';
  return networkRuleSet.defaultAction === 'Allow' ? 'open' : null;
}

/** Why networks that nobody listed are refused, so that Azure's own services need the exception for trusted ones. */
function restrictedBy({ publicNetworkAccess, networkRuleSet }: Registry): Observation | null {
  if (publicNetworkAccess === 'Disabled') return { at: 'registry/publicNetworkAccess', saw: publicNetworkAccess };
  if (networkRuleSet?.defaultAction !== 'Deny') return null;
  return { at: 'registry/networkRuleSet/defaultAction', saw: networkRuleSet.defaultAction };
}

/** What restricts the registry's networks, or why a control of restricted registries has nothing to judge. */
export function restrictionOf(registry: Registry, whyNot: string): Observation | NotApplicable | Unknown {
  return (
    restrictedBy(registry) ??
    (publicAccess(registry) === 'open'
      ? notApplicable(whyNot)
      : untold("Azure's answer does not tell whether the registry refuses networks"))
  );
}
