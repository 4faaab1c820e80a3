import { acrTasks, commands, defineCheck, verdict } from '../../src/check.ts';

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
      commands.manual(
        'Switch the trigger off: az acr task update --registry <registry> --name <task> --subscription <subscription> --pull-request-trigger-enabled false.',
      ),
    ],
    breaks:
      'Pull requests no longer get a build from this task: build them in the pipeline, without a push credential.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-tutorial-build-task'],

  evaluate({ tasks }) {
    const parts = [...tasks.entries()]
      .filter(([, task]) => acrTasks.mayRun(task))
      .flatMap(([index, task]) =>
        task.sources.map(({ status, events }, place): verdict.Part => {
          const thing = `task/${task.name}`;
          const at = `tasks/${index}/sources/${place}` as const;
          const [trigger, fired] = [`${at}/status`, `${at}/events`] as const;
          const seen = { at: fired, saw: events, about: thing.replace('/', ' ') };
          const strange = events?.find((event) => !/^(commit|pullrequest)$/i.test(event));
          const builds = events?.some((event) => event.toLowerCase() === 'pullrequest');
          if (status === 'Disabled') return verdict.good(thing, { at: trigger, saw: status, about: seen.about });
          if (builds && status === 'Enabled')
            return verdict.bad(
              thing,
              { at: trigger, saw: status, wanted: 'Disabled', about: seen.about },
              `${task.name} builds pull requests with the credentials of the registry`,
              {
                steps: [
                  place === 0
                    ? commands.acrTaskWithoutPullRequests(task)
                    : commands.manual(
                        `Make task ${task.name} anew without its trigger number ${place + 1}: az acr task update changes the first one only.`,
                      ),
                ],
              },
            );
          if (events === null) return verdict.unclear(thing, verdict.notSaid(fired, null));
          if (strange !== undefined) return verdict.unclear(thing, verdict.notSaid(fired, strange));
          return builds ? verdict.unclear(thing, verdict.notSaid(trigger, status)) : verdict.good(thing, seen);
        }),
      );
    return verdict.on(parts, 'no enabled task of this registry follows a git repository');
  },
});
