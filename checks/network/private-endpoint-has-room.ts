import { commands, defineCheck, path, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'private-endpoint-has-room',
  title: 'Every private endpoint can take one more region in',
  problem: 'A private endpoint cannot take one more region in',
  severity: 'low',
  profile: 'recommended',
  profileReason: 'It costs nothing until the day a replica is needed, and then nothing works until it is mended.',
  since: '1.0',
  article: ['Private endpoints + firewall'],
  area: 'network',
  needs: ['registry', 'replications', 'privateEndpoints', 'networks'],

  why: 'A replica is refused if one endpoint in any network has no address for it. That shows when a region is down and the replica is needed.',
  symptom: 'A new replica appears as Creating and vanishes; the error names neither the subnet nor the network.',
  cause: 'The endpoint was made with fixed addresses, or in a subnet that other resources have filled up since.',
  confirm: [
    'az network private-endpoint show --ids <endpoint-id> --query "[ipConfigurations, subnet.id]"',
    'az network vnet subnet show --ids <subnet-id> --query "[addressPrefix, addressPrefixes, ipConfigurations[].id]"',
  ],
  fix: {
    steps: [
      commands.manual(
        'Fixed addresses: recreate the endpoint with dynamic ones. A full subnet: move other resources out of it, or recreate the endpoint in a subnet of /27 or larger.',
      ),
    ],
    breaks: 'Pulls through an endpoint that is recreated fail until its new addresses are in DNS.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/container-registry-private-endpoints#plan-subnet-ip-capacity-for-private-endpoints',
    'https://learn.microsoft.com/azure/container-registry/container-registry-geo-replication',
  ],

  evaluate({ registry, replications, privateEndpoints, networks }) {
    const approved =
      verdict.unlessPremium(registry, 'a private endpoint') ?? path.approvedConnections(privateEndpoints);
    if ('verdict' in approved) return approved;
    // A region takes an address for its data endpoint, and one for its regional endpoint where those are on.
    const { regionalEndpoints: regional } = registry;
    const wanted = regional === 'Enabled' ? 2 : 1;
    const replicated = path.servingRegions(registry, replications).length > 1;
    const capacityFor = (cited: path.CitedConnection, addresses: number) =>
      path.capacityOf(cited, networks, { wanted: addresses, replicated });
    const told = regional === 'Enabled' || regional === 'Disabled';
    const parts = approved.map((cited) => {
      const part = capacityFor(cited, wanted);
      return !told && part.state === 'good' && capacityFor(cited, 2).state === 'bad'
        ? verdict.unclear(part.thing, verdict.notSaid('registry/regionalEndpoints', regional))
        : part;
    });
    const open = path.openConnections(path.connectionsOf(privateEndpoints));
    return verdict.on([...parts, ...open], 'no endpoint is approved');
  },
});
