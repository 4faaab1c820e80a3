import {
  defineCheck,
  fail,
  manual,
  mayRun,
  notApplicable,
  type Observation,
  pass,
  pushes,
  untestedPushes,
  untold,
} from '../../src/check.ts';

export default defineCheck({
  id: 'push-gated-by-tests',
  title: 'A task pushes an image only after running it',
  problem: 'A task pushes an image that it never ran',
  severity: 'medium',
  profile: 'hardened',
  profileReason: 'It needs a test worth running; where the pipeline tests the image elsewhere it says nothing new.',
  since: '1.0',
  article: ['ACR Tasks', 'Kinds of tasks', 'The task file', 'The sequence of gates'],
  area: 'build',
  needs: ['tasks'],

  why: 'A broken or tampered image is in the registry, under its release tag, before anything has started it once.',
  symptom: 'Deployments crash on start after an automatic rebuild that nobody looked at.',
  cause:
    'A task of a single image pushes what it builds; in a task of several steps the push stands before the test, beside it (when), or without one.',
  confirm: [
    'az acr task list --registry <registry> --subscription <subscription> --query "[].{name:name, step:step.type, pushes:step.isPushEnabled, definition:step.encodedTaskContent}"',
  ],
  fix: {
    steps: [
      manual(
        'Write the task as build, cmd (run the built image with its tests), push, in that order and without when: ["-"] on the push; then az acr task create --registry <registry> --subscription <subscription> --name <task> --file task.yaml --context <git-url>.',
      ),
    ],
    breaks: 'An image whose tests fail is no longer pushed.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-tasks-multi-step'],

  evaluate({ tasks }) {
    const good: Observation[] = [];
    const bad: Observation[] = [];
    const unseen: string[] = [];
    for (const [index, task] of tasks.entries()) {
      const { name, step } = task;
      if (!mayRun(task) || step.kind === 'other') continue;
      const at = `tasks/${index}/step` as const;
      if (step.kind === 'file')
        unseen.push(`the definition of ${name} is in ${step.path ?? 'a file'} beside its sources`);
      else if (step.kind === 'docker') {
        const pushed = { at: `${at}/isPushEnabled`, saw: step.isPushEnabled, about: name } as const;
        if (step.isPushEnabled === null) unseen.push(`${name}: Azure's answer has no isPushEnabled`);
        else if (step.isPushEnabled) bad.push({ ...pushed, wanted: false });
      } else if (!step.definition) unseen.push(`${name}: ${step.problem}`);
      else {
        const { steps } = step.definition;
        const untested = new Set(untestedPushes(steps));
        for (const [place, one] of steps.entries())
          if (pushes(one))
            (untested.has(one) ? bad : good).push({ at: `${at}/definition/steps/${place}`, saw: one, about: name });
      }
    }
    if (bad.length > 0) return fail(bad, `Pushed without having been run: an image of ${names(bad)}`);
    if (unseen.length > 0) return untold(unseen.join('; '));
    return good.length > 0 ? pass(good) : notApplicable('no enabled task of this registry pushes an image');
  },
});

const names = (seen: readonly Observation[]): string => [...new Set(seen.map(({ about }) => about))].join(', ');
