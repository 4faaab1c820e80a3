import { commands, defineCheck, posture, verdict } from '../../src/check.ts';

const another = [
  commands.manual(
    'Free addresses first: for each further region every private endpoint needs a free address in its subnet, and dynamic addresses. A second region and soft delete exclude each other: switch soft delete off, or waive this.',
  ),
  commands.acrReplicaCreate('<region>'),
];

const leave = ({ location, home }: posture.Region) =>
  commands.manual(
    home
      ? `The home region ${location} cannot be changed: make a new registry in an allowed region and import the images.`
      : `Move the consumers of ${location} to another region, then delete that replica.`,
  );

export default defineCheck({
  id: 'geo-replicated',
  title: 'The registry serves from at least two regions',
  problem: 'The registry serves from one region only',
  severity: 'medium',
  profile: 'hardened',
  profileReason:
    'Each replica costs a Premium unit more and gives nothing to an application that lives in one region: waive it there.',
  since: '1.0',
  article: ['Geo-replication + AZ', 'Who triggers a failover', 'What each feature survives'],
  alsoKnownAs: [
    'psrule Azure.ACR.GeoReplica (AZR-000004, deprecated in July 2026)',
    'psrule Azure.ACR.ReplicaLocation (AZR-000494, where allowedRegions is set)',
    'checkov CKV_AZURE_165',
    'aprl 36ea6c09',
    'steampipe container_registry_geo_replication_enabled',
  ],
  differs: 'The home region in the list is no replica, and one that failed or is out of routing does not count.',
  area: 'resilience',
  needs: ['registry', 'replications'],
  options: { allowedRegions: { kind: 'list', default: [] } },

  why: 'When the region fails, every deployment and every node that starts anywhere fails with it.',
  symptom: 'During a regional outage pods in healthy regions stay in ImagePullBackOff.',
  cause:
    'A registry is born in one region, and the home region in the list of replications is easily taken for a replica.',
  confirm: [
    'az acr replication list --registry <registry> --subscription <subscription> --query "[].[location, provisioningState, regionEndpointEnabled]"',
  ],
  fix: {
    steps: another,
    breaks:
      'Soft delete and geo-replication exclude each other: with soft delete on, ARM refuses the replica. Private DNS needs a record for the new region. Control plane and tasks still depend on the home region.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-geo-replication'],

  evaluate({ registry, replications }, { options: { allowedRegions } }) {
    const excused = verdict.unlessPremium(registry, 'geo-replication');
    if (excused) return excused;
    const spread = posture.spreadOf(registry, replications, allowedRegions);
    switch (spread.state) {
      case 'outside':
        return verdict.fail(
          spread.seen,
          `Outside of the allowed regions: ${spread.regions.map(({ location }) => location).join(', ')}`,
          spread.regions.map(leave),
        );
      case 'several': {
        const note = `${spread.count} regions serve, ${spread.routed} of them in global routing; Microsoft advises two or three`;
        // A region that could not be read may lie outside of those that are allowed.
        return (allowedRegions.length === 0 ? verdict.passByOne : verdict.pass)(spread.seen, note);
      }
      case 'unclear':
        return verdict.untold(spread.reason);
      default:
        return verdict.fail(
          spread.seen,
          spread.reason === '' ? undefined : `The registry serves from one region only: ${spread.reason}`,
          [
            ...spread.idle.map((region) => commands.serveFrom(region.location, region)),
            ...(spread.alone ? another : []),
          ],
        );
    }
  },
});
