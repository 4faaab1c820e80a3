import { defineCheck, fail, manual, notApplicable, pass, sameRegion, untold } from '../../src/check.ts';

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
  cause:
    'Creating or updating the replica ended halfway: no capacity, or a private endpoint without a free address for the new region.',
  confirm: [
    'az acr replication list --registry <registry> --subscription <subscription> --query "[].[location, provisioningState, status.displayStatus]"',
  ],
  fix: {
    steps: [
      manual(
        'Read the error of the last operation in the activity log, mend its cause (often a private endpoint subnet without free addresses), then delete the replica and create it again in the same region.',
      ),
    ],
    breaks: 'While the replica is gone, its region pulls from the next nearest one: slower, with egress cost.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-geo-replication'],

  evaluate({ registry, replications }) {
    const states = replications.map(({ location, provisioningState, displayStatus }, index) => ({
      at: `replications/${index}/provisioningState` as const,
      about: displayStatus === null ? location : `${location}, which shows '${displayStatus}'`,
      saw: provisioningState,
    }));
    const broken = states.filter(({ saw }) => saw === 'Failed' || saw === 'Canceled');
    if (broken.length > 0) {
      const places = broken.map(({ about, saw }) => `${about} (${saw})`).join(', ');
      return fail(
        broken.map((state) => ({ ...state, wanted: 'Succeeded' })),
        `A replica is in a failed state: ${places}`,
      );
    }
    const settled: readonly (string | null)[] = ['Succeeded', 'Creating', 'Updating', 'Deleting'];
    const strange = states.find(({ saw }) => !settled.includes(saw));
    if (strange) return untold(`${strange.about} came with provisioningState ${strange.saw ?? 'missing'}`);
    if (replications.every((replica) => sameRegion(replica.location, registry.location)))
      return notApplicable('the registry has no replica');
    return pass(states);
  },
});
