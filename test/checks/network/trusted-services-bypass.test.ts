import check from '../../../checks/network/trusted-services-bypass.ts';
import type { DefenderPlan } from '../../../src/model/facets/defender-plans.ts';
import { acr, registryId, testCheck } from '../../support.ts';

const restricted = { publicNetworkAccess: 'Disabled' } as const;
const bypass = 'registry/networkRuleBypassOptions';
const noPlans = { defenderPlans: [], cacheRules: [] };
const scanning = (enabled: boolean): DefenderPlan => ({
  name: 'Containers',
  tier: 'Standard',
  extensions: [{ name: 'ContainerRegistriesVulnerabilityAssessments', enabled, outcome: null }],
  coverage: null,
});
const cacheRule = {
  id: `${registryId}/cacheRules/hub`,
  name: 'hub',
  source: 'docker.io/library/*',
  target: 'hub/*',
  credentialSet: null,
  identity: null,
};
const shut = acr({ ...restricted, networkRuleBypassOptions: 'None' });

testCheck(check, [
  [
    'pass',
    'public access is off and trusted services pass',
    { registry: acr({ ...restricted, networkRuleBypassOptions: 'AzureServices' }), ...noPlans },
    { cites: [bypass, 'registry/publicNetworkAccess'] },
  ],
  [
    'pass',
    'only listed networks are answered and trusted services pass',
    {
      registry: acr({
        publicNetworkAccess: 'Enabled',
        networkRuleSet: { defaultAction: 'Deny', ipRules: [], virtualNetworkRules: null },
        networkRuleBypassOptions: 'AzureServices',
      }),
      ...noPlans,
    },
    { cites: [bypass, 'registry/networkRuleSet/defaultAction'], says: 'Container Apps and App Service are not among' },
  ],
  [
    'fail',
    'nothing of the registry uses them, for imports and two services are still cut off',
    { registry: shut, ...noPlans },
    {
      says: /^The network rules cut off az acr import.*Machine Learning.*Container Instances; ACR Tasks, Container Apps and App Service are not among/,
      fix: '--allow-trusted-services true',
    },
  ],
  [
    'fail',
    'Defender scans the registries',
    { registry: shut, defenderPlans: [scanning(true)], cacheRules: [] },
    { says: 'never scanned' },
  ],
  [
    'fail',
    'the plan is bought without its registry extension',
    { registry: shut, defenderPlans: [scanning(false)], cacheRules: [] },
    { says: /^(?!.*Defender)/ },
  ],
  [
    'fail',
    'there are cache rules',
    { registry: shut, defenderPlans: [], cacheRules: [cacheRule] },
    { says: 'cannot fill: hub' },
  ],
  [
    'not-applicable',
    'every network is answered',
    { registry: acr({ sku: 'Basic', publicNetworkAccess: 'Enabled', networkRuleBypassOptions: 'None' }), ...noPlans },
    { says: 'every network may come' },
  ],
  [
    'unknown',
    'ARM left the exception out',
    { registry: acr(restricted), ...noPlans },
    { says: 'networkRuleBypassOptions' },
  ],
  [
    'unknown',
    'Premium came without rules',
    { registry: acr({ publicNetworkAccess: 'Enabled', networkRuleBypassOptions: 'None' }), ...noPlans },
    { says: 'networkRuleSet' },
  ],
]);
