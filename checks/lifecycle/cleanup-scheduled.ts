import {
  acrRetention,
  defineCheck,
  fail,
  manual,
  type Observation,
  pass,
  purgesOf,
  readPurge,
  untold,
} from '../../src/check.ts';

const status = 'registry/policies/retention/status';

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

  why: 'Every image ever pushed stays pullable with every hole found in it since, and storage is billed for all of them.',
  symptom: 'Storage only grows, and years-old tags still pull.',
  cause:
    'Cleaning is on nobody’s list: retention is off by default and no purge was scheduled, or the one there is fails.',
  confirm: [
    'az acr config retention show --registry <registry> --subscription <subscription>',
    'az acr task list --registry <registry> --subscription <subscription> --query "[].{name:name, timers:trigger.timerTriggers, definition:step.encodedTaskContent}"',
  ],
  fix: {
    steps: [acrRetention(7)],
    breaks:
      'Docker manifests that lose their tag from now on are deleted after seven days: deployments that pull them by digest fail. OCI manifests are not touched; only a purge removes those.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-retention-policy'],

  evaluate({ registry, tasks }) {
    const retention = registry.policies.retention?.status ?? null;
    if (retention === 'enabled') return pass({ at: status, saw: retention });
    const { purges, hidden } = purgesOf(tasks);
    const scheduled = purges.filter((purge) => purge.scheduled);
    const useless = new Set(['fails', 'never-deletes', 'dry-run']);
    const works: Observation[] = scheduled
      .filter(({ command }) => !readPurge(command, true).dangers.some(({ kind }) => useless.has(kind)))
      .map(({ at, line, task }) => ({ at, saw: line, about: task.name }));
    if (works.length > 0) return pass(works);
    const unseen = hidden.flatMap((one) => (one.scheduled ? [one.why] : []));
    if (unseen.length > 0) return untold(unseen.join('; '));
    if (retention === null ? registry.sku === 'Premium' : retention !== 'disabled')
      return untold(
        retention === null ? "Azure's answer has no retention policy" : `the retention status is '${retention}'`,
      );
    const idle: Observation[] = scheduled.map(({ at, line, task }) => ({ at, saw: line, about: task.name }));
    const off: Observation[] = retention === null ? [] : [{ at: status, saw: retention, wanted: 'enabled' }];
    const none: Observation[] = tasks.length === 0 ? [{ at: 'tasks', saw: tasks }] : [];
    // Soft delete and retention exclude each other, and only Premium has retention.
    const purgeOnly = registry.sku !== 'Premium' || registry.policies.softDelete?.status === 'enabled';
    const seen = [...off, ...idle, ...none];
    return fail(seen.length > 0 ? seen : { at: 'tasks', saw: tasks }, undefined, purgeOnly ? [schedule] : undefined);
  },
});

const schedule = manual(
  'Schedule a purge of what may go: az acr task create --registry <registry> --subscription <subscription> --name purge-dev --cmd "mcr.microsoft.com/acr/acr-cli:0.19 purge --filter \'app:^dev-.*\' --ago 30d --keep 5" --schedule "0 3 * * *" --context /dev/null.',
);
