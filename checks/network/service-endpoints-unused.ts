import { commands, defineCheck, path, posture, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'service-endpoints-unused',
  title: 'No subnet rules stand beside private endpoints',
  problem: 'Subnet rules stand where service endpoints are not supported',
  severity: 'low',
  profile: 'recommended',
  profileReason: 'Azure supports the one or the other, and rules that do not work mislead whoever reads them.',
  since: '1.0',
  article: ['Private endpoints + firewall'],
  alsoKnownAs: ['steampipe container_registry_use_virtual_service_endpoint', 'policy c4857be7'],
  differs:
    'Those ask for service endpoints, a preview that cannot be combined with private endpoints; this flags them.',
  area: 'network',
  needs: ['registry', 'privateEndpoints'],
  words: ['networks'],

  why: 'A rule for a subnet looks like a second way in. Beside a private endpoint, and in the sovereign clouds, it cannot be relied on.',
  symptom: 'Pulls from the listed subnet fail or go another way than the rule says, and trusted services are refused.',
  cause: 'The registry moved from service endpoints to private endpoints, and the old rules stayed.',
  confirm: [
    'az acr network-rule list --name <registry> --subscription <subscription> --query virtualNetworkRules',
    'az rest --method get --url "<registry-id>?api-version=2026-09-01-preview" --query properties.networkRuleSet.virtualNetworkRules',
  ],
  fix: {
    steps: [
      commands.manual(
        'Remove the rule of each subnet: az acr network-rule remove --name <registry> --subscription <subscription> --subnet <subnet-id> (some versions of az have no --subnet).',
      ),
    ],
    breaks:
      'Clients in the listed subnets that still came in by the service endpoint: link their network to the private DNS zone first. The change needs the right to join every listed subnet.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-vnet'],

  evaluate({ registry, privateEndpoints, networks }, { cloud }) {
    const { sku } = registry;
    // Not for want of a better SKU: without such rules nothing is lost.
    if (posture.isBelowPremium({ sku })) return verdict.notApplicable(`a ${sku} registry has no rules for subnets`);
    const at = 'registry/networkRuleSet/virtualNetworkRules';
    const saw = registry.networkRuleSet?.virtualNetworkRules ?? null;
    if (saw?.length === 0) return verdict.pass({ at, saw });

    const sovereign = cloud.name === 'usgov' || cloud.name === 'china';
    const { states } = path.connectionsOf(privateEndpoints);
    const approved = path.approvedConnections(privateEndpoints);
    if ('verdict' in approved && !sovereign)
      return approved.verdict === 'unknown'
        ? approved
        : verdict.notApplicable(
            'there is no approved private endpoint, and service endpoints are supported in this cloud',
          );
    if (saw === null)
      return path.publicAccess(registry) === 'disabled'
        ? verdict.notApplicable('public access is off, so that no rule for a subnet admits anybody')
        : verdict.notSaid(at, saw);
    const gone = path.networksGone(saw, networks);
    return verdict.fail(
      [{ at, saw, wanted: [] }, ...(sovereign ? [] : states)],
      `${saw.length} subnet ${saw.length === 1 ? 'rule' : 'rules'}, ${sovereign ? 'in a cloud without service endpoints' : 'beside private endpoints'}${gone.length > 0 ? `; the subnet of ${gone.join(', ')} is gone` : ''}`,
      [
        commands.manual(
          `Every change of the rules applies all of them again, so that Azure refuses it without the right to join each subnet (Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action on ${saw.join(', ')}), and while one of them is gone: remove all rules in one request, or make the subnet that is gone again first.`,
        ),
        ...saw.map((subnet) =>
          commands.manual(
            `Remove the rule of ${subnet}: az acr network-rule remove --name <registry> --subscription <subscription> --subnet ${subnet} (some versions of az have no --subnet).`,
          ),
        ),
      ],
    );
  },
});
