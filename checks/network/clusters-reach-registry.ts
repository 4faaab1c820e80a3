import { access, commands, defineCheck, path, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'clusters-reach-registry',
  title: 'Every known consumer has an open way to the registry',
  problem: 'A known consumer has no open way to the registry',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'A cluster that cannot pull runs on until its next node, and then stops.',
  since: '1.0',
  area: 'network',
  needs: ['registry', 'replications', 'privateEndpoints', 'privateDns', 'consumers'],
  evidence: ['networks', 'roleAssignments', ...access.identityFacets],

  why: 'A pull needs the login server and the data endpoint of its region: name, record, endpoint and route of each. One broken hop stops every node that starts.',
  symptom:
    'Pods stay in ImagePullBackOff on new nodes: 403 at the login, a name that does not resolve, or layers that hang.',
  signs: ['i/o timeout', 'context deadline exceeded', 'Client.Timeout exceeded', 'no such host'],
  cause:
    'A network was never linked or peered, a record is missing or stale, or the public endpoint was closed before.',
  confirm: [
    'az acr show --name <registry> --subscription <subscription> --query "[loginServer, publicNetworkAccess, networkRuleSet]"',
    commands.listDnsServers('<network-id>'),
  ],
  fix: {
    steps: [
      commands.manual(
        'Mend the first hop that is broken, as `acr-audit explain path <registry>` shows it for each network.',
      ),
    ],
    breaks:
      'A newly linked network resolves every registry by the zone: one with private endpoints elsewhere and no record there stops resolving.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/container-registry-private-endpoints',
    'https://learn.microsoft.com/azure/container-registry/container-registry-troubleshoot-access',
  ],

  evaluate(given, { cloud }) {
    const { trips, facts, unplaced } = path.tripsOf(given, cloud.registrySuffix);
    const ways = trips
      .filter((trip) => path.consumes(trip.network) && path.isForPulls(trip))
      .flatMap((trip) => consumersIn(trip.network).map((thing) => commands.tripPart(thing, trip, facts)));
    return verdict.on([...ways, ...unplaced], 'no consumer is known; list clusters and networks in the configuration');
  },
});

const consumersIn = ({ clusters, apps, declared, name }: Parameters<typeof path.consumes>[0]): readonly string[] => [
  ...clusters.map((cluster) => `cluster/${cluster}`),
  ...apps.map((app) => `app/${app}`),
  ...(declared ? [`network/${name}`] : []),
];
