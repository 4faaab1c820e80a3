import type { AzStep } from '../model/step.ts';
import { onRegistry } from './az.ts';
import { word } from './private-dns.ts';

/** `az acr network-rule add` of an address or range; ARM refuses it below Premium. */
export const addIpRule = (range: string): AzStep => ({
  az: `az acr network-rule add --name <registry> --resource-group <group> --subscription <subscription> --ip-address ${word(range)}`,
  effect: onRegistry((registry) => {
    if (registry.sku !== 'Premium') return { refused: 'network rules need Premium' };
    const rules = registry.networkRuleSet ?? { defaultAction: 'Allow', ipRules: [], virtualNetworkRules: null };
    return { ...registry, networkRuleSet: { ...rules, ipRules: [...(rules.ipRules ?? []), range] } };
  }),
});

/** `az acr network-rule remove` of an address or range. */
export const removeIpRule = (range: string): AzStep => ({
  az: `az acr network-rule remove --name <registry> --resource-group <group> --subscription <subscription> --ip-address ${word(range)}`,
  effect: onRegistry((registry) => {
    const rules = registry.networkRuleSet;
    if (!rules?.ipRules) return registry;
    return { ...registry, networkRuleSet: { ...rules, ipRules: rules.ipRules.filter((rule) => rule !== range) } };
  }),
});
