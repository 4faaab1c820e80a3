import {
  acrReplicaCreate,
  cannotSee,
  consumersOf,
  defineCheck,
  fail,
  notApplicable,
  pass,
  regionName,
  regionsOf,
  sameRegion,
  serveFrom,
  untold,
} from '../../src/check.ts';

export default defineCheck({
  id: 'replica-near-consumers',
  title: 'Every region that pulls has a replica that serves',
  problem: 'A cluster pulls across regions although the registry is geo-replicated',
  severity: 'low',
  profile: 'recommended',
  profileReason: 'Whoever pays for replicas wants them where the pulls are.',
  since: '1.0',
  article: ['Geo-replication + AZ'],
  area: 'resilience',
  needs: ['registry', 'replications', 'consumers', 'roleAssignments'],

  why: 'Each node that starts there fetches its layers from another region: slower scale-out, egress on every pull, and an outage elsewhere reaches it.',
  symptom:
    'Pods in one region start seconds later than in others, and the bill shows inter-region egress from the registry.',
  cause:
    'The cluster moved or was added after the replicas were chosen, or the replica beside it was taken out of routing.',
  confirm: [
    'az acr replication list --registry <registry> --subscription <subscription> --query "[].[location, regionEndpointEnabled]"',
    'az aks list --subscription <subscription> --query "[].[name, location]"',
  ],
  fix: {
    steps: [acrReplicaCreate('<cluster-region>')],
    breaks:
      'One more Premium unit on the bill; ARM refuses it beside soft delete; every private endpoint needs a free address for the new region.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-geo-replication'],

  evaluate({ registry, replications, consumers, roleAssignments }) {
    const regions = regionsOf(registry, replications);
    if (regions.length < 2) return notApplicable('the registry is not geo-replicated');
    const { clusters, missing } = consumersOf(registry, consumers, roleAssignments);
    const pulls = clusters.map(({ cluster, at }) => ({
      region: regions.find(({ location }) => sameRegion(location, cluster.location)),
      seen: { at: `${at}/location` as const, about: cluster.name, saw: cluster.location },
    }));
    const far = pulls.filter(({ region }) => region === undefined || region.serves === 'no');
    if (far.length > 0) {
      const byRegion = new Map(far.map(({ seen, region }) => [regionName(seen.saw), region]));
      return fail(
        far.map(({ seen }) => ({ ...seen, wanted: 'a region with a replica that serves' })),
        `Pulls across regions: ${far.map(({ seen }) => `${seen.about} in ${seen.saw}`).join(', ')}`,
        [...byRegion].map(([location, region]) => serveFrom(location, region)),
      );
    }
    const unseen = consumers.searched.flatMap((entry) => (entry.clusters.state === 'observed' ? [] : [entry.clusters]));
    if (unseen.length > 0) return cannotSee('the clusters of a subscription could not be listed', unseen);
    if (missing.length > 0) return untold(`not found in the scanned subscriptions: ${missing.join(', ')}`);
    if (pulls.length === 0) return notApplicable('no consuming cluster is known');
    const unclear = pulls.find(({ region }) => region?.serves === 'unknown')?.region;
    if (unclear) return untold(`${unclear.location} ${unclear.reason}`);
    return pass(pulls.flatMap(({ seen, region }) => [seen, ...(region?.because ?? [])]));
  },
});
