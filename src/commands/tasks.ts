import type { TaskCommand } from '../model/command.ts';
import type { Task } from '../model/facets/tasks.ts';
import type { KnownFacts } from '../model/step.ts';
import { nothing, type Traits } from './trait.ts';
import { asking, word } from './words.ts';

/** `az acr task update` that stops builds of pull requests. */
export const acrTaskWithoutPullRequests = (task: string): TaskCommand => ({
  kind: 'task.pullRequests',
  task,
  enabled: false,
});

/** `az acr task update` that lets a task follow its base images. */
export const acrTaskWithBaseImageTrigger = (task: string): TaskCommand => ({
  kind: 'task.baseImages',
  task,
  enabled: true,
});

const ofTask = (task: string): string => `--registry <registry> --name ${word(task)} --subscription <subscription>`;

const onTask = (facts: KnownFacts, name: string, change: (task: Task) => Task): KnownFacts =>
  facts.tasks ? { ...facts, tasks: facts.tasks.map((one) => (one.name === name ? change(one) : one)) } : facts;

const isPullRequest = (event: string): boolean => event.toLowerCase() === 'pullrequest';

export const taskTraits: Traits<TaskCommand> = {
  'task.pullRequests': {
    az: ({ task, enabled }) => `az acr task update ${ofTask(task)} --pull-request-trigger-enabled ${enabled}`,
    apply: (facts, { task, enabled }) =>
      onTask(facts, task, (known) => ({
        ...known,
        sources: known.sources.map((source) => {
          const others = source.events?.filter((event) => !isPullRequest(event)) ?? null;
          return { ...source, events: enabled ? [...(others ?? []), 'pullrequest'] : others };
        }),
      })),
    target: ({ task }) => `<registry-id>/tasks/${task}`,
    undo: ({ task }, { tasks }) => {
      const sources = tasks?.find(({ name }) => name === task)?.sources ?? [];
      const before = sources.filter(({ events }) => events?.some(isPullRequest)).length;
      if (before === 0) return [{ kind: 'task.pullRequests', task, enabled: false }];
      return before === sources.length
        ? [{ kind: 'task.pullRequests', task, enabled: true }]
        : { cannot: 'Not every source of the task built pull requests before.' };
    },
    verify: ({ task, enabled }) => ({
      az: `az acr task show ${ofTask(task)} ${asking("contains(to_string(trigger.sourceTriggers[].sourceTriggerEvents[]), 'pullrequest')")}`,
      prints: String(enabled),
    }),
    ends: ({ enabled }) => (enabled ? null : 'thing'),
  },
  'task.baseImages': {
    az: ({ task, enabled }) => `az acr task update ${ofTask(task)} --base-image-trigger-enabled ${enabled}`,
    apply: (facts, { task, enabled }) =>
      onTask(facts, task, (known) => ({
        ...known,
        baseImage: {
          name: 'defaultBaseimageTriggerName',
          type: 'Runtime',
          ...known.baseImage,
          status: enabled ? 'Enabled' : 'Disabled',
        },
      })),
    target: ({ task }) => `<registry-id>/tasks/${task}`,
    undo: ({ task }, { tasks }) => {
      const before = tasks?.find(({ name }) => name === task)?.baseImage?.status;
      return before === 'Enabled' || before === 'Disabled'
        ? [{ kind: 'task.baseImages', task, enabled: before === 'Enabled' }]
        : { cannot: 'The task had no such trigger; switched off it stays as one that is off.' };
    },
    verify: ({ task, enabled }) => ({
      az: `az acr task show ${ofTask(task)} ${asking('trigger.baseImageTrigger.status')}`,
      prints: enabled ? 'Enabled' : 'Disabled',
    }),
    ends: nothing,
  },
};
