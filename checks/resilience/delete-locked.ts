import { commands, defineCheck, posture, verdict } from '../../src/check.ts';

export default defineCheck({
  id: 'delete-locked',
  title: 'A lock keeps the registry from being deleted',
  problem: 'Nothing keeps the registry from being deleted',
  severity: 'low',
  profile: 'hardened',
  profileReason: 'It needs a word with whoever deploys: pipelines that replace or remove resources stop at a lock.',
  since: '1.0',
  article: ['Geo-replication + AZ'],
  alsoKnownAs: ['kics a187ac47', 'terrascan AC_AZURE_0185'],
  differs: 'Live locks and deny assignments at the registry, its group and above, not blocks of one file.',
  area: 'resilience',
  needs: ['registry', 'locks'],
  evidence: ['denyAssignments'],

  why: 'Deleting a registry deletes every image in every region at once, and Azure keeps no copy to bring back.',
  symptom: 'A cleaned-up resource group took the registry along; no node can start a pod that is not cached.',
  signs: ['ScopeLocked'],
  cause: 'Azure locks nothing by itself, no deployment stack denies the deletion, and Contributor is enough to delete.',
  confirm: ['az lock list --subscription <subscription> --query "[].{level:level, on:id}"'],
  fix: {
    steps: [commands.acrLock()],
    breaks:
      'Deleting anything at or below the registry through ARM: role assignments, scope maps, replicas, tasks, tokens, webhooks (ScopeLocked), and tools that replace what they manage. Other fixes that delete come first. Images can still be deleted. Take CanNotDelete: ReadOnly also refuses every change of settings.',
  },
  refs: ['https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources'],

  evaluate({ registry, locks, denyAssignments }) {
    const lock = posture.deletionLock(locks, registry.id);
    const denial = posture.deletionDenial(denyAssignments, registry.id);
    if (lock.state !== 'locked' && denial.denied === 'yes') return verdict.passByOne(denial.seen, denial.note);
    if (lock.state === 'unclear') return lock.why;
    if (lock.state === 'unlocked' && denial.denied === 'unclear') return denial.why;
    if (lock.state === 'unlocked')
      return verdict.fail({ at: 'registry/id', saw: registry.id, wanted: 'a CanNotDelete lock on it or above' });
    return verdict.passByOne(
      lock.seen,
      lock.level === 'ReadOnly'
        ? `The lock ${lock.name} keeps the registry from being deleted, and, being ReadOnly, from any change of its settings`
        : undefined,
    );
  },
});
