import {
  defineCheck,
  fail,
  lastDue,
  manual,
  mayRun,
  notApplicable,
  type Observation,
  pass,
  unknown,
} from '../../src/check.ts';

/** Runs may be forgotten by the service after this long: the age of the logs it keeps. */
const kept = 30 * 86_400_000;

export default defineCheck({
  id: 'tasks-succeeding',
  title: 'Every enabled task runs when it should, and succeeds',
  problem: 'A task fails, or no longer runs',
  severity: 'medium',
  profile: 'recommended',
  profileReason: 'A task that fails every night looks exactly like one that works until someone opens its log.',
  area: 'build',
  needs: ['tasks', 'taskRuns'],

  why: 'Patches, purges and builds that everybody relies on have silently stopped.',
  symptom: 'az acr task list-runs shows Failed, Error or Timeout, or nothing since weeks; nobody is told.',
  cause:
    'A firewall that now refuses the task, an identity that lost its role, a timeout too short for a purge, a command that never parsed.',
  confirm: [
    'az acr task list-runs --registry <registry> --subscription <subscription> --top 50 --query "[].{task:task, status:status, created:createTime}"',
  ],
  fix: {
    steps: [
      manual(
        'Read why: az acr task logs --registry <registry> --name <task>; mend it, then az acr task run --registry <registry> --name <task>.',
      ),
    ],
    breaks: 'Nothing; a purge that works again deletes what has piled up since.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-tasks-logs'],

  evaluate({ tasks, taskRuns: { runs, since } }, { now }) {
    const good: Observation[] = [];
    const bad: Observation[] = [];
    const said: string[] = [];
    const unseen: string[] = [];
    for (const [index, task] of tasks.entries()) {
      if (!mayRun(task)) continue;
      const own = [...runs.entries()].filter(([, run]) => run.task.toLowerCase() === task.name.toLowerCase());
      const [newest] = own;
      const [at, ended] = own.at(-1) ?? [];
      if (ended && endings.has(ended.status ?? '')) {
        const seen = { at: `taskRuns/runs/${at ?? 0}/status`, saw: ended.status, about: task.name } as const;
        if (ended.status !== 'Succeeded' && ended.status !== 'Canceled') {
          bad.push({ ...seen, wanted: 'Succeeded' });
          said.push(`the last run of ${task.name} ended in ${ended.status}`);
        } else good.push(seen);
      } else if (ended && !['Queued', 'Started', 'Running'].includes(ended.status ?? ''))
        unseen.push(`${task.name}: the status of its last run is ${ended.status ?? 'not given'}`);
      for (const [place, { schedule, status }] of task.timers.entries()) {
        if (schedule === null || status === 'Disabled') continue;
        // Two firings missed: the older of the last two that were due has no run after it.
        const due = lastDue(schedule, now, 2)?.[1];
        if (due === undefined || (task.createdAt !== null && Date.parse(task.createdAt) > due)) continue;
        const ranAt = newest?.[1].createdAt;
        if (ranAt && Date.parse(ranAt) >= due) continue;
        if (!newest && ((since !== null && Date.parse(since) > due) || Date.parse(now) - due > kept))
          unseen.push(`whether ${task.name} ran since ${new Date(due).toISOString()}: older runs were not seen`);
        else {
          bad.push({ at: `tasks/${index}/timers/${place}/schedule`, saw: schedule, about: task.name });
          said.push(`${task.name} has not run since ${ranAt ?? 'it was created'}, though twice due`);
        }
      }
    }
    if (bad.length > 0) return fail(bad, said.join('; '));
    if (unseen.length > 0) return unknown(unseen.join('; '));
    return good.length > 0 ? pass(good) : notApplicable('no enabled task of this registry has run or was due to');
  },
});

const endings: ReadonlySet<string> = new Set(['Succeeded', 'Failed', 'Canceled', 'Error', 'Timeout']);
