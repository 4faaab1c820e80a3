import { commands, defineCheck, type Facets, posture, verdict } from '../../src/check.ts';

const recreate = (location: string) =>
  commands.manual(
    `Read the error of the last operation in the activity log and mend its cause (often a private endpoint subnet without free addresses). Then, once the consumers in ${location} can pull from another region, delete the replica there and create it again.`,
  );

export default defineCheck({
  id: 'replicas-healthy',
  title: 'No replica is in a failed state',
  problem: 'A replica is in a failed state',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'A broken replica is paid for and trusted, and fails on the day it is needed.',
  since: '1.0',
  article: ['Geo-replication + AZ', 'Playbook 10', 'Replica states', 'Signals to alert on'],
  area: 'resilience',
  needs: ['registry', 'replications'],

  why: 'Content in a failed replica may be missing or old, and the region that relies on it pulls from elsewhere or not at all.',
  symptom:
    'A pull in one region is slow, or gives an older image than elsewhere. A tag that lags for a moment is normal: replication is asynchronous and no state shows it, so deploy by digest.',
  signs: ['manifest unknown', 'MANIFEST_UNKNOWN'],
  cause:
    'Creating or updating the replica ended halfway: no capacity, or a private endpoint without a free address for the new region.',
  confirm: [
    'az acr replication list --registry <registry> --subscription <subscription> --query "[].[location, provisioningState, status.displayStatus]"',
  ],
  fix: {
    steps: [
      commands.manual(
        'Read the error of the last operation in the activity log and mend its cause. A replica can be deleted and created again; for the home region repeat the last change of the registry.',
      ),
    ],
    breaks: 'While the replica is gone, its region pulls from the next nearest one: slower, with egress cost.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-geo-replication'],

  evaluate({ registry, replications }) {
    const regions = posture.regionsOf(registry, replications);
    const [home] = regions;
    const parts = regions.flatMap((region) =>
      region.replica === null ? [] : [replicaPart(region, region.replica, replications.indexOf(region.replica))],
    );
    const broken = parts.some(({ state }) => state === 'bad');
    if (!broken && regions.every((region) => region.home && region.serves !== 'unknown'))
      return verdict.notApplicable('the registry has no replica');
    return verdict.on(
      home?.replica === null && replications.length > 0
        ? [...parts, verdict.unclear('replica/home', verdict.untold(`the home region ${home.location} ${home.reason}`))]
        : parts,
      'the registry has no replica',
    );
  },
});

/** A replica that is being changed is no broken one: it may be by the next scan. */
function replicaPart(
  { location, home }: { readonly location: string; readonly home: boolean },
  { provisioningState: saw, displayStatus }: Facets['replications'][number],
  index: number,
): verdict.Part {
  const thing = `replica/${posture.regionName(location)}`;
  const about = displayStatus === null ? location : `${location}, which shows '${displayStatus}'`;
  const seen = { at: `replications/${index}/provisioningState`, about, saw } as const;
  switch (saw) {
    case 'Failed':
    case 'Canceled':
      return verdict.bad(
        thing,
        { ...seen, wanted: 'Succeeded' },
        `${home ? 'The home region' : 'The replica'} ${about} is in the state ${saw}; that state counts, not what is shown`,
        { steps: [home ? commands.repeatLastChange : recreate(location)] },
      );
    case 'Succeeded':
    case 'Creating':
    case 'Updating':
    case 'Deleting':
      return verdict.good(thing, seen);
    default:
      return verdict.unclear(thing, verdict.untold(`${about} came with provisioningState ${saw ?? 'not told'}`));
  }
}
