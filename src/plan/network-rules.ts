import type { AzStep } from '../model/step.ts';
import { onRegistry } from './az.ts';
import { word } from './private-dns.ts';

/** `az acr network-rule remove` of an address or range. */
export const removeIpRule = (range: string): AzStep => ({
  az: `az acr network-rule remove --name <registry> --resource-group <group> --subscription <subscription> --ip-address ${word(range)}`,
  effect: onRegistry((registry) => {
    const rules = registry.networkRuleSet;
    if (!rules?.ipRules) return registry;
    return { ...registry, networkRuleSet: { ...rules, ipRules: rules.ipRules.filter((rule) => rule !== range) } };
  }),
});
