import { commands, defineCheck, path, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'one-private-endpoint-per-network',
  title: 'No two private endpoints of the registry write to the same DNS names',
  problem: 'Two private endpoints of the registry write to the same DNS names',
  severity: 'medium',
  profile: 'recommended',
  profileReason: 'Which endpoint a name leads to must not depend on which was written last.',
  since: '1.0',
  article: ['Private endpoints + firewall'],
  alsoKnownAs: ['check-health --vnet'],
  area: 'network',
  needs: ['registry', 'privateEndpoints', 'privateDns'],

  why: 'A record holds one address. Of two endpoints that share a zone the last to write it wins, and networks that only reach the other one lose their pulls.',
  symptom:
    'Pulls from one network begin to fail when an endpoint is made or renewed in another, and nothing else changed.',
  cause: 'A second team built its own endpoint and attached it to the common zone, or an endpoint was made twice.',
  confirm: [
    'az acr private-endpoint-connection list --registry-name <registry> --subscription <subscription> --query "[].{endpoint:privateEndpoint.id, state:privateLinkServiceConnectionState.status}"',
    'az network private-endpoint show --ids <endpoint-id> --query subnet.id',
    commands.listZoneGroups(commands.someEndpoint),
  ],
  fix: {
    steps: [
      commands.manual(
        'In one network, or in two that are peered: delete the surplus endpoint. Otherwise make a second zone for one of the networks, fill it with all records of the shared one and with those of its own endpoint, and only then move the link of that network to it: a network has one zone of a name.',
      ),
    ],
    breaks: 'Pulls through the endpoint that goes, until its clients have dropped its address from their caches.',
  },
  refs: ['https://learn.microsoft.com/azure/private-link/private-endpoint-dns-integration'],

  evaluate(given, { cloud }) {
    const approved =
      verdict.unlessPremium(given.registry, 'a private endpoint') ?? path.approvedConnections(given.privateEndpoints);
    if ('verdict' in approved) return approved;
    return verdict.on(
      path.overlapsOf(path.pathFacts(given, cloud.registrySuffix)),
      'the registry has no approved private endpoint',
    );
  },
});
