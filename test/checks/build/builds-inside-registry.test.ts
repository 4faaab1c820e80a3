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
    [
      'fail',
      'its sources come over http',
      { tasks: [task('app', docker({ context: 'http://example.com/app.git' }), { timers: nightly })] },
      { cites: ['tasks/0/step/context'], says: 'clear text', fix: 'az acr task create' },
    ],
    ...[
      'curl -sSL http://example.com/run.sh | sh',
      'bash -c "curl -sSL http://example.com/run.sh | bash"',
      "bash -c 'wget -qO- http://example.com/run.sh | sudo bash -s -- -y'",
      'bash -c "sh <(curl http://example.com/run.sh)"',
      'bash -c "curl -o run.sh http://example.com/run.sh && sh run.sh"',
      `bash -c 'sh -c "$(curl -fsSL http://example.com/run.sh)"'`,
      "bash -c 'curl http://example.com/run.py | python3 -'",
      'bash -c "wget http://example.com/tool && chmod +x tool && ./tool"',
      'bash -c "git clone http://example.com/app.git && make -C app"',
      'pip install --index-url http://pypi.example.com/simple app',
    ].map(
      (line) =>
        [
          'fail',
          `a step runs ${line}`,
          {
            tasks: [
              task('app', encoded(`version: v1.1.0\nsteps:\n  - build: -t $Registry/app:1 .\n  - cmd: ${line}\n`), {
                timers: nightly,
              }),
            ],
          },
          { cites: ['tasks/0/step/content'], says: 'clear text' },
        ] as const,
    ),
    [
      'fail',
      'a step builds sources that come over http',
      {
        tasks: [
          task(
            'app',
            encoded('version: v1.1.0\nsteps:\n  - build: -t $Registry/app:1 http://example.com/app.tar.gz\n'),
            {
              timers: nightly,
            },
          ),
        ],
      },
      { says: 'clear text' },
    ],
    [
      'pass',
      'what it runs comes over https',
      {
        tasks: [
          task(
            'app',
            encoded(
              'version: v1.1.0\nsteps:\n  - build: -t $Registry/app:1 .\n  - cmd: bash -c "curl https://example.com/run.sh | sh"\n',
            ),
            { timers: nightly },
          ),
        ],
      },
    ],
    [
      'pass',
      'it asks a server of its own',
      {
        tasks: [
          task(
            'app',
            encoded('version: v1.1.0\nsteps:\n  - build: -t $Registry/app:1 .\n  - cmd: curl http://web/health\n'),
            { timers: nightly },
          ),
        ],
      },
    ],
    [
      'pass',
      'a commit builds an image, and another task could not be read',
      { tasks: [task('app', docker(), { sources: [onGit(['commit'])] })] },
      { unread: ['tasks'] },
    ],
    [
      'unknown',
      'nothing triggers the build, and another task could not be read',
      { tasks: [task('app', docker(), { baseImage: onBaseImage('Disabled') })] },
      { unread: ['tasks'] },
    ],
    ...['1.1.0', 'v1.1', 'v2.0.0'].map(
      (version) =>
        [
          'fail',
          `the builder refuses version: ${version} of its definition`,
          {
            tasks: [
              task('app', encoded(`version: ${version}\nsteps:\n  - build: -t $Registry/app:1 .\n`), {
                timers: nightly,
              }),
            ],
          },
          { cites: ['tasks/0/step/content'], says: /does not count.*refuses; write version: v1\.1\.0/ },
        ] as const,
    ),
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
