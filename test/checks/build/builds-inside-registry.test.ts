import check from '../../../checks/build/builds-inside-registry.ts';
import { command, docker, encoded, inGit, nightly, onBaseImage, onGit, task } from '../../facts/tasks/yaml.ts';
import { testCheck } from '../../support.ts';

const multi = encoded('version: v1.1.0\nsteps:\n  - build: -t $Registry/app:$ID .\n  - push: ["$Registry/app:$ID"]\n');

testCheck(
  check,
  [
    [
      'pass',
      'a commit builds an image',
      { tasks: [task('app', docker(), { sources: [onGit(['commit'])] })] },
      { cites: ['tasks/0/status', 'tasks/0/sources/0/status', 'tasks/0/step/imageNames'] },
    ],
    [
      'pass',
      'a new base image starts a task of several steps',
      { tasks: [task('app', multi, { baseImage: onBaseImage('Enabled') })] },
      { cites: ['tasks/0/status', 'tasks/0/baseImage/status', 'tasks/0/step/content'] },
    ],
    ['fail', 'there are no tasks', { tasks: [] }, { cites: ['tasks'] }],
    ['fail', 'nothing triggers the build', { tasks: [task('app', docker(), { baseImage: onBaseImage('Disabled') })] }],
    ['fail', 'the task is switched off', { tasks: [task('app', docker(), { status: 'Disabled', timers: nightly })] }],
    [
      'fail',
      'what runs at night builds nothing',
      { tasks: [task('t', command('acr purge --untagged-only'), { timers: nightly })] },
    ],
    ['unknown', 'what runs at night is in git', { tasks: [task('app', inGit(), { timers: nightly })] }],
    [
      'unknown',
      'Azure did not say whether the trigger is on',
      { tasks: [task('app', docker(), { sources: [onGit(['commit'], null)] })] },
    ],
    [
      'unknown',
      'Azure did not say whether it is enabled',
      { tasks: [task('app', docker(), { status: null, timers: nightly })] },
    ],
  ],
  {
    'tasks/*/step/context': 'only a context in clear text counts against a build',
  },
);
