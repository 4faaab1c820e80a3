import type { Task } from '../model/facets/tasks.ts';
import { shellWord } from '../model/shell.ts';
import type { AzStep } from '../model/step.ts';

const update = (task: string, flags: string, change: (task: Task) => Task): AzStep => ({
  az: `az acr task update --registry <registry> --name ${shellWord(task)} --subscription <subscription> ${flags}`,
  effect: (facts) =>
    facts.tasks ? { ...facts, tasks: facts.tasks.map((one) => (one.name === task ? change(one) : one)) } : facts,
});

/** `az acr task update` that stops builds of pull requests. */
export const acrTaskWithoutPullRequests = (name: string): AzStep =>
  update(name, '--pull-request-trigger-enabled false', (task) => ({
    ...task,
    sources: task.sources.map((source) => ({
      ...source,
      events: source.events.filter((event) => event.toLowerCase() !== 'pullrequest'),
    })),
  }));

/** `az acr task update` that lets a task follow its base images. */
export const acrTaskWithBaseImageTrigger = (name: string): AzStep =>
  update(name, '--base-image-trigger-enabled true', (task) => ({
    ...task,
    baseImage: { name: 'defaultBaseimageTriggerName', type: 'Runtime', ...task.baseImage, status: 'Enabled' },
  }));
