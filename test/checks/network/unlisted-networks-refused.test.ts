import check from '../../../checks/network/unlisted-networks-refused.ts';
import { acr, testCheck } from '../../support.ts';

const access = 'registry/publicNetworkAccess';
const action = 'registry/networkRuleSet/defaultAction';
const rules = (defaultAction: 'Allow' | 'Deny', ...ipRules: readonly string[]) => ({
  defaultAction,
  ipRules,
  virtualNetworkRules: null,
});

testCheck(check, [
  ['pass', 'public access is off', { registry: acr({ publicNetworkAccess: 'Disabled' }) }, { cites: [access] }],
  [
    'pass',
    'unlisted networks are denied',
    { registry: acr({ publicNetworkAccess: 'Enabled', networkRuleSet: rules('Deny') }) },
    { cites: [action] },
  ],
  [
    'fail',
    'unlisted networks are allowed',
    { registry: acr({ publicNetworkAccess: 'Enabled', networkRuleSet: rules('Allow') }) },
    { cites: [action], fix: /^Mend first .*\naz acr network-rule add .*\naz acr update .* --default-action Deny$/ },
  ],
  [
    'fail',
    'unlisted networks are allowed beside a list of some',
    { registry: acr({ publicNetworkAccess: 'Enabled', networkRuleSet: rules('Allow', '20.50.0.0/24') }) },
    { fix: /^Mend first .*private-dns-.*\naz acr update .* --default-action Deny$/ },
  ],
  [
    'fail',
    'Basic has no rules at all',
    { registry: acr({ publicNetworkAccess: 'Enabled', sku: 'Basic' }) },
    { cites: ['registry/sku'], fix: '--sku Premium' },
  ],
  [
    'unknown',
    'Premium came without rules',
    { registry: acr({ publicNetworkAccess: 'Enabled' }) },
    { says: "Azure's answer has no networkRuleSet" },
  ],
  [
    'unknown',
    'the rules came without what happens to others',
    { registry: acr({ publicNetworkAccess: 'Enabled', networkRuleSet: { ...rules('Deny'), defaultAction: null } }) },
    { says: "Azure's answer has no defaultAction" },
  ],
  [
    'unknown',
    'the SKU is a new one, and came without rules',
    { registry: acr({ publicNetworkAccess: 'Enabled', sku: 'Ultra' as never }) },
    { says: "sku is 'Ultra'" },
  ],
  ['unknown', 'ARM left publicNetworkAccess out', { registry: acr({ networkRuleSet: rules('Deny') }) }],
]);
