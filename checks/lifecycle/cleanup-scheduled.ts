import { acrTasks, commands, defineCheck, verdict } from '../../src/check.ts';

const status = 'registry/policies/retention/status';

const schedule = commands.manual(
  'Schedule a purge of what may go: az acr task create --registry <registry> --subscription <subscription> --name purge-dev --cmd "mcr.microsoft.com/acr/acr-cli:0.19 purge --filter \'app:^dev-.*\' --ago 30d --keep 5" --schedule "0 3 * * *" --context /dev/null.',
);

export default defineCheck({
  id: 'cleanup-scheduled',
  title: 'Something removes what nobody needs any more',
  problem: 'Nothing ever removes an old image',
  severity: 'low',
  profile: 'hardened',
  profileReason: 'Old images cost storage and stay pullable; how long to keep them is a decision, not a default.',
  since: '1.0',
  article: ['Retention + purge + soft delete', 'Ways to clean up'],
  area: 'lifecycle',
  needs: ['registry', 'tasks'],
  evidence: ['agentPools', 'roleAssignments', 'denyAssignments'],

  why: 'Every image ever pushed stays pullable with every hole found in it since, and storage is billed for all of them.',
  symptom: 'Storage only grows, and years-old tags still pull.',
  cause:
    'Cleaning is on nobody’s list: retention is off by default and no purge was scheduled, or the one there is fails.',
  confirm: [
    'az acr config retention show --registry <registry> --subscription <subscription>',
    'az acr task list --registry <registry> --subscription <subscription> --query "[].{name:name, timers:trigger.timerTriggers, definition:step.encodedTaskContent}"',
  ],
  fix: {
    steps: [schedule],
    breaks: 'What is cleaned is gone for good: of a purge the tags that its filter takes.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-retention-policy'],

  evaluate({ registry, tasks, agentPools, ...access }) {
    const retention = registry.policies.retention?.status ?? null;
    if (retention === 'enabled') return verdict.passByOne({ at: status, saw: retention });
    const { works, unsure, scheduled } = acrTasks.cleaningOf(tasks, registry, agentPools, access);
    if (verdict.isSome(works)) return verdict.passByOne(works);
    if (unsure.length > 0) return verdict.cannotSee('whether something cleans up', unsure);
    if (retention === null ? registry.sku === 'Premium' || registry.sku === null : retention !== 'disabled')
      return verdict.untold(
        retention === null ? "Azure's answer has no retention policy" : `the retention status is '${retention}'`,
      );
    const off: verdict.Observation[] = retention === null ? [] : [{ at: status, saw: retention, wanted: 'enabled' }];
    const idle = scheduled.flatMap(({ seen, barred }) => [seen, ...(barred ? [barred.seen] : [])]);
    const seen: readonly verdict.Observation[] = [...off, ...idle];
    const why = scheduled.flatMap(({ task, reading: { fate, dangers } }) =>
      fate.deletes === 'never'
        ? [`${task.name} never deletes: ${dangers.map(({ happens }) => happens).join(' ')}`]
        : [],
    );
    // Soft delete and retention exclude each other, and only Premium has retention.
    const purgeOnly = registry.sku !== 'Premium' || registry.policies.softDelete?.status === 'enabled';
    const whole = acrTasks.allTasks(tasks);
    return verdict.fail(
      verdict.isSome(seen) ? [...seen, whole] : whole,
      why.length > 0 ? why.join(' ') : undefined,
      purgeOnly ? [schedule] : [decide, commands.acrRetention(7)],
    );
  },
});

const decide = commands.manual(
  'Decide once what this registry needs: retention, as below, rules soft delete out (deletes-recoverable), and deletes Docker manifests for good a week after they lose their tag; to keep soft delete, schedule a purge instead.',
);
