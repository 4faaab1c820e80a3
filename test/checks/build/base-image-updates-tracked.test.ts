import check from '../../../checks/build/base-image-updates-tracked.ts';
import { command, docker, encoded, inGit, node20, onBaseImage, task } from '../../facts/tasks/yaml.ts';
import { testCheck } from '../../support.ts';

const app = (
  baseImages: readonly (typeof node20 | { [K in keyof typeof node20]: string | null })[],
  status: 'Enabled' | 'Disabled' | null,
) => ({
  tasks: [task('app', docker({ baseImages }), { baseImage: status && onBaseImage(status) })],
});
const trigger = 'tasks/0/baseImage/status';
const images = 'tasks/0/step/baseImages';

testCheck(
  check,
  [
    ['pass', 'its base image is watched', app([node20], 'Enabled'), { cites: [trigger, images] }],
    ['pass', 'the base image is latest', app([{ ...node20, tag: 'latest' }], 'Enabled')],
    [
      'fail',
      'the trigger is off',
      app([node20], 'Disabled'),
      { cites: [trigger], fix: 'az acr task update --registry <registry> --name app' },
    ],
    ['fail', 'there is no trigger', app([node20], null), { cites: ['tasks/0/baseImage'] }],
    ['fail', 'no base image was ever found', app([], 'Enabled'), { cites: [images], fix: 'az acr task run' }],
    ['fail', 'the base image is pinned by digest', app([{ ...node20, tag: null }], 'Enabled'), { cites: [images] }],
    ['fail', 'only an image of a build stage is known', app([{ ...node20, type: 'BuildTime' }], 'Enabled')],
    [
      'unknown',
      'the definition is in git, and may build nothing',
      { tasks: [task('app', inGit(), { baseImage: onBaseImage('Enabled') })] },
      { says: 'acr-task.yaml' },
    ],
    [
      'fail',
      'the definition is in git, has built an image, and the trigger is off',
      { tasks: [task('app', inGit({ baseImages: [node20] }), { baseImage: onBaseImage('Disabled') })] },
      { cites: [trigger], says: 'switched off' },
    ],
    [
      'fail',
      'the trigger is off and no base image is known: both are mended',
      { tasks: [task('app', docker(), { baseImage: onBaseImage('Disabled') })] },
      { cites: [trigger, images], fix: /base-image-trigger-enabled true.*FROM a tag/s },
    ],
    [
      'not-applicable',
      'the builder refuses the version of its definition',
      { tasks: [task('app', encoded('version: 1.1.0\nsteps:\n  - build: -t $Registry/app:1 .\n'))] },
      { says: 'app cannot' },
    ],
    ['not-applicable', 'the task is off', { tasks: [task('app', docker(), { status: 'Disabled' })] }],
    ['not-applicable', 'the only task builds nothing', { tasks: [task('t', command('acr purge --untagged-only'))] }],
  ],
  {
    'tasks/*/status': 'a task of which Azure does not say whether it is on is judged as one that is',
  },
);
