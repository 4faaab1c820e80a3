import { access, commands, defineCheck, path, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'private-dns-records-complete',
  title: 'Private DNS has the right record for every name of every endpoint',
  problem: 'Private DNS lacks a record of the registry, or holds a wrong address',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'One missing record breaks every pull in one region while login and all other regions work.',
  since: '1.0',
  article: ['Private endpoints + firewall', 'Playbook 1', 'Expected A records'],
  alsoKnownAs: ['check-health --vnet'],
  differs:
    'check-health resolves names from inside one network; this compares the records of the zone with the addresses of the endpoint, for all.',
  area: 'network',
  needs: ['registry', 'replications', 'privateEndpoints', 'privateDns'],
  evidence: ['networks', 'consumers', 'roleAssignments', ...access.identityFacets, 'resolution'],

  why: 'A registry answers by one name for login and one more for the layers of each region. A pull needs both.',
  symptom:
    'In a network linked to the zone, `docker pull` logs in and then hangs on layers in one region: its data endpoint is NXDOMAIN there. A public address means instead that the zone is not linked, or that its link falls back to the internet.',
  signs: [
    'ImagePullBackOff',
    'ErrImagePull',
    'NXDOMAIN',
    'no such host',
    'could not resolve host',
    'server misbehaving',
    'i/o timeout',
    'context deadline exceeded',
    'Client.Timeout exceeded',
    'hangs on layers',
    'hanging layer',
    'blob.core.windows.net',
    'Could not connect to the registry login server',
    'CONNECTIVITY_DNS_ERROR',
  ],
  cause:
    'The records were written by hand before a replica was added, the endpoint was recreated with other addresses, or a second endpoint overwrote them in a shared zone.',
  confirm: [
    commands.listRecords(commands.someZone()),
    commands.listDnsServers('<network-id>'),
    'az network nic show --ids <network-interface-id> --query "ipConfigurations[].{ip:privateIPAddress, names:privateLinkConnectionProperties.fqdns}"',
  ],
  fix: {
    steps: [
      commands.attachZoneGroup(commands.someEndpoint, commands.someZone()),
      commands.manual(
        'Where records are kept by hand: az network private-dns record-set a add-record with the address that the network interface shows, for the login server and for the data endpoint of every region.',
      ),
    ],
    breaks: 'Clients that cached a stale address reach the old one until the record expires from their cache.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/container-registry-private-endpoints#create-dns-records-in-the-private-zone',
    'https://learn.microsoft.com/azure/private-link/private-endpoint-dns',
  ],

  evaluate(facts, { cloud }) {
    const notPremium = verdict.unlessPremium(facts.registry, 'a private endpoint');
    if (notPremium) return notPremium;
    const trips = path.tripsOf(facts, cloud.registrySuffix);
    const { connections, names } = trips.facts;
    if (connections.approved.length > 0 && names.length === 0)
      return verdict.untold("Azure's answer has no loginServer");
    const none = path.approvedConnections(facts.privateEndpoints);
    const records = commands.recordParts(trips, facts.resolution);
    const unread = path.endpointsUnread(connections);
    return verdict.on(
      [...records, ...unread, ...path.openConnections(connections), ...path.hiddenConsumers(trips)],
      'verdict' in none ? none : 'no network asks for a name of the registry',
    );
  },
});
