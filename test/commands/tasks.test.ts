import { describe, expect, test } from 'vitest';
import { azOf, undoOf } from '../../src/commands/table.ts';
import { acrTaskWithBaseImageTrigger, acrTaskWithoutPullRequests } from '../../src/commands/tasks.ts';
import type { Task } from '../../src/model/facets/tasks.ts';

const docker = {
  kind: 'docker',
  context: null,
  baseImages: [],
  values: [],
  secretFindings: [],
  imageNames: [],
} as const;
const task: Task = {
  id: '/tasks/build',
  name: 'build',
  status: 'Enabled',
  createdAt: null,
  changedAt: null,
  agentPool: null,
  timeoutSeconds: null,
  isSystemTask: null,
  identity: null,
  step: { ...docker, isPushEnabled: true },
  timers: [],
  sources: [{ status: 'Enabled', events: ['commit', 'pullrequest'] }],
  baseImage: null,
  sourceRegistryIdentity: null,
};
const quiet: Task = { ...task, step: { ...docker, isPushEnabled: false } };
const bare: Task = { ...task, sources: [] };
const timed: Task = { ...bare, timers: [{ schedule: '0 1 * * *', status: 'Enabled' }] };
const on = '--registry <registry> --name build --subscription <subscription>';

// azure-cli sends isPushEnabled with every update, and takes no trigger option of a task without a trigger.
describe('az acr task update changes what it is asked to, and nothing else', () => {
  test.each([
    [
      'a build that pushes',
      acrTaskWithoutPullRequests(task),
      `az acr task update ${on} --pull-request-trigger-enabled false`,
    ],
    [
      'a build that pushes nothing goes on pushing nothing',
      acrTaskWithoutPullRequests(quiet),
      `az acr task update ${on} --pull-request-trigger-enabled false --no-push true`,
    ],
    [
      'and so where base images start it',
      acrTaskWithBaseImageTrigger(quiet),
      `az acr task update ${on} --base-image-trigger-enabled true --no-push true`,
    ],
    [
      'a task with a timer',
      acrTaskWithBaseImageTrigger(timed),
      `az acr task update ${on} --base-image-trigger-enabled true`,
    ],
    [
      'a task without any trigger gets one by a PATCH',
      acrTaskWithBaseImageTrigger(bare),
      `az rest --method patch --url "<registry-id>/tasks/build?api-version=2019-06-01-preview" --body '{"properties":{"trigger":{"baseImageTrigger":{"name":"defaultBaseimageTriggerName","baseImageTriggerType":"Runtime","status":"Enabled"}}}}'`,
    ],
  ])('%s', (_, command, prints) => expect(azOf(command)).toBe(prints));

  test('and its undo neither', () => {
    const undo = undoOf(acrTaskWithoutPullRequests(quiet), { tasks: [quiet] });
    expect('cannot' in undo ? undo : undo.map(azOf)).toEqual([
      `az acr task update ${on} --pull-request-trigger-enabled true --no-push true`,
    ]);
  });
});
