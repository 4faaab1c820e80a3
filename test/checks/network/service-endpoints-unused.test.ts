import check from '../../../checks/network/service-endpoints-unused.ts';
import { connection, network, networkId } from '../../private-path.ts';
import { acr, testCheck } from '../../support.ts';

const rules = 'registry/networkRuleSet/virtualNetworkRules';
const registry = (
  virtualNetworkRules: readonly string[] | null,
  publicNetworkAccess: 'Enabled' | 'Disabled' = 'Enabled',
) => acr({ publicNetworkAccess, networkRuleSet: { defaultAction: 'Deny', ipRules: [], virtualNetworkRules } });
const privateEndpoints = [connection()];
const subnetOf = (name: string) => `${networkId('vnet-a')}/subnets/${name}`;
const usgov = { cloud: { name: 'usgov' } } as const;

testCheck(
  check,
  [
    ['pass', 'no subnet is listed', { registry: registry([]), privateEndpoints }, { cites: [rules] }],
    [
      'fail',
      'subnets are listed beside a private endpoint',
      { registry: registry(['/subnets/a', '/subnets/b']), privateEndpoints },
      {
        cites: [rules, 'privateEndpoints/0/status'],
        says: '2 subnet rules, beside private endpoints',
        fix: /joinViaServiceEndpoint\/action on \/subnets\/a, \/subnets\/b[\s\S]*remove all rules in one request/,
      },
    ],
    [
      'fail',
      'the subnet of one is gone, and that of another is there',
      {
        registry: registry([subnetOf('gone'), subnetOf('apps')]),
        privateEndpoints,
        networks: [network('vnet-a', [], [{ id: subnetOf('apps'), name: 'apps', prefixes: [], usedAddresses: 0 }])],
      },
      { says: /; the subnet of vnet-a\/gone is gone$/ },
    ],
    [
      'fail',
      'they are dormant, for public access is off',
      { registry: registry(['/subnets/a'], 'Disabled'), privateEndpoints },
      { says: '1 subnet rule, beside private endpoints' },
    ],
    [
      'fail',
      'a subnet is listed in a cloud without service endpoints',
      { registry: registry(['/subnets/a']), privateEndpoints: [] },
      { ...usgov, cites: [rules], says: 'without service endpoints' },
    ],
    [
      'not-applicable',
      'subnets are listed and there is no private endpoint',
      { registry: registry(['/subnets/a']), privateEndpoints: [] },
      { says: 'no approved private endpoint' },
    ],
    [
      'not-applicable',
      'public access is off, and the api-version does not answer subnet rules',
      { registry: registry(null, 'Disabled'), privateEndpoints },
      { says: 'public access is off' },
    ],
    [
      'not-applicable',
      'Basic has no rules',
      { registry: acr({ sku: 'Basic' }), privateEndpoints: [] },
      { says: 'Basic' },
    ],
    [
      'unknown',
      'the api-version does not answer subnet rules',
      { registry: registry(null), privateEndpoints },
      { says: 'virtualNetworkRules' },
    ],
    [
      'unknown',
      'subnets are listed, and the only connection is in a state we do not know',
      { registry: registry(['/subnets/a']), privateEndpoints: [connection({}, { status: null })] },
      { says: 'status' },
    ],
    ['unknown', 'ARM left all rules out', { registry: acr(), privateEndpoints }, { says: 'virtualNetworkRules' }],
  ],
  { 'registry/sku': 'where no subnet is listed, nothing stands beside anything on any SKU' },
);
