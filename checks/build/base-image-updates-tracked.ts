import {
  acrTaskWithBaseImageTrigger,
  defineCheck,
  fail,
  manual,
  mayRun,
  notApplicable,
  type Observation,
  pass,
  type Step,
  unknown,
} from '../../src/check.ts';

export default defineCheck({
  id: 'base-image-updates-tracked',
  title: 'Build tasks rebuild when their base image is patched',
  problem: 'A build task never rebuilds when its base image is patched',
  severity: 'medium',
  profile: 'recommended',
  profileReason: 'It is on by default, costs one build a patch, and is the reason for building in the registry.',
  area: 'build',
  needs: ['tasks'],

  why: 'A hole that upstream closed weeks ago is still in what you deploy, because nothing built the image again.',
  symptom: 'Scanners report a vulnerability in the base layers although its fix is published under the same tag.',
  cause:
    'The trigger was switched off, the Dockerfile starts FROM a digest or a tag that never moves, or the task has never had a run that succeeded, which is when the base images are found.',
  confirm: [
    'az acr task list --registry <registry> --subscription <subscription> --query "[].{name:name, trigger:trigger.baseImageTrigger.status, tracked:step.baseImageDependencies[].tag}"',
  ],
  fix: {
    steps: [
      manual(
        'Start the Dockerfile FROM a tag that moves with patches (latest is one, a digest is not), and run the task once: az acr task run --registry <registry> --name <task>. Only runtime images are tracked.',
      ),
    ],
    breaks: 'Each update of the base image starts a build, and pushes what it builds.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-tasks-base-images'],

  evaluate({ tasks }) {
    const bad: Observation[] = [];
    const good: Observation[] = [];
    const unseen: string[] = [];
    const steps: Step[] = [];
    let stale = false;
    for (const [index, task] of tasks.entries()) {
      const { name, step, baseImage } = task;
      if (!mayRun(task) || step.kind === 'other') continue;
      if (step.kind === 'encoded' && !step.definition) unseen.push(`${name}: ${step.problem}`);
      if (step.kind === 'encoded' && !step.definition?.steps.some(({ kind }) => kind === 'build')) continue;
      const tracked = step.baseImages.some(({ tag, type }) => tag !== null && type?.toLowerCase() !== 'buildtime');
      const trigger = { at: `tasks/${index}/baseImage/status`, saw: baseImage?.status ?? null, about: name } as const;
      const images = { at: `tasks/${index}/step/baseImages`, saw: step.baseImages, about: name } as const;
      if (baseImage === null) bad.push({ at: `tasks/${index}/baseImage`, saw: null, about: name });
      else if (trigger.saw === 'Disabled') bad.push({ ...trigger, wanted: 'Enabled' });
      else if (!tracked) bad.push(images);
      else if (trigger.saw === 'Enabled') good.push(trigger, images);
      else unseen.push(`${name}: the status of its base-image trigger is ${trigger.saw ?? 'not given'}`);
      if (baseImage === null || trigger.saw === 'Disabled') steps.push(acrTaskWithBaseImageTrigger(name));
      stale ||= !tracked;
    }
    const names = [...new Set(bad.map(({ about }) => about))].join(', ');
    const message = `${names} never rebuilds when its base image is patched`;
    if (bad.length > 0) return stale ? fail(bad, message) : fail(bad, message, steps);
    if (unseen.length > 0) return unknown(unseen.join('; '));
    return good.length > 0 ? pass(good) : notApplicable('no enabled task of this registry builds an image');
  },
});
