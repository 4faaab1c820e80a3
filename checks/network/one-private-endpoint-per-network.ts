import {
  approvedConnections,
  cannotSee,
  defineCheck,
  fail,
  listZoneGroups,
  manual,
  pass,
  rivalriesOf,
  someEndpoint,
  stateOf,
  unlessPremium,
} from '../../src/check.ts';

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
    listZoneGroups(someEndpoint),
  ],
  fix: {
    steps: [
      manual(
        'In one network: delete one of the two endpoints. In two networks: give each network a zone of its own, linked to that network only, and name it in the zone group of its endpoint.',
      ),
    ],
    breaks: 'Pulls through the endpoint that goes, until its clients have dropped its address from their caches.',
  },
  refs: ['https://learn.microsoft.com/azure/private-link/private-endpoint-dns-integration'],

  evaluate({ registry, privateEndpoints, privateDns }, { cloud }) {
    const approved = unlessPremium(registry, 'a private endpoint') ?? approvedConnections(privateEndpoints);
    if ('verdict' in approved) return approved;
    const { found, networks, unseen } = rivalriesOf(approved, privateDns, cloud.registrySuffix);
    if (found.length > 0)
      return fail(
        found.flatMap(({ seen }) => seen),
        found.map(({ says }) => says).join('; '),
      );
    if (unseen.length > 0) return cannotSee('where all endpoints and their zones are', unseen);
    return pass([...approved.map(stateOf), ...networks]);
  },
});
