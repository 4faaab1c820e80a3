import {
  acrTaskWithoutPullRequests,
  defineCheck,
  fail,
  manual,
  mayRun,
  notApplicable,
  type Observation,
  pass,
  untold,
} from '../../src/check.ts';

export default defineCheck({
  id: 'pull-request-builds-off',
  title: 'No task builds code that nobody has reviewed',
  problem: 'A task builds pull requests with the credentials of the registry',
  severity: 'high',
  profile: 'recommended',
  profileReason: 'A pull request is code nobody has accepted yet; test it where no push credential is at hand.',
  since: '1.0',
  article: ['ACR Tasks', 'Triggers of tasks'],
  area: 'build',
  needs: ['tasks'],

  why: 'Whoever opens a pull request runs code next to a token that can push to the registry, and to any other the task logs in to.',
  symptom: 'Runs with a pull-request trigger in az acr task list-runs; images nobody merged in the registry.',
  cause: 'Somebody wanted a build status on pull requests and created the task with --pull-request-trigger-enabled.',
  confirm: [
    'az acr task list --registry <registry> --subscription <subscription> --query "[].{name:name, status:status, sources:trigger.sourceTriggers[].{events:sourceTriggerEvents, status:status}}"',
  ],
  fix: {
    steps: [
      manual(
        'Switch the trigger off: az acr task update --registry <registry> --name <task> --subscription <subscription> --pull-request-trigger-enabled false.',
      ),
    ],
    breaks:
      'Pull requests no longer get a build from this task: build them in the pipeline, without a push credential.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-tutorial-build-task'],

  evaluate({ tasks }) {
    const seen: Observation[] = [];
    const bad: (Observation & { readonly about: string })[] = [];
    const unseen: string[] = [];
    for (const [index, task] of tasks.entries()) {
      if (!mayRun(task)) continue;
      for (const [place, { status, events }] of task.sources.entries()) {
        const trigger = { at: `tasks/${index}/sources/${place}/status`, saw: status, about: task.name } as const;
        const fires = events.some((event) => event.toLowerCase() === 'pullrequest');
        if (!fires) seen.push({ at: `tasks/${index}/sources/${place}/events`, saw: events, about: task.name });
        else if (status === 'Enabled') bad.push({ ...trigger, wanted: 'Disabled' });
        else if (status === 'Disabled') seen.push(trigger);
        else
          unseen.push(`whether the pull-request trigger of ${task.name} is on: its status is ${status ?? 'not given'}`);
      }
    }
    if (bad.length > 0)
      return fail(
        bad,
        `Pull requests are built, with the credentials of the registry, by ${[...new Set(bad.map(({ about }) => about))].join(', ')}`,
        [...new Set(bad.map(({ about }) => about))].map(acrTaskWithoutPullRequests),
      );
    if (unseen.length > 0) return untold(unseen.join('; '));
    return seen.length > 0 ? pass(seen) : notApplicable('no enabled task of this registry follows a git repository');
  },
});
