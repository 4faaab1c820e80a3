import { commands, defineCheck, path, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'public-network-access-disabled',
  title: 'The registry has no public endpoint',
  problem: 'The registry has a public endpoint',
  severity: 'medium',
  profile: 'recommended',
  profileReason: 'Premium registries have private endpoints, and only a closed public side makes them the one way in.',
  since: '1.0',
  article: ['Private endpoints + firewall', 'Playbook 2', 'Network settings'],
  frameworks: ['MCSB NS-2', 'CIS Azure 4.0.0 2.2.1.1', 'ISO 27001 A.8.20'],
  alsoKnownAs: [
    'prowler containerregistry_not_publicly_accessible',
    'checkov CKV_AZURE_139',
    'cloudsploit acrPublicAccess',
    'steampipe container_registry_public_network_access_disabled',
    'cnspec mondoo-azure-security-acr-public-access-disabled',
    'policy 0fdf0491',
    'policy a3701552',
  ],
  differs:
    'Not applicable on Basic and Standard, where ARM refuses the setting; an absent property is unknown, never a pass or a fail.',
  area: 'network',
  needs: ['registry'],
  words: ['privateEndpoints', ...path.tripFacets],

  why: 'Every listed network is a way in for a stolen credential, and one careless rule away from the whole internet.',
  symptom: 'The login server answers from outside of the virtual networks that pull from it.',
  signs: ['denied: client with IP', 'is not allowed access', 'DisablingPublicNetworkAccessNotSupported'],
  cause: 'The public side is on by default, and stayed on after the private endpoint was built.',
  confirm: [
    'az acr show --name <registry> --subscription <subscription> --query "[sku.name, publicNetworkAccess, networkRuleSet]"',
  ],
  fix: {
    // Closed before the private path works, nobody can pull.
    steps: [...commands.privatePath, commands.mendWaysFirst, commands.acrUpdate({ publicNetworkEnabled: false })],
    breaks:
      'Every client outside the private networks: az acr build and other runs on shared agents, hosted CI runners, laptops. Management stays reachable, so that it can be undone from anywhere.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/container-registry-private-endpoints#disable-public-access-to-a-registry',
  ],

  evaluate(given, { cloud }) {
    const { registry } = given;
    const notPremium = verdict.unlessPremium(registry, 'switching the public endpoint off');
    if (notPremium) return notPremium;
    const { publicNetworkAccess: saw, networkRuleSet: rules, privateEndpointConnections: connections } = registry;
    if (saw === 'Disabled') return verdict.pass({ at: 'registry/publicNetworkAccess', saw });
    if (saw !== 'Enabled') return verdict.notSaid('registry/publicNetworkAccess', saw);

    const listed = rules?.ipRules?.length ?? 0;
    const reach = { open: 'every network on the internet', selected: `${listed} listed networks`, disabled: 'nobody' };
    const access = path.publicAccess(registry);
    const ready = connections?.some(({ status }) => status === 'Approved') ?? false;
    return verdict.fail(
      { at: 'registry/publicNetworkAccess', saw, wanted: 'Disabled' },
      access ? `The registry's public endpoint answers ${reach[access]}` : undefined,
      [
        ...(ready ? [] : commands.firstEndpointSteps(path.tripsOf(given, cloud.registrySuffix))),
        commands.mendWaysFirst,
        commands.acrUpdate({ publicNetworkEnabled: false }),
      ],
    );
  },
});
