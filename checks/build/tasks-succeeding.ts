import { acrTasks, commands, defineCheck, shellWord, verdict } from '../../src/check.ts';

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
  words: ['registry', 'roleAssignments', 'denyAssignments'],

  why: 'Patches, purges and builds that everybody relies on have silently stopped.',
  symptom: 'az acr task list-runs shows Failed, Error or Timeout, or nothing for weeks; nobody is told.',
  cause:
    'A firewall that now refuses the task, an identity that lost its role, a timeout too short for a purge, a command that never parsed, acr-cli before 0.19 on a registry with permissions by repository (ABAC), an agent pool that is down.',
  confirm: [
    'az acr task list --registry <registry> --subscription <subscription> --query "[].{name:name, status:status, timers:trigger.timerTriggers[].{schedule:schedule, status:status}}"',
    'az acr task list-runs --registry <registry> --subscription <subscription> --top 50 --query "[].{task:task, status:status, created:createTime}"',
  ],
  fix: {
    steps: [commands.manual(mend('<task>'))],
    breaks: 'Nothing; a purge that works again deletes what has piled up since.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-tasks-logs'],

  evaluate({ tasks, taskRuns, registry, ...access }, { now }) {
    const parts = [...tasks.entries()]
      .filter(([, task]) => acrTasks.mayRun(task))
      .flatMap(([index, task]) =>
        acrTasks.signsOf(task, index, taskRuns, now).map((sign) => {
          const thing = `task/${task.name}`;
          if (sign.well === null) return verdict.unclear(thing, sign.why);
          if (sign.well) return verdict.good(thing, sign.seen);
          const ran = sign.seen.at.startsWith('taskRuns/');
          const cause = ran ? acrTasks.whyItFails(task, registry, access) : null;
          return verdict.bad(thing, sign.seen, cause === null ? sign.says : `${sign.says}. ${cause}`, {
            steps: [commands.manual(mend(shellWord(task.name)))],
          });
        }),
      );
    return verdict.on(parts, 'no enabled task of this registry has run, waits or was due to run');
  },
});
