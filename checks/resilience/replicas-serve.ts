import { acrReplicaServes, defineCheck, fail, notApplicable, pass, sameRegion, untold } from '../../src/check.ts';

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
    steps: [acrReplicaServes('<replica>')],
    breaks: 'Nothing, unless the region was taken out on purpose: look at why before putting it back.',
  },
  refs: [
    'https://learn.microsoft.com/azure/container-registry/container-registry-geo-replication#temporarily-disable-routing-to-replication',
  ],

  evaluate({ registry, replications }) {
    const routing = replications
      .map(({ name, location, regionEndpointEnabled }, index) => ({
        name,
        location,
        seen: {
          at: `replications/${index}/regionEndpointEnabled` as const,
          about: location,
          saw: regionEndpointEnabled,
        },
      }))
      // The home region, which ARM lists too, is no replica; but it can be taken out of routing like one.
      .filter(({ location, seen }) => seen.saw === false || !sameRegion(location, registry.location));
    const out = routing.filter(({ seen }) => seen.saw === false);
    if (out.length > 0)
      return fail(
        out.map(({ seen }) => ({ ...seen, wanted: true })),
        `Kept out of global routing: ${out.map(({ location }) => location).join(', ')}`,
        out.map(({ name }) => acrReplicaServes(name)),
      );
    if (routing.length === 0) return notApplicable('the registry has no replica');
    const silent = routing.find(({ seen }) => seen.saw === null);
    return silent
      ? untold(`Azure's answer for ${silent.location} has no regionEndpointEnabled`)
      : pass(routing.map(({ seen }) => seen));
  },
});
