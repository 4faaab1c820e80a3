import { regionsKnown } from '../facts/posture/regions.ts';
import type { AnyCheck, OptionSpec } from '../model/check.ts';
import type { Rule } from '../model/rule.ts';
import { above, all, any, type Condition, exists, is, not } from './condition.ts';
import { property, propertyAt } from './properties.ts';

/**
 * The verdicts of a check as conditions on the registry alone, looked at in this order. Where none holds the check is
 * unknown: so neither absence nor a value nobody knows ever passes.
 */
export interface Form {
  /** There is nothing to judge. */
  readonly besides: Condition | null;
  readonly fails: Condition;
  readonly passes: Condition;
}

const sku = property('registry/sku');
const premium = is(sku, 'Premium');
const belowPremium = is(sku, 'Basic', 'Standard');

/** Of a feature that only Premium has. */
const onPremium = (fails: Condition, passes: Condition): Form => ({
  besides: belowPremium,
  fails: all(premium, fails),
  passes: all(premium, passes),
});

function ofRule({ at, wanted, unwanted = [], premium: feature, neverOn }: Rule): Form | null {
  const seen = propertyAt(at);
  if (seen === null) return null;
  const fails = typeof wanted === 'boolean' ? is(seen, !wanted) : is(seen, ...unwanted);
  const passes = is(seen, wanted);
  if (feature !== undefined) return onPremium(fails, passes);
  const besides = neverOn ? all(is(sku, ...neverOn.skus), any(not(exists(seen)), passes)) : null;
  return { besides, fails, passes };
}

const access = property('registry/publicNetworkAccess');
const rules = property('registry/networkRuleSet');
const action = property('registry/networkRuleSet/defaultAction');
const bypass = property('registry/networkRuleBypassOptions');
const exportStatus = property('registry/policies/export/status');
const retention = property('registry/policies/retention/status');
const days = property('registry/policies/retention/days');
const softDelete = property('registry/policies/softDelete/status');
const location = property('registry/location');

/** Basic and Standard have no rules. */
const open = all(is(access, 'Enabled'), any(is(action, 'Allow'), all(belowPremium, not(exists(rules)))));
const selected = all(is(access, 'Enabled'), is(action, 'Deny'));
const closed = is(access, 'Disabled');

type Written = (options: Readonly<Record<string, OptionSpec>>) => Form;

/** The checks that decide by more than one property and are written as code; a test holds both against each other. */
const written: Readonly<Record<string, Written>> = {
  'premium-sku': () => ({ besides: null, fails: belowPremium, passes: premium }),
  'public-network-access-disabled': () => onPremium(is(access, 'Enabled'), closed),
  'unlisted-networks-refused': () => ({ besides: null, fails: open, passes: any(closed, selected) }),
  'trusted-services-bypass': () => {
    const restricted = any(closed, selected);
    return {
      besides: open,
      fails: all(restricted, is(bypass, 'None')),
      passes: all(restricted, is(bypass, 'AzureServices')),
    };
  },
  'export-disabled': () => onPremium(is(exportStatus, 'enabled'), is(exportStatus, 'disabled')),
  'untagged-manifests-cleaned': ({ maxDays }) => {
    const most = maxDays?.kind === 'number' ? maxDays.default : 0;
    const on = is(retention, 'enabled');
    const kept = any(is(days, 0), above(days, most));
    return {
      besides: any(belowPremium, all(premium, is(softDelete, 'enabled'))),
      fails: all(premium, any(is(retention, 'disabled'), all(on, kept))),
      passes: all(premium, on, exists(days), not(kept)),
    };
  },
  'home-region-has-zones': () => ({
    besides: null,
    fails: is(location, ...regionsKnown(false)),
    passes: is(location, ...regionsKnown(true)),
  }),
};

/** The conditions of a check, from its rule where it states one; null where it has none. */
export function formOf(check: AnyCheck): Form | null {
  if (check.rule) return ofRule(check.rule);
  return Object.hasOwn(written, check.id) ? (written[check.id]?.(check.options ?? {}) ?? null) : null;
}

/** What flags a registry: it fails, and it is not one of those with nothing to judge. */
export const flaggedBy = ({ besides, fails }: Form): Condition => (besides === null ? fails : all(not(besides), fails));
