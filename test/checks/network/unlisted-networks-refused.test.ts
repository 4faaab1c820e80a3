import check from '../../../checks/network/unlisted-networks-refused.ts';
import { acr, testCheck } from '../../support.ts';

const access = 'registry/publicNetworkAccess';
const action = 'registry/networkRuleSet/defaultAction';
const rules = (defaultAction: 'Allow' | 'Deny') => ({ defaultAction, ipRules: [], virtualNetworkRules: null });

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
    { cites: [action] },
  ],
  [
    'fail',
    'Basic has no rules at all',
    { registry: acr({ publicNetworkAccess: 'Enabled', sku: 'Basic' }) },
    { cites: ['registry/sku'], fix: '--sku Premium' },
  ],
  ['unknown', 'Premium came without rules', { registry: acr({ publicNetworkAccess: 'Enabled' }) }],
  ['unknown', 'ARM left publicNetworkAccess out', { registry: acr({ networkRuleSet: rules('Deny') }) }],
]);
