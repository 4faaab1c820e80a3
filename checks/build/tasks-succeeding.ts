import {
  defineCheck,
  fail,
  manual,
  mayRun,
  notApplicable,
  pass,
  shellWord,
  taskHealth,
  untold,
} from '../../src/check.ts';

const mend = (task: string): string =>
  `Read why (az acr task logs --registry <registry> --subscription <subscription> --name ${task}), mend it, then run it: az acr task run --registry <registry> --subscription <subscription> --name ${task}.`;

export default defineCheck({
  id: 'tasks-succeeding',
  title: 'Every enabled task runs when it should, and succeeds',
  problem: 'A task fails, or no longer runs',
  severity: 'medium',
  profile: 'recommended',
  profileReason: 'A task that fails every night looks exactly like one that works until someone opens its log.',
  since: '1.0',
  article: ['ACR Tasks', 'Run statuses', 'Long queue and concurrency'],
  area: 'build',
  needs: ['tasks', 'taskRuns'],

  why: 'Patches, purges and builds that everybody relies on have silently stopped.',
  symptom: 'az acr task list-runs shows Failed, Error or Timeout, or nothing for weeks; nobody is told.',
  cause:
    'A firewall that now refuses the task, an identity that lost its role, a timeout too short for a purge, a command that never parsed.',
  confirm: [
    'az acr task list --registry <registry> --subscription <subscription> --query "[].{name:name, status:status, timers:trigger.timerTriggers[].{schedule:schedule, status:status}}"',
    'az acr task list-runs --registry <registry> --subscription <subscription> --top 50 --query "[].{task:task, status:status, created:createTime}"',
  ],
  fix: {
    steps: [manual(mend('<task>'))],
    breaks: 'Nothing; a purge that works again deletes what has piled up since.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-tasks-logs'],

  evaluate({ tasks, taskRuns }, { now }) {
    const judged = [...tasks.entries()]
      .filter(([, task]) => mayRun(task))
      .map(([index, task]) => ({ name: task.name, ...taskHealth(task, index, taskRuns, now) }));
    const ill = judged.filter(({ bad }) => bad.length > 0);
    const bad = ill.flatMap((one) => one.bad);
    if (bad.length > 0)
      return fail(
        bad.map(({ seen }) => seen),
        bad.map(({ says }) => says).join('; '),
        ill.map(({ name }) => manual(mend(shellWord(name)))),
      );
    const unsure = judged.flatMap((one) => one.untold);
    if (unsure.length > 0) return untold(unsure.join('; '));
    const good = judged.flatMap((one) => one.good);
    return good.length > 0 ? pass(good) : notApplicable('no enabled task of this registry has run or was due to');
  },
});
