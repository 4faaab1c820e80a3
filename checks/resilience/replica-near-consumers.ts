import { access, commands, defineCheck, lastPart, posture, verdict } from '../../src/check.ts';

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
  evidence: access.identityFacets,

  why: 'Each node that starts there fetches its layers from another region: slower scale-out, egress on every pull, and an outage elsewhere reaches it.',
  symptom:
    'Pods in one region start seconds later than in others, and the bill shows inter-region egress from the registry.',
  cause:
    'The cluster moved or was added after the replicas were chosen, or the replica beside it was taken out of routing.',
  confirm: [
    'az acr replication list --registry <registry> --subscription <subscription> --query "[].[location, regionEndpointEnabled]"',
    'az resource show --ids <cluster-id> --query "[name, location]"',
  ],
  fix: {
    steps: [commands.acrReplicaCreate('<cluster-region>')],
    breaks:
      'One more Premium unit on the bill; ARM refuses it beside soft delete; every private endpoint needs a free address for the new region.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-geo-replication'],

  evaluate({ registry, replications, consumers, roleAssignments, ...identities }) {
    const regions = posture.regionsOf(registry, replications);
    if (regions.length < 2) return verdict.notApplicable('the registry is not geo-replicated');
    const { clusters, unfound, unidentified, unseen } = access.consumersOf(
      registry,
      consumers,
      roleAssignments,
      identities,
    );
    const parts = clusters.map(({ cluster, at }): verdict.Part => {
      const thing = `cluster/${cluster.name}`;
      const seen = { at: `${at}/location`, about: cluster.name, saw: cluster.location } as const;
      const region = regions.find(({ location }) => posture.sameRegion(location, cluster.location));
      const untold = regions.find(({ location }) => location === '');
      if (!region && untold) return verdict.unclear(thing, verdict.untold(`the home region ${untold.reason}`));
      if (region?.serves === 'unknown')
        return verdict.unclear(thing, verdict.untold(`${region.location} ${region.reason}`));
      if (region?.serves === 'yes') return verdict.good(thing, [seen, ...region.because]);
      return verdict.bad(
        thing,
        { ...seen, wanted: 'a region with a replica that serves' },
        `${cluster.name} in ${cluster.location} pulls across regions`,
        {
          steps: [commands.serveFrom(posture.regionName(cluster.location), region)],
          confirm: [commands.clusterShow(cluster.id, '[name, location]')],
        },
      );
    });
    return verdict.on(
      [
        ...parts,
        ...unfound.map(({ id, why }) => verdict.unclear(`cluster/${lastPart(id)}`, why)),
        ...unidentified.map(({ name, why }) => verdict.unclear(`cluster/${name}`, why)),
        ...(unseen ? [verdict.unclear('cluster/unseen', unseen)] : []),
      ],
      'no consuming cluster is known',
    );
  },
});
