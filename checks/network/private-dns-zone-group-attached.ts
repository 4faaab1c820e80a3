import { commands, defineCheck, path, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'private-dns-zone-group-attached',
  title: "Azure writes every private endpoint's DNS records by itself",
  problem: "A private endpoint's DNS records are written by hand",
  severity: 'medium',
  profile: 'recommended',
  profileReason: 'Records that nobody keeps go stale with the next replica or the next endpoint.',
  since: '1.0',
  article: ['Private endpoints + firewall', 'Playbook 1'],
  alsoKnownAs: ['policy e9585a95'],
  area: 'network',
  needs: ['registry', 'privateEndpoints'],
  words: ['privateDns', 'replications'],

  why: 'Without a DNS zone group nothing adds the record of a new replica, nor corrects one when an address changes.',
  symptom: 'All is well until a replica is added: then pulls that are routed to its region hang on layers.',
  signs: ['NXDOMAIN', 'no such host', 'could not resolve host', 'server misbehaving'],
  cause:
    'The endpoint was made with a bare zone name, which only means a zone in its own resource group, or by a template without the group.',
  confirm: [
    'az network private-endpoint dns-zone-group list --subscription <subscription> --resource-group <endpoint-group> --endpoint-name <endpoint> --query "[].privateDnsZoneConfigs[].privateDnsZoneId"',
    `az network private-dns zone list --subscription <dns-subscription> --query "[?name=='privatelink.<registry-suffix>'].id"`,
  ],
  fix: {
    steps: [commands.attachZoneGroup(commands.someEndpoint, commands.someZone())],
    breaks: 'Records of these names that were written by hand are replaced by what Azure writes.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/container-registry-private-endpoints#dns-configuration-options',
    'https://learn.microsoft.com/cli/azure/network/private-endpoint/dns-zone-group',
  ],

  evaluate(given, { cloud: { registrySuffix: suffix } }) {
    const approved =
      verdict.unlessPremium(given.registry, 'a private endpoint') ?? path.approvedConnections(given.privateEndpoints);
    if ('verdict' in approved) return approved;
    const facts = path.pathFacts(given, suffix);
    // The zone that holds the registry's records, never any other of that name.
    const zone = path.zonesOfRegistry(facts).find(({ holds }) => holds)?.zone.zone.id ?? commands.someZone(suffix);
    const parts = path.zoneGroupsOf(approved, suffix).map((one) => {
      const thing = `endpoint/${one.name}`;
      if (one.state === 'unseen') return verdict.unclear(thing, one.why);
      if (one.state === 'attached') return verdict.good(thing, one.seen);
      return verdict.bad(thing, one.seen, `no DNS zone group keeps the records of ${one.name}`, {
        steps: [
          one.group
            ? commands.addToZoneGroup(one.endpoint, one.group, zone)
            : commands.attachZoneGroup(one.endpoint, zone),
        ],
        confirm: [commands.listZoneGroups(one.endpoint)],
      });
    });
    return verdict.on(
      [...parts, ...path.openConnections(facts.connections)],
      'the registry has no approved private endpoint',
    );
  },
});
