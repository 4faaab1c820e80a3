import { access, commands, defineCheck, path, verdict } from '../../src/check.ts';

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
  evidence: ['replications', 'networks', 'roleAssignments', ...access.identityFacets],

  why: 'Private records are only seen from linked networks. Peering carries packets, not names: a link to the hub does nothing for a spoke.',
  symptom:
    'In that network the login server and the data endpoints resolve to public addresses, and with public access off login itself is refused with 403.',
  signs: ['NXDOMAIN', 'no such host', 'could not resolve host', 'server misbehaving', 'CONNECTIVITY_DNS_ERROR'],
  cause:
    'The zone was linked to the network of the endpoint, or to the hub, and the cluster is in another network. Links are read from their zones, not from the networks: one of a zone outside of the scanned subscriptions, which no zone group of an endpoint names, is not seen.',
  confirm: [commands.listLinks(commands.someZone()), commands.listDnsServers('<network-id>')],
  fix: {
    steps: [commands.linkZone(commands.someZone(), '<network-id>', '<network-name>')],
    breaks:
      'In the newly linked network every registry resolves by the zone: one with private endpoints elsewhere and no record in this zone stops resolving.',
  },
  refs: [
    'https://learn.microsoft.com/azure/dns/private-dns-virtual-network-links',
    'https://learn.microsoft.com/azure/private-link/private-endpoint-dns-integration',
  ],

  evaluate(facts, { cloud }) {
    const approved =
      verdict.unlessPremium(facts.registry, 'a private endpoint') ?? path.approvedConnections(facts.privateEndpoints);
    if ('verdict' in approved) return approved;
    const trips = path.tripsOf(facts, cloud.registrySuffix);
    const linkings = path.linkingsOf(trips).map((linking) => {
      const { network, state, seen, says } = linking;
      const thing = `network/${network.name}`;
      if (typeof state === 'object') return verdict.unclear(thing, state);
      if (state === 'linked' || state === 'forwarded')
        return verdict.good(thing, seen, state === 'forwarded' ? says : undefined);
      return verdict.bad(thing, seen, says, {
        steps: commands.mendLink(linking, trips.facts),
        confirm: [
          ...trips.facts.dns.zones.map(({ id }) => commands.listLinks(id)),
          commands.listDnsServers(network.id ?? '<network-id>'),
        ],
      });
    });
    return verdict.on(
      [...linkings, ...path.unlinkedMaybe(trips)],
      'no network of an endpoint or of a known consumer is known',
    );
  },
});
