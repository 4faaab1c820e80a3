import { acrTasks, commands, defineCheck, type Facets, verdict } from '../../src/check.ts';

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
    'A task of a single image pushes what it builds; in a task of several steps the push stands before the test, beside it (when), without one, or whatever comes of the test (|| true, ignoreErrors).',
  confirm: [
    'az acr task list --registry <registry> --subscription <subscription> --query "[].{name:name, step:step.type, pushes:step.isPushEnabled, definition:step.encodedTaskContent}"',
  ],
  fix: {
    steps: [
      commands.manual(
        'Write the task as build, cmd (run the built image with its tests, and without || true), push, in that order and without when: ["-"] on the push; then az acr task create --registry <registry> --subscription <subscription> --name <task> --file task.yaml --context <git-url>.',
      ),
    ],
    breaks: 'An image whose tests fail is no longer pushed.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-tasks-multi-step'],

  evaluate({ tasks }) {
    const parts = [...tasks.entries()]
      .filter(([, task]) => acrTasks.mayRun(task) && !acrTasks.isPatching(task))
      .flatMap(([index, task]) => pushesBy(task, index));
    return verdict.on(parts, 'no enabled task of this registry pushes an image');
  },
});

function pushesBy(task: Facets['tasks'][number], index: number): readonly verdict.Part[] {
  const { name, step } = task;
  const thing = `task/${name}`;
  const about = `task ${name}`;
  const untested = `${name} pushes an image without a run of it whose failure stops the push`;
  const nothing = acrTasks.workUntold(task);
  if (nothing) return [verdict.unclear(thing, nothing)];
  if (step.kind === 'other') return [];
  if (step.kind === 'file')
    return [
      verdict.unclear(
        thing,
        verdict.untold(`the definition of ${name} is in ${step.path ?? 'a file'} beside its sources`),
      ),
    ];
  if (step.kind === 'docker') {
    const pushed = { at: `tasks/${index}/step/isPushEnabled`, saw: step.isPushEnabled, about } as const;
    if (step.isPushEnabled === null)
      return [verdict.unclear(thing, verdict.untold(`${name}: Azure's answer has no isPushEnabled`))];
    return step.isPushEnabled ? [verdict.bad(thing, { ...pushed, wanted: false }, untested)] : [];
  }
  const read = acrTasks.definitionOf(task, step);
  if ('problem' in read) return [verdict.unclear(thing, verdict.untold(`${name}: ${read.problem}`))];
  if (acrTasks.refusedVersion(read.definition) !== null) return [];
  const seen = acrTasks.stepsCited(task, index, read.definition);
  return acrTasks
    .pushesOf(read.definition.steps)
    .map(({ tested }) => (tested ? verdict.good(thing, seen) : verdict.bad(thing, seen, untested)));
}
