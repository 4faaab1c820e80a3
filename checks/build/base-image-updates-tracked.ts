import { acrTasks, commands, defineCheck, shellWord, verdict } from '../../src/check.ts';

const findable = (task: string): string =>
  `Start the Dockerfile FROM a tag that moves with patches (latest is one, a digest is not), and run the task once: az acr task run --registry <registry> --subscription <subscription> --name ${task}. Only runtime images are tracked.`;

export default defineCheck({
  id: 'base-image-updates-tracked',
  title: 'Build tasks rebuild when their base image is patched',
  problem: 'A build task never rebuilds when its base image is patched',
  severity: 'medium',
  profile: 'recommended',
  profileReason: 'It is on by default, costs one build a patch, and is the reason for building in the registry.',
  since: '1.0',
  article: ['ACR Tasks', 'Playbook 5', 'Triggers of tasks'],
  area: 'build',
  needs: ['tasks'],
  evidence: ['registry', 'agentPools'],

  why: 'A hole that upstream closed weeks ago is still in what you deploy, because nothing built the image again.',
  symptom: 'Scanners report a vulnerability in the base layers although its fix is published under the same tag.',
  cause:
    'The trigger was switched off, the Dockerfile starts FROM a digest or a tag that never moves, or the task has never had a run that succeeded, which is when the base images are found.',
  confirm: [
    'az acr task list --registry <registry> --subscription <subscription> --query "[].{name:name, status:status, trigger:trigger.baseImageTrigger.status, tracked:step.baseImageDependencies[].{tag:tag, type:type}}"',
  ],
  fix: {
    steps: [commands.manual(findable('<task>'))],
    breaks: 'Each update of the base image starts a build, and pushes what it builds.',
  },
  refs: ['https://learn.microsoft.com/azure/container-registry/container-registry-tasks-base-images'],

  evaluate({ tasks, registry, agentPools }) {
    const stuck: string[] = [];
    const parts = [...tasks.entries()].flatMap(([index, task]): readonly verdict.Part[] => {
      const { name } = task;
      const its = acrTasks.mayRun(task) && !acrTasks.isPatching(task) ? acrTasks.trackingOf(task, index) : null;
      if (its === null) return [];
      if (acrTasks.abilityOf(task, index, registry, agentPools).runs === false) {
        stuck.push(name);
        return [];
      }
      const thing = `task/${name}`;
      if (its.tracked === null) return [verdict.unclear(thing, its.why)];
      if (its.tracked) return [verdict.good(thing, its.seen, leftOut(stuck))];
      const steps = [
        ...(its.off ? [commands.acrTaskWithBaseImageTrigger(task)] : []),
        ...(its.blind ? [commands.manual(findable(shellWord(name)))] : []),
      ];
      return [verdict.bad(thing, its.seen, its.says, { steps })];
    });
    const none = 'no enabled task of this registry builds an image';
    return verdict.on(
      parts,
      verdict.notApplicable(stuck.length > 0 ? `${none} and can run: ${stuck.join(', ')} cannot` : none),
    );
  },
});

const leftOut = (stuck: readonly string[]): string | undefined =>
  stuck.length > 0 ? `left out, because they cannot run: ${stuck.join(', ')}` : undefined;
