import { acrTasks, commands, defineCheck, posture, verdict } from '../../src/check.ts';

const status = 'registry/policies/softDelete/status';

export default defineCheck({
  id: 'purges-have-a-safety-net',
  title: 'What a scheduled purge deletes can be brought back',
  problem: 'What a scheduled purge deletes is gone for good',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'An automatic delete without a way back needs one wrong character to become an outage.',
  since: '1.0',
  article: ['Retention + purge + soft delete', 'Playbook 9'],
  area: 'lifecycle',
  needs: ['registry', 'tasks', 'replications', 'cacheRules'],
  evidence: ['roleAssignments', 'denyAssignments'],

  why: 'The filter that is right today is wrong after the next change of tagging, and the task deletes without asking.',
  symptom: 'After a purge an image that is needed is missing, and there is nothing to restore it from.',
  signs: ['manifest unknown', 'MANIFEST_UNKNOWN'],
  cause:
    'The purge was scheduled, the soft delete policy was not; or replicas, artifact cache or retention rule it out.',
  confirm: [
    'az acr config soft-delete show --registry <registry> --subscription <subscription>',
    'az acr task list --registry <registry> --subscription <subscription> --query "[].{name:name, timers:trigger.timerTriggers, definition:step.encodedTaskContent}"',
  ],
  fix: {
    steps: [
      commands.manual(
        'Decide once what this registry needs: soft delete rules out the retention policy, a second region and cache rules. To have those, lock what must stay instead.',
      ),
      commands.acrSoftDelete(7),
    ],
    breaks:
      'Geo-replication, artifact cache and the retention policy cannot be added while soft delete is on; deleted artifacts are billed until they expire.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-soft-delete-policy'],

  evaluate({ registry, tasks, replications, cacheRules, ...access }) {
    const { purges, deletes, hidden } = acrTasks.purgesOf(tasks, registry, access);
    const live = [
      ...purges.filter(({ scheduled, reading }) => scheduled && reading.fate.deletes !== 'never'),
      ...deletes.filter(({ scheduled }) => scheduled),
    ];
    if (live.length === 0) {
      const unseen = hidden.flatMap(({ why, scheduled }) => (scheduled ? [why] : []));
      return unseen.length > 0
        ? verdict.cannotSee('whether a task purges', unseen)
        : verdict.notApplicable('no task of this registry purges on a schedule');
    }
    const names = [...new Set(live.map(({ task }) => task.name))].join(', ');
    const seen = live.map((one) => one.seen);
    const softDelete = registry.policies.softDelete?.status ?? null;
    if (softDelete === 'enabled') return verdict.passByOne([{ at: status, saw: softDelete }, ...seen]);
    const obstacles = posture.obstaclesToSoftDelete(registry, replications, cacheRules);
    const blocked: readonly verdict.Observation[] = obstacles.map((one) => one.seen);
    if (verdict.isSome(blocked))
      return verdict.fail(
        [...blocked, ...seen],
        `What ${names} deletes is gone for good: Azure offers no soft delete here because ${posture.obstacleWords(obstacles)}`,
        [
          commands.manual(
            'Lock what must stay (az acr repository update --name <registry> --subscription <subscription> --image <image> --write-enabled false), and copy releases to a registry that nothing purges: az acr import.',
          ),
        ],
      );
    if (softDelete === 'disabled')
      return verdict.fail(
        [{ at: status, saw: softDelete, wanted: 'enabled' }, ...seen],
        `What ${names} deletes is gone for good: soft delete is off`,
      );
    return verdict.untold(
      softDelete === null
        ? `Azure's answer (api-version ${registry.apiVersion}) has no soft delete policy`
        : `the soft delete status is '${softDelete}'`,
    );
  },
});
