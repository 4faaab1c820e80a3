import {
  approveConnection,
  defineCheck,
  fail,
  notSaid,
  pass,
  privatePath,
  standing,
  stateOf,
  untold,
} from '../../src/check.ts';

export default defineCheck({
  id: 'registry-reachable',
  title: 'At least one network can reach the registry',
  problem: 'No network can reach the registry: nobody can pull or push',
  severity: 'critical',
  profile: 'recommended',
  profileReason: 'A registry that nobody can pull from stops every deployment that depends on it.',
  since: '1.0',
  article: ['Private endpoints + firewall', 'Playbook 12'],
  area: 'network',
  needs: ['registry', 'privateEndpoints'],

  why: 'Every node that starts, scales or restarts fails to pull its image, in every region at once.',
  symptom: '`docker login` is refused with 403 from everywhere, while az and the portal still manage the registry.',
  signs: ['denied: client with IP', 'is not allowed access', '403', 'ImagePullBackOff', 'ErrImagePull'],
  cause: 'Public access was switched off before a private endpoint was approved, or the last endpoint was removed.',
  confirm: [
    'az acr show --name <registry> --subscription <subscription> --query "[publicNetworkAccess, networkRuleSet, privateEndpointConnections[].privateLinkServiceConnectionState.status]"',
  ],
  fix: {
    steps: privatePath('azurecr.io'),
    breaks:
      'Nothing: nobody can use the registry as it is. If that cannot wait, az acr update --public-network-enabled true works from anywhere, and opens the public endpoint to whom its rules allow.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/container-registry-private-endpoints#disable-public-access-to-a-registry',
  ],

  evaluate({ registry, privateEndpoints }, { cloud }) {
    const { approved, pending, undecided, states } = standing(privateEndpoints);
    if (approved.length > 0) return pass(approved.map(stateOf));
    const { publicNetworkAccess: saw, networkRuleSet: rules } = registry;
    const access = { at: 'registry/publicNetworkAccess', saw } as const;
    if (saw !== 'Enabled' && saw !== 'Disabled') return notSaid(access.at, saw);
    if (saw === 'Enabled') {
      // Selected networks of which none is selected are as closed as Disabled.
      const nobodyListed = rules?.defaultAction === 'Deny' && rules.ipRules?.length === 0;
      if (!nobodyListed || rules?.virtualNetworkRules?.length) return pass(access);
      if (rules.virtualNetworkRules === null)
        return untold('no address is allowed, and this api-version does not answer which subnets are');
    }
    return (
      undecided ??
      fail(
        [access, ...states],
        'The public endpoint admits nobody and no private endpoint is approved: nobody can pull. Where public access is Disabled, az acr update --public-network-enabled true undoes it from anywhere.',
        pending.length > 0 ? pending.map(({ name }) => approveConnection(name)) : privatePath(cloud.registrySuffix),
      )
    );
  },
});
