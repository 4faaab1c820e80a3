import { describe, expect, test } from 'vitest';
import { neverRuns, ownHost, readDefinition } from '../../../src/facts/tasks/definition.ts';
import { deletionsOf } from '../../../src/facts/tasks/find-purges.ts';
import { readPurge } from '../../../src/facts/tasks/purge-reading.ts';

const read = (yaml: string, values: Readonly<Record<string, string | null>> = {}) => {
  const reading = readDefinition(yaml, (name) => (name in values ? (values[name] ?? null) : ''));
  if ('problem' in reading) throw new Error(reading.problem);
  return reading.definition;
};
const steps = (...lines: readonly string[]) =>
  `version: v1.1.0\nsteps:\n${lines.map((line) => `  ${line}\n`).join('')}`;

/** What a definition purges: the filters, or why it never does. */
const purges = (yaml: string, values: Readonly<Record<string, string | null>> = {}) => {
  const definition = read(yaml, values);
  return definition.steps
    .flatMap((step) => deletionsOf(step, definition))
    .flatMap((one) => {
      if (one.is !== 'purge') return [one.is];
      if (neverRuns(definition, one.command.image) ?? one.stuck) return ['never runs'];
      const { fate } = readPurge(one.command, { scheduled: true, abac: () => false });
      return [fate.deletes === 'yes' ? one.command.filters.map(({ text }) => text).join(' ') : fate.deletes];
    });
};

const cmd = "- cmd: acr purge --filter 'app:^v1' --ago 30d";

describe('aliases, then the template, then YAML', () => {
  test('run variables and its own aliases are in place', () => {
    const { version, steps: found } = read(
      [
        'version: v1.1.0',
        'alias:',
        '  values:',
        '    repo: team/app',
        'steps:',
        '  - build: -t {{.Run.Registry}}/$repo:1 .',
        '  - id: test',
        '    cmd: $Registry/$repo:1 npm test',
        '    when: ["acb_step_0"]',
        '  - push: ["$Registry/$repo:$ID"]',
      ].join('\n'),
    );
    expect(version).toBe('v1.1.0');
    expect(found).toMatchObject([
      { kind: 'build', id: 'acb_step_0', images: [`${ownHost}/team/app:1`], when: null },
      { kind: 'cmd', id: 'test', command: `${ownHost}/team/app:1 npm test`, when: ['acb_step_0'] },
      { kind: 'push', id: 'acb_step_2', images: [`${ownHost}/team/app:{{.Run.ID}}`], when: null },
    ]);
  });

  test.each<readonly [string, string, Readonly<Record<string, string | null>>, readonly string[]]>([
    ['a value', steps("- cmd: acr purge --filter '{{.Values.repo}}:^v1' --ago 30d"), { repo: 'app' }, ['app:^v1']],
    [
      'a secret value',
      steps("- cmd: acr purge --filter '{{.Values.repo}}:^v1' --ago 30d"),
      { repo: null },
      ['unknown'],
    ],
    [
      'a value nobody sets is empty',
      steps("- cmd: acr purge --filter '{{.Values.repo}}:^v1' --ago 30d"),
      {},
      ['never'],
    ],
    ['a default', steps('- cmd: acr purge --filter app:^v1 --ago {{.Values.ago | default "30d"}}'), {}, ['app:^v1']],
    ['a comment of the template', `{{/* nightly */}}\n${steps(cmd)}`, {}, ['app:^v1']],
    ['a string of spaces', steps(`- cmd: acr{{- " " -}}purge --filter 'app:^v1' --ago 30d`), {}, ['app:^v1']],
    [
      'a condition on lines of its own',
      'version: v1.1.0\nsteps:\n{{ if .Values.on }}\n  - cmd: acr purge --filter app:a --ago 1d\n{{ else }}\n  - cmd: acr purge --filter app:b --ago 1d\n{{ end }}\n',
      { on: 'yes' },
      ['app:a'],
    ],
    [
      'a condition that is not met',
      'version: v1.1.0\nsteps:\n{{ if eq .Values.on "yes" }}\n  - cmd: acr purge --filter app:a --ago 1d\n{{ else }}\n  - cmd: acr purge --filter app:b --ago 1d\n{{ end }}\n',
      { on: 'no' },
      ['app:b'],
    ],
    ['the alias with a dollar', steps("- cmd: $acr purge --filter 'app:^v1' --ago 30d"), {}, ['app:^v1']],
    [
      'an alias of its own, with the dollar',
      `version: v1.1.0\nalias:\n  values:\n    purge: mcr.microsoft.com/acr/acr-cli:0.14 purge\nsteps:\n  - cmd: $purge --filter 'app:^v1' --ago 30d\n`,
      {},
      ['app:^v1'],
    ],
    [
      'and without it',
      `version: v1.1.0\nalias:\n  values:\n    purge: mcr.microsoft.com/acr/acr-cli:0.14 purge\nsteps:\n  - cmd: purge --filter 'app:^v1' --ago 30d\n`,
      {},
      ['app:^v1'],
    ],
    [
      'another directive',
      `version: v1.1.0\nalias:\n  directive: '%'\n  values:\n    repo: app\nsteps:\n  - cmd: acr purge --filter '%repo:^v1$' --ago 30d\n`,
      {},
      ['app:^v1$'],
    ],
    ['the registry is a host', steps("- cmd: acr purge --filter '$Registry/app:^v1' --ago 30d"), {}, ['never']],
    [
      'a name without alias is empty',
      steps('- cmd: acr purge --filter "$REPO:^v1" --ago 30d', '  env: [REPO=app]'),
      {},
      ['never'],
    ],
    [
      'a comment between continued lines is dropped',
      steps('- cmd: |', "    acr purge --filter 'app:^v1' \\", '      # thirty days', '      --ago 30d'),
      {},
      ['app:^v1'],
    ],
  ])('%s', (_what, yaml, values, expected) => {
    expect(purges(yaml, values)).toEqual(expected);
  });

  test('any other template is not rendered', () => {
    expect(readDefinition('version: v1.1.0\nsteps:\n{{ range .Values.x }}\n  - cmd: a\n{{ end }}\n', () => '')).toEqual(
      {
        problem: expect.stringContaining('does not render'),
      },
    );
  });

  test.each([
    ['YAML that is none', 'steps: [', /not YAML/],
    ['YAML without steps', 'hello', /not a YAML mapping/],
  ])('%s is said, not thrown', (_what, yaml, problem) => {
    expect(readDefinition(yaml, () => '')).toEqual({ problem: expect.stringMatching(problem) });
  });
});

const full = cmd.replace('acr purge', 'mcr.microsoft.com/acr/acr-cli:0.19 purge');

describe('the version decides whether acr is an alias', () => {
  test.each([
    ['v1.1.0', `version: v1.1.0\nsteps:\n  ${cmd}\n`, ['app:^v1']],
    ['v1.1.0 in quotes', `version: "v1.1.0"\nsteps:\n  ${cmd}\n`, ['app:^v1']],
    ['behind a comment', `# nightly\nversion: v1.1.0\nsteps:\n  ${cmd}\n`, ['app:^v1']],
    ['none', `steps:\n  ${cmd}\n`, ['never runs']],
    ['v1.0.0', `version: v1.0.0\nsteps:\n  ${cmd}\n`, ['never runs']],
    ['1.1.0', `version: 1.1.0\nsteps:\n  ${cmd}\n`, ['never runs']],
    ['a comment behind it', `version: v1.1.0 # aliases\nsteps:\n  ${cmd}\n`, ['app:^v1']],
    ['behind the steps', `steps:\n  ${cmd}\nversion: v1.1.0\n`, ['app:^v1']],
    ['twice, as azure-cli writes it', `version: v1.1.0\nversion: v1.1.0\nsteps:\n  ${cmd}\n`, ['app:^v1']],
    ['Windows line ends', `version: v1.1.0\r\nsteps:\r\n  ${cmd}\r\n`, ['app:^v1']],
    ['indented, so that the builder does not find it', `  version: v1.1.0\n  steps:\n    ${cmd}\n`, ['never runs']],
    ['v1.2.0', `version: v1.2.0\nsteps:\n  ${cmd}\n`, ['never runs']],
    ['none, and the full name of the image', `steps:\n  ${full}\n`, ['app:^v1']],
    ['v1.0.0, and the full name of the image', `version: v1.0.0\nsteps:\n  ${full}\n`, ['app:^v1']],
    ['1.1.0, and the full name of the image', `version: 1.1.0\nsteps:\n  ${full}\n`, ['never runs']],
    ['a byte-order mark before it', `\uFEFFversion: v1.1.0\nsteps:\n  ${cmd}\n`, ['never runs']],
  ])('%s', (_what, yaml, expected) => {
    expect(purges(yaml)).toEqual(expected);
  });
});

describe('the first command of a cmd is the container', () => {
  const purge = "acr purge --filter 'app:^v1' --ago 30d";
  test.each([
    ['behind az', `- cmd: az acr login -n x && ${purge}`, ['never runs']],
    ['behind bash', `- cmd: bash -c env; ${purge}`, ['never runs']],
    ['inside of bash, which has no acr', `- cmd: bash -c "acr purge --filter app:x --ago 1d"`, []],
  ])('%s', (_what, line, expected) => {
    expect(purges(steps(line))).toEqual(expected);
  });

  test('of three lines one runs', () => {
    expect(
      purges(steps('- cmd: |', `    ${purge}`, `    ${purge.replace('app', 'b')}`, `    ${purge.replace('app', 'c')}`)),
    ).toEqual(['app:^v1', 'never runs', 'never runs']);
  });

  test.each([
    ['az acr repository delete --name x --image app:1 --yes', 'delete'],
    ['az acr manifest delete -r x -n app@sha256:1 --yes', 'delete'],
    ['acr tag delete -r x --repository app old', 'delete'],
    ['acr manifest delete -r x --repository app sha256:1', 'delete'],
    ['az acr delete -n x --yes', 'delete'],
    ['oras manifest delete x.azurecr.io/app:v1', 'delete'],
    ['gcr.io/go-containerregistry/crane:debug delete x.azurecr.io/app:v1', 'delete'],
    ['skopeo delete docker://x.azurecr.io/app:v1', 'delete'],
    ['regctl tag delete x.azurecr.io/app:v1', 'delete'],
    ['curl -X DELETE https://x.azurecr.io/v2/app/manifests/sha256:1', 'delete'],
    ["az acr run -r x --cmd 'acr purge --filter app:.* --ago 1d' /dev/null", 'delete'],
    ["mcr.microsoft.com/azure-cli bash -c 'az acr repository delete -n x --image app:1 --yes'", 'delete'],
  ])('what else deletes: %s', (line, expected) => {
    expect(purges(steps(`- cmd: ${line}`))).toEqual([expected]);
  });
});
