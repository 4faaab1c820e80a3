import { commands, defineCheck, posture, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'replicas-serve',
  title: 'Every replica takes part in global routing',
  problem: 'A replica is kept out of global routing',
  severity: 'medium',
  profile: 'recommended',
  profileReason:
    'The switch is meant for the minutes of an incident; left off, the replica costs as much and helps nobody.',
  since: '1.0',
  article: ['Geo-replication + AZ', 'Replica states'],
  area: 'resilience',
  needs: ['registry', 'replications'],

  why: 'The replica is billed and kept in sync, yet no client is ever sent there, neither for speed nor when the home region fails.',
  symptom: 'Clusters beside the replica still pull across regions, and the bill shows both the replica and the egress.',
  cause:
    'Somebody took the region out of routing during an incident, or created the replica that way, and it was forgotten.',
  confirm: [
    'az acr replication list --registry <registry> --subscription <subscription> --query "[].[location, regionEndpointEnabled]"',
  ],
  fix: {
    steps: [commands.acrReplicaServes('<replica>')],
    breaks: 'Nothing, unless the region was taken out on purpose: look at why before putting it back.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/container-registry-geo-replication#temporarily-exclude-a-geo-replica-from-global-endpoint-routing',
  ],

  evaluate({ registry, replications }) {
    const regions = posture.regionsOf(registry, replications);
    if (regions.every(({ home, routed }) => home && routed))
      return verdict.notApplicable('the registry has no replica');
    return verdict.on(
      regions.map(({ location, home, replica, routed, because }): verdict.Part => {
        const thing = `replica/${posture.regionName(location)}`;
        if (replica === null)
          return verdict.unclear(thing, verdict.untold(`the home region ${location} is not among the replications`));
        const seen = {
          at: `replications/${replications.indexOf(replica)}/regionEndpointEnabled` as const,
          about: location,
          saw: routed,
        };
        if (routed === null)
          return verdict.unclear(thing, verdict.untold(`${location} came without regionEndpointEnabled`));
        if (routed) return verdict.good(thing, seen);
        const ownName = because.find(({ at }) => at === 'registry/regionalEndpoints');
        return ownName
          ? verdict.good(
              thing,
              [seen, ownName],
              `${location} is out of global routing and serves under its own regional name`,
            )
          : verdict.bad(
              thing,
              { ...seen, wanted: true },
              `${home ? 'The home region' : 'The replica'} ${location} is kept out of global routing`,
              { steps: [commands.acrReplicaServes(replica.name)] },
            );
      }),
      'the registry has no replica',
    );
  },
});
