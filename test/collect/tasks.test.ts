import { describe, expect, test } from 'vitest';
import { parseTask } from '../../src/collect/tasks.ts';
import { bodiesOf } from './corpus.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const answered = (step: object, more: object = {}) => ({
  id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/r/tasks/nightly',
  name: 'nightly',
  properties: { status: 'enabled', step, ...more },
});

const encodedTask = (yaml: string, more: object = {}) =>
  parseTask(answered({ type: 'EncodedTask', encodedTaskContent: base64(yaml), ...more }));

describe('every recorded task is read', () => {
  const recorded = bodiesOf('tasks');
  test.skipIf(recorded === null)('49 bodies, and the YAML of each that is encoded', async () => {
    expect(recorded).toHaveLength(49);
    const steps = (await Promise.all((recorded ?? []).map(parseTask))).map(({ step }) => step);
    const kinds = steps.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'docker')).toHaveLength(30);
    expect(kinds.filter((kind) => kind === 'file')).toHaveLength(4);
    expect(steps.flatMap((step) => (step.kind === 'encoded' ? (step.content?.length ?? 0) : []))).toEqual(
      expect.not.arrayContaining([0]),
    );
    expect(kinds.filter((kind) => kind === 'encoded')).toHaveLength(15);
  });
});

test.each([
  ['base64 that is none', 'steps: []'],
  ['base64 of bytes that are no text', '/////w=='],
])('%s is said, not thrown', async (_what, encodedTaskContent) => {
  expect(await parseTask(answered({ type: 'EncodedTask', encodedTaskContent }))).toMatchObject({
    step: { content: null, problem: expect.stringMatching(/base64/) },
  });
});

test('a byte-order mark stays, for the builder reads a definition otherwise behind one', async () => {
  const { step } = await encodedTask('\uFEFFversion: v1.1.0\nsteps: []\n');
  expect(step).toMatchObject({ content: '\uFEFFversion: v1.1.0\nsteps: []\n' });
});

test('events that Azure leaves out are not none', async () => {
  const trigger = { sourceTriggers: [{ name: 'git', status: 'Enabled' }] };
  expect((await parseTask(answered({ type: 'Docker' }, { trigger }))).sources).toMatchObject([{ events: null }]);
});

describe('no secret reaches the facet', () => {
  // Assembled, so that no scanner takes this file for a leak.
  const planted = {
    github: `ghp_${'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'}`,
    acr: `${'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP'}+ACR${'Azzzzz'}`,
    password: 'correct-horse-battery',
  };
  const body = answered(
    {
      type: 'EncodedTask',
      contextPath: `https://user:${planted.password}@git.example.com/app.git`,
      encodedTaskContent: base64(
        `version: v1.1.0\nsteps:\n  - cmd: docker login -u app -p ${planted.acr} contoso.azurecr.io\n  - cmd: bash -c "env"\n    env: ["DB_PASSWORD=${planted.password}", "TOKEN=${planted.github}"]\n`,
      ),
      encodedValuesContent: base64(`hook: https://x/?token=${planted.github}\n`),
      values: [
        { name: 'DB_PASSWORD', value: planted.password, isSecret: false },
        { name: 'SAFE', value: 'eastus', isSecret: false },
        { name: 'HIDDEN', value: planted.password, isSecret: true },
      ],
    },
    { credentials: { customRegistries: { 'other.azurecr.io': { password: { value: planted.password } } } } },
  );

  test('the values are nowhere in it; where they were is', async () => {
    const task = await parseTask(body);
    const text = JSON.stringify(task);
    for (const secret of Object.values(planted)) expect(text).not.toContain(secret);
    const { step } = task;
    expect(step.kind === 'encoded' && step.secretFindings.map(({ where }) => where)).toEqual([
      'context',
      'task definition, line 3',
      'task definition, line 5',
      'task definition, line 5',
      'value DB_PASSWORD',
      'values file, line 1',
    ]);
    expect(step).toMatchObject({
      values: [
        { name: 'DB_PASSWORD', value: '<masked>' },
        { name: 'SAFE', value: 'eastus', isSecret: false },
        { name: 'HIDDEN', value: null, isSecret: true },
      ],
    });
  });

  test.each<readonly [string, object, object]>([
    ['a branch', {}, { sourceTriggers: [{ sourceRepository: { branch: `main?token=${planted.github}` } }] }],
    [
      'a source URL',
      {},
      { sourceTriggers: [{ sourceRepository: { repositoryUrl: `https://${planted.github}@g/o/r` } }] },
    ],
    ['the name of a source trigger', {}, { sourceTriggers: [{ name: planted.github }] }],
    ['the name of a timer', {}, { timerTriggers: [{ name: planted.github, schedule: '0 3 * * *' }] }],
    ['the name of a base image trigger', {}, { baseImageTrigger: { name: planted.github } }],
    ['the name of a value', { values: [{ name: planted.github, value: 'x' }] }, {}],
    ['an image name', { type: 'Docker', imageNames: [`app:${planted.github}`] }, {}],
    ['a build argument', { type: 'Docker', arguments: [{ name: 'FEED_PAT', value: planted.password }] }, {}],
    ['a Dockerfile path', { type: 'Docker', dockerFilePath: `https://x/D?sig=${planted.github}` }, {}],
    ['a task file path', { type: 'FileTask', taskFilePath: `t.yaml?sig=${planted.github}` }, {}],
    ['a values file path', { type: 'FileTask', valuesFilePath: `v.yaml?sig=${planted.github}` }, {}],
    ['a context', { contextPath: `https://u:${planted.password}@dev.azure.com/o/_git/r` }, {}],
  ])('%s does not reach the snapshot, and is found', async (_what, step, trigger) => {
    const encoded = { type: 'EncodedTask', encodedTaskContent: base64('version: v1.1.0\nsteps: []\n') };
    const task = await parseTask(answered({ ...encoded, ...step }, { trigger }));
    for (const secret of Object.values(planted)) expect(JSON.stringify(task)).not.toContain(secret);
    expect(task.step).toHaveProperty('secretFindings.0');
  });

  test('a host of another registry that is written with its login is found', async () => {
    const login = { [`u:${planted.password}@other.azurecr.io`]: {} };
    const task = await parseTask(answered({ type: 'FileTask' }, { credentials: { customRegistries: login } }));
    expect(task.step).toMatchObject({ secretFindings: [{ where: 'custom registry' }] });
  });

  test('what is masked does not break the YAML around it', async () => {
    const { step } = await encodedTask(`version: v1.1.0\nsteps:\n  - cmd: env\n    env:\n      - ${planted.github}\n`);
    expect(step).toMatchObject({ problem: null, secretFindings: [{ rule: 'github' }] });
  });

  test.each([
    'docker login -u app -p $PASSWORD contoso.azurecr.io',
    'docker login --password-stdin contoso.azurecr.io',
    'az keyvault secret show --name db-password --vault-name kv',
    'acr purge --filter "app:^v.*$" --ago 30d --keep 5',
    'bash -c "TOKEN=$(cat /run/secrets/token) run"',
  ])('a command without one is left alone: %s', async (command) => {
    const { step } = await encodedTask(`version: v1.1.0\nsteps:\n  - cmd: ${JSON.stringify(command)}\n`);
    expect(step).toMatchObject({ secretFindings: [], content: expect.stringContaining(JSON.stringify(command)) });
  });
});
