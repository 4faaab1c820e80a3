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
  const tasks = bodiesOf('tasks');
  test.skipIf(tasks === null)('49 bodies, and the YAML of each that is encoded', async () => {
    expect(tasks).toHaveLength(49);
    const steps = (await Promise.all((tasks ?? []).map(parseTask))).map(({ step }) => step);
    const kinds = steps.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'docker')).toHaveLength(30);
    expect(kinds.filter((kind) => kind === 'file')).toHaveLength(4);
    expect(steps.flatMap((step) => (step.kind === 'encoded' ? (step.definition?.steps.length ?? 0) : []))).toEqual(
      expect.not.arrayContaining([0]),
    );
    expect(kinds.filter((kind) => kind === 'encoded')).toHaveLength(15);
  });
});

describe('a multi-step definition', () => {
  test('decoded, with run variables and its own aliases in place', async () => {
    const { step } = await encodedTask(
      [
        'version: v1.1.0',
        'alias:',
        '  values:',
        '    repo: team/app',
        'steps:',
        '  - build: -t {{.Run.Registry}}/$repo:{{.Run.ID}} .',
        '  - id: test',
        '    cmd: $Registry/$repo:$ID npm test',
        '    when: ["acb_step_0"]',
        '  - push: ["$Registry/$repo:$ID"]',
      ].join('\n'),
    );
    expect(step).toMatchObject({
      kind: 'encoded',
      problem: null,
      definition: {
        version: 'v1.1.0',
        steps: [
          { kind: 'build', id: 'acb_step_0', images: ['$Registry/team/app:$ID'], when: null },
          { kind: 'cmd', id: 'test', command: '$Registry/team/app:$ID npm test', when: ['acb_step_0'] },
          { kind: 'push', id: 'acb_step_2', images: ['$Registry/team/app:$ID'], when: null },
        ],
      },
    });
  });

  test('values are filled in, from the file and over it', async () => {
    const { step } = await encodedTask('steps:\n  - cmd: acr purge --ago {{ .Values.ago }} --keep {{.Values.keep}}', {
      encodedValuesContent: base64('ago: 7d\nkeep: 1\n'),
      values: [{ name: 'keep', value: '5', isSecret: false }],
    });
    expect(step).toMatchObject({ definition: { steps: [{ command: 'acr purge --ago 7d --keep 5' }] } });
  });

  test.each([
    ['base64 that is none', { type: 'EncodedTask', encodedTaskContent: 'steps: []' }, /base64/],
    ['base64 of bytes that are no text', { type: 'EncodedTask', encodedTaskContent: '/////w==' }, /base64/],
    ['YAML that is none', { type: 'EncodedTask', encodedTaskContent: base64('steps: [') }, /not YAML/],
    ['YAML without steps', { type: 'EncodedTask', encodedTaskContent: base64('hello') }, /not a YAML mapping/],
  ])('%s is said, not thrown', async (_what, step, problem) => {
    expect(await parseTask(answered(step))).toMatchObject({
      step: { definition: null, problem: expect.stringMatching(problem) },
    });
  });
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
    expect(step).toMatchObject({ secretFindings: [], definition: { steps: [{ command }] } });
  });
});
