import type { Registry } from '../../model/facets/registry.ts';
import {
  type NotApplicable,
  notApplicable,
  notSaid,
  type Observation,
  type Observations,
  type Unknown,
  untold,
} from '../../model/outcome.ts';
import { isBelowPremium } from '../../model/sku.ts';

/** Whether the registry's public endpoint answers every network, listed ones, or none. */
export type PublicAccess = 'open' | 'selected' | 'disabled';

/** Whom the public endpoint answers. */
export interface PublicSide {
  readonly access: PublicAccess;
  /** `nobody` also where only listed networks are answered and none is listed. */
  readonly admits: 'everybody' | 'listed' | 'nobody' | Unknown;
  readonly seen: Observations;
}

/** Whom the registry's public endpoint answers: the only place that says so. */
export function publicSide(registry: Registry): PublicSide | Unknown {
  const found = accessOf(registry);
  if ('verdict' in found) return found;
  switch (found.access) {
    case 'open':
      return { ...found, admits: 'everybody' };
    case 'disabled':
      return { ...found, admits: 'nobody' };
    case 'selected':
      return { access: 'selected', ...admittedBy(registry, found.seen) };
  }
}

type Access = Pick<PublicSide, 'access' | 'seen'>;

/** Basic and Standard have no rules. */
function accessOf(registry: Registry): Access | Unknown {
  const { publicNetworkAccess: saw } = registry;
  const access: Observation = { at: 'registry/publicNetworkAccess', saw };
  if (saw === 'Disabled') return { access: 'disabled', seen: [access] };
  if (saw !== 'Enabled') return notSaid(access.at, saw);
  const { networkRuleSet: rules } = registry;
  if (rules === null)
    return isBelowPremium(registry)
      ? { access: 'open', seen: [access, { at: 'registry/sku', saw: registry.sku }] }
      : notSaid('registry/networkRuleSet', null);
  const action: Observation = { at: 'registry/networkRuleSet/defaultAction', saw: rules.defaultAction };
  switch (rules.defaultAction) {
    case 'Allow':
      return { access: 'open', seen: [access, action] };
    case 'Deny':
      return { access: 'selected', seen: [access, action] };
    default:
      return notSaid(action.at, rules.defaultAction);
  }
}

function admittedBy(
  { networkRuleSet }: Registry,
  [access, ...others]: Observations,
): Pick<PublicSide, 'admits' | 'seen'> {
  const { ipRules = null, virtualNetworkRules = null } = networkRuleSet ?? {};
  const ips: Observation = { at: 'registry/networkRuleSet/ipRules', saw: ipRules };
  const subnets: Observation = { at: 'registry/networkRuleSet/virtualNetworkRules', saw: virtualNetworkRules };
  if (ipRules?.length) return { admits: 'listed', seen: [access, ...others, ips] };
  if (virtualNetworkRules?.length) return { admits: 'listed', seen: [access, ...others, subnets] };
  const seen: Observations = [access, ...others, ips, ...(virtualNetworkRules === null ? [] : [subnets])];
  if (ipRules === null) return { admits: notSaid(ips.at, null), seen };
  return virtualNetworkRules === null
    ? { admits: untold('no address is allowed, and this api-version does not answer which subnets are'), seen }
    : { admits: 'nobody', seen };
}

/** `null` where Azure's answer does not tell. */
export function publicAccess(registry: Registry): PublicAccess | null {
  const side = accessOf(registry);
  return 'verdict' in side ? null : side.access;
}

/** Why a rule may let in what comes from Azure's own machines; `null` where no address is allowed. */
export const mayListTasks = (registry: Registry): Unknown | null =>
  publicAccess(registry) === 'selected' && registry.networkRuleSet?.ipRules?.length !== 0
    ? untold('a rule may list the addresses of the service tag AzureContainerRegistry')
    : null;

/** What restricts the registry's networks, or why a control of restricted registries has nothing to judge. */
export function restrictionOf(registry: Registry, whyNot: string): Observation | NotApplicable | Unknown {
  const side = accessOf(registry);
  if ('verdict' in side) return side;
  const [access, action] = side.seen;
  if (side.access === 'open') return notApplicable(whyNot);
  return side.access === 'disabled' ? access : (action ?? access);
}
