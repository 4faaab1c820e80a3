import {
  approvedConnections,
  bad,
  defineCheck,
  good,
  linkingsOf,
  linkZone,
  listDnsServers,
  listLinks,
  mendLink,
  someZone,
  tripsOf,
  unclear,
  unlessPremium,
  unlinkedMaybe,
  verdictOn,
} from '../../src/check.ts';

export default defineCheck({
  id: 'private-dns-zone-linked',
  title: 'Every network that pulls is linked to the private DNS zone',
  problem: 'A network that pulls is not linked to the private DNS zone',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'A network without the link asks public DNS, and is sent to an endpoint that refuses it.',
  since: '1.0',
  article: ['Private endpoints + firewall', 'Playbook 1'],
  area: 'network',
  needs: ['registry', 'privateEndpoints', 'privateDns', 'consumers'],
  evidence: ['replications', 'networks', 'roleAssignments'],

  why: 'Private records are only seen from linked networks. Peering carries packets, not names: a link to the hub does nothing for a spoke.',
  symptom:
    'In that network the login server and the data endpoints resolve to public addresses, and with public access off login itself is refused with 403.',
  signs: ['NXDOMAIN', 'no such host', 'could not resolve host', 'server misbehaving'],
  cause: 'The zone was linked to the network of the endpoint, or to the hub, and the cluster is in another network.',
  confirm: [listLinks(someZone('azurecr.io')), listDnsServers('<network-id>')],
  fix: {
    steps: [linkZone(someZone('azurecr.io'), '<network-id>', '<network-name>')],
    breaks:
      'In the newly linked network every registry resolves by the zone: one with private endpoints elsewhere and no record in this zone stops resolving.',
  },
  refs: [
    'https://learn.microsoft.com/azure/dns/private-dns-virtual-network-links',
    'https://learn.microsoft.com/azure/private-link/private-endpoint-dns-integration',
  ],

  evaluate(facts, { cloud }) {
    const approved = unlessPremium(facts.registry, 'a private endpoint') ?? approvedConnections(facts.privateEndpoints);
    if ('verdict' in approved) return approved;
    const trips = tripsOf(facts, cloud.registrySuffix);
    const linkings = linkingsOf(trips).map((linking) => {
      const { network, state, seen, says } = linking;
      const thing = `network/${network.name}`;
      if (typeof state === 'object') return unclear(thing, state);
      if (state === 'linked' || state === 'forwarded')
        return good(thing, seen, state === 'forwarded' ? says : undefined);
      return bad(thing, seen, says, {
        steps: mendLink(linking, trips.facts),
        confirm: [
          ...trips.facts.dns.zones.map(({ id }) => listLinks(id)),
          listDnsServers(network.id ?? '<network-id>'),
        ],
      });
    });
    return verdictOn(
      [...linkings, ...unlinkedMaybe(trips)],
      'no network of an endpoint or of a known consumer is known',
    );
  },
});
