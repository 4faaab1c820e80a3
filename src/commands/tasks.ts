import type { TaskCommand } from '../model/command.ts';
import type { Task } from '../model/facets/tasks.ts';
import { shellText } from '../model/shell.ts';
import type { KnownFacts } from '../model/step.ts';
import { nothing, type Traits } from './trait.ts';
import { asking, word } from './words.ts';

/** `az acr task update` that stops builds of pull requests. */
export const acrTaskWithoutPullRequests = (task: TaskHead): TaskCommand => ({
  kind: 'task.pullRequests',
  task: task.name,
  enabled: false,
  ...kept(task),
});

/** Lets a task follow its base images. */
export const acrTaskWithBaseImageTrigger = (task: TaskHead): TaskCommand => ({
  kind: 'task.baseImages',
  task: task.name,
  enabled: true,
  ...kept(task),
  ...(task.baseImage === null && task.sources.length === 0 && task.timers.length === 0 ? { untriggered: true } : {}),
});

type TaskHead = Pick<Task, 'name' | 'step' | 'sources' | 'timers' | 'baseImage'>;

/** azure-cli (acr/task.py, until 2.74 at least) sends `isPushEnabled: true` with each update that does not say --no-push. */
const kept = ({ step }: TaskHead): { readonly pushesNothing?: true } =>
  step.kind === 'docker' && step.isPushEnabled === false ? { pushesNothing: true } : {};

const update = ({ task, pushesNothing }: TaskCommand, change: string): string =>
  `az acr task update ${ofTask(task)} ${change}${pushesNothing ? ' --no-push true' : ''}`;

/** The same az takes --base-image-trigger-enabled of a task without a trigger, and changes nothing. */
const patched = (task: string, enabled: boolean): string =>
  `az rest --method patch --url "<registry-id>/tasks/${shellText(task, '"')}?api-version=2019-06-01-preview" --body ${word(
    JSON.stringify({
      properties: {
        trigger: { baseImageTrigger: { ...usualTrigger, status: enabled ? 'Enabled' : 'Disabled' } },
      },
    }),
  )}`;

/** As az makes it. */
const usualTrigger = { name: 'defaultBaseimageTriggerName', baseImageTriggerType: 'Runtime' };

const ofTask = (task: string): string => `--registry <registry> --name ${word(task)} --subscription <subscription>`;

const onTask = (facts: KnownFacts, name: string, change: (task: Task) => Task): KnownFacts =>
  facts.tasks ? { ...facts, tasks: facts.tasks.map((one) => (one.name === name ? change(one) : one)) } : facts;

const isPullRequest = (event: string): boolean => event.toLowerCase() === 'pullrequest';

export const taskTraits: Traits<TaskCommand> = {
  'task.pullRequests': {
    az: (command) => update(command, `--pull-request-trigger-enabled ${command.enabled}`),
    apply: (facts, { task, enabled }) =>
      onTask(facts, task, (known) => ({
        ...known,
        sources: known.sources.map((source) => {
          const others = source.events?.filter((event) => !isPullRequest(event)) ?? null;
          return { ...source, events: enabled ? [...(others ?? []), 'pullrequest'] : others };
        }),
      })),
    target: ({ task }) => `<registry-id>/tasks/${task}`,
    undo: (command, { tasks }) => {
      const { task } = command;
      const sources = tasks?.find(({ name }) => name === task)?.sources ?? [];
      const before = sources.filter(({ events }) => events?.some(isPullRequest)).length;
      if (before === 0) return [{ ...command, enabled: false }];
      return before === sources.length
        ? [{ ...command, enabled: true }]
        : { cannot: 'Not every source of the task built pull requests before.' };
    },
    verify: ({ task, enabled }) => ({
      az: `az acr task show ${ofTask(task)} ${asking("contains(to_string(trigger.sourceTriggers[].sourceTriggerEvents[]), 'pullrequest')")}`,
      prints: String(enabled),
    }),
    ends: ({ enabled }) => (enabled ? null : 'thing'),
  },
  'task.baseImages': {
    az: (command) =>
      command.untriggered
        ? patched(command.task, command.enabled)
        : update(command, `--base-image-trigger-enabled ${command.enabled}`),
    apply: (facts, { task, enabled }) =>
      onTask(facts, task, (known) => ({
        ...known,
        baseImage: {
          ...known.baseImage,
          status: enabled ? 'Enabled' : 'Disabled',
        },
      })),
    target: ({ task }) => `<registry-id>/tasks/${task}`,
    undo: (command, { tasks }) => {
      const before = tasks?.find(({ name }) => name === command.task)?.baseImage?.status;
      return before === 'Enabled' || before === 'Disabled'
        ? [{ ...command, enabled: before === 'Enabled' }]
        : { cannot: 'The task had no such trigger; switched off it stays as one that is off.' };
    },
    verify: ({ task, enabled }) => ({
      az: `az acr task show ${ofTask(task)} ${asking('trigger.baseImageTrigger.status')}`,
      prints: enabled ? 'Enabled' : 'Disabled',
    }),
    ends: nothing,
  },
};
