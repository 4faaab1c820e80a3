import {
  acrRetention,
  cannotRun,
  cannotSee,
  defineCheck,
  fail,
  manual,
  type Observation,
  pass,
  purgesOf,
  untold,
} from '../../src/check.ts';

const status = 'registry/policies/retention/status';

const schedule = manual(
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
  evidence: ['agentPools'],

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
    breaks:
      'What is cleaned is gone for good. A purge deletes the tags that its filter takes; the retention policy (Premium) deletes Docker manifests that lose their tag, seven days later.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-retention-policy'],

  evaluate({ registry, tasks, agentPools }) {
    const retention = registry.policies.retention?.status ?? null;
    if (retention === 'enabled') return pass({ at: status, saw: retention });
    const able = tasks.filter(
      (task, index) => !cannotRun(task, index, { state: 'observed', value: registry, sources: [] }, agentPools),
    );
    const { purges, deletes, hidden } = purgesOf(tasks, registry);
    const runs = ({
      task,
      scheduled,
    }: {
      readonly task: (typeof tasks)[number];
      readonly scheduled: boolean;
    }): boolean => scheduled && able.includes(task);
    const scheduled = purges.filter(runs);
    const works = scheduled.filter(({ reading }) => reading.fate.deletes === 'yes');
    if (works.length > 0) return pass(works.map(({ seen }) => seen));
    const unsure = [
      ...hidden.filter(runs).map(({ why }) => why),
      ...scheduled.flatMap(({ task, reading: { fate } }) =>
        fate.deletes === 'unknown' ? [untold(`whether ${task.name} deletes anything: ${fate.why.join('; ')}`)] : [],
      ),
      ...deletes
        .filter(runs)
        .map(({ task, what }) => untold(`${task.name} deletes by ${what}: whether that keeps up is not told`)),
    ];
    if (unsure.length > 0) return cannotSee('whether something cleans up', unsure);
    if (retention === null ? registry.sku === 'Premium' || registry.sku === null : retention !== 'disabled')
      return untold(
        retention === null ? "Azure's answer has no retention policy" : `the retention status is '${retention}'`,
      );
    const off: Observation[] = retention === null ? [] : [{ at: status, saw: retention, wanted: 'enabled' }];
    const idle = purges.filter((one) => one.scheduled).map(({ seen }) => seen);
    const seen: Observation[] = [...off, ...idle];
    const why = scheduled.map(
      ({ task, reading }) => `${task.name} never deletes: ${reading.dangers.map(({ happens }) => happens).join(' ')}`,
    );
    // Soft delete and retention exclude each other, and only Premium has retention.
    const purgeOnly = registry.sku !== 'Premium' || registry.policies.softDelete?.status === 'enabled';
    return fail(
      [...seen, { at: 'tasks', saw: tasks, about: `${tasks.length} tasks` }],
      why.length > 0 ? why.join(' ') : undefined,
      purgeOnly ? [schedule] : [decide, acrRetention(7)],
    );
  },
});

const decide = manual(
  'Decide once what this registry needs: retention, as below, rules soft delete out (deletes-recoverable); to keep that, schedule a purge instead.',
);
