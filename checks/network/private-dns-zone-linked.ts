import {
  approvedConnections,
  askersOf,
  cannotSee,
  consumersOf,
  defineCheck,
  fail,
  holdingZones,
  linkingOf,
  linkSteps,
  linkZone,
  listDnsServers,
  listLinks,
  pass,
  someZone,
  unlessPremium,
  unseenConsumers,
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
  needs: ['registry', 'privateEndpoints', 'privateDns', 'networks', 'consumers', 'roleAssignments'],

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

  evaluate(facts, { cloud: { registrySuffix: suffix } }) {
    const { registry, privateEndpoints, consumers, roleAssignments } = facts;
    const approved = unlessPremium(registry, 'a private endpoint') ?? approvedConnections(privateEndpoints);
    if ('verdict' in approved) return approved;
    const consumption = consumersOf(registry, consumers, roleAssignments);
    const { zones, unseen } = holdingZones(approved, facts, suffix);
    const judged = askersOf(approved, consumption).map((asker) => linkingOf(asker, zones, facts, suffix));
    const linkings = judged.filter((each) => 'says' in each);
    const broken = linkings.filter(({ state }) => state !== 'linked');
    // While a zone that holds the records is unseen, a network may be linked to that one.
    if (broken.length > 0 && unseen.length === 0)
      return fail(
        broken.flatMap(({ seen }) => seen),
        broken.map(({ says }) => says).join('; '),
        linkSteps(broken, zones),
        zones.length > 0
          ? [...zones.map(({ zone }) => listLinks(zone.id)), ...broken.map(({ network }) => listDnsServers(network))]
          : undefined,
      );
    const blind = [...unseen, ...judged.filter((each) => 'reason' in each), ...unseenConsumers(consumption)];
    return blind.length > 0
      ? cannotSee('links of the networks that pull', blind)
      : pass(linkings.flatMap(({ seen }) => seen));
  },
});
