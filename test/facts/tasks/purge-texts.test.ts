import { describe, expect, test } from 'vitest';
import { InUseError, inUseOf, runningIn } from '../../../src/explain/purge-in-use.ts';
import { readPurge } from '../../../src/facts/tasks/purge-reading.ts';
import { purgesInText } from '../../../src/facts/tasks/purge-texts.ts';

const purge = "acr purge --filter 'app:^v' --ago 30d";
const yaml = `version: v1.1.0\nsteps:\n  - cmd: ${purge}\n`;
const base64 = Buffer.from(yaml).toString('base64');

describe('a purge is found, with its line, in', () => {
  test.each<readonly [string, string, string, number]>([
    ['a script', 'purge.sh', `#!/bin/sh\n# nightly\n${purge}\n`, 3],
    ['a task file', 'acr-task.yaml', yaml, 3],
    ['a task file that a script writes', 'new.sh', `cat <<'EOF' > task.yaml\n${yaml}EOF\naz acr task create\n`, 4],
    ['and without quotes', 'new.sh', `cat > t.yaml <<EOF\n${yaml.replace('acr purge', '\\$acr purge')}EOF\n`, 4],
    [
      'a workflow of GitHub',
      'purge.yml',
      `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: actions/checkout@v4\n      - run: |\n          az acr run --cmd "${purge}" /dev/null\n`,
      8,
    ],
    ['a pipeline of Azure DevOps', 'azure-pipelines.yml', `steps:\n  - script: ${purge}\n`, 2],
    ['ARM JSON', 'main.json', JSON.stringify({ properties: { step: { encodedTaskContent: base64 } } }, null, 2), 4],
    ['Bicep with base64 of a text', 'main.bicep', `var t = base64('''\n${yaml}''')\n`, 4],
    ['Bicep on one line', 'main.bicep', `var cmd = 'acr purge --filter \\'app:^v\\' --ago 30d'\n`, 1],
    ['Terraform', 'main.tf', `resource "x" "y" {\n  task_content = <<EOF\n${yaml}EOF\n}\n`, 5],
    ['Markdown', 'README.md', `Don't run this:\n\n\`\`\`sh\n${purge}\n\`\`\`\n`, 4],
    ['Markdown of a console', 'README.md', `\`\`\`console\n$ ${purge}\n\`\`\`\n`, 2],
    ['a makefile', 'Makefile', `purge:\n\t${purge}\n`, 2],
    ['an expression of ARM', 'a.json', JSON.stringify({ c: `[base64('${yaml.replaceAll("'", "''")}')]` }), 1],
    ['a variable filled by a here-document', 'a.sh', `P=$(cat <<'EOF'\n${purge}\nEOF\n)\naz acr run --cmd "$P" x\n`, 2],
    ['ARM JSON with comments', 'main.json', `{\n  // nightly\n  "cmd": "${purge}",\n}\n`, 3],
    ['ARM JSON with a string of several lines', 'main.json', `{\n  "c": "${yaml}"\n}\n`, 4],
    ['ARM JSON behind a byte-order mark', 'main.json', `\uFEFF${JSON.stringify({ c: purge })}`, 1],
    ['parameters of Bicep', 'x.bicepparam', "param cmd = 'acr purge --filter \\'app:^v\\' --ago 30d'\n", 1],
    ['variables of Terraform', 'x.tfvars', `cmd = "${purge}"\n`, 1],
    ['PowerShell with a comment', 'a.ps1', `<# it's #>\n# don't\n${purge}\n`, 3],
    [
      'PowerShell in a pipeline',
      'azure-pipelines.yml',
      `steps:\n- pwsh: |\n    $c = "${purge}"\n    az acr run --cmd $c /dev/null\n`,
      4,
    ],
    ['Markdown that indents', 'README.md', `Don't:\n\n    ${purge}\n\nIt is gone.\n`, 3],
    ['a batch file', 'a.cmd', `@echo off\r\nrem don't\r\naz acr run --cmd "${purge}" x\r\n`, 3],
    ['a program', 'a.py', `cmd = "${purge}"\n`, 1],
    ['a program with a task file', 'a.ts', `const task = \`${yaml}\`;\n`, 3],
    [
      'a container of Kubernetes',
      'c.yaml',
      `kind: CronJob\nspec:\n  containers:\n  - image: mcr.microsoft.com/acr/acr-cli:0.19\n    args: [purge, --filter, 'app:^v', --ago, 30d]\n`,
      5,
    ],
    ['PowerShell', 'purge.ps1', `$PURGE_CMD = "${purge}"\naz acr run --cmd $PURGE_CMD /dev/null\n`, 2],
  ])('%s', (_what, file, text, line) => {
    const { purges } = purgesInText(text, file, new Map());
    expect(purges.map(({ command, line: at }) => [command.filters[0]?.text, at])).toEqual([['app:^v', line]]);
  });

  test.each<readonly [string, string, number]>([
    ['a task file', yaml, 3],
    ['a task file in base64', base64, 3],
    ['what az acr task show prints', JSON.stringify({ step: { encodedTaskContent: base64 } }, null, 2), 3],
    ['Bicep', `param x string\nvar cmd = 'acr purge --filter \\'app:^v\\' --ago 30d'\n`, 2],
    ['Terraform', `locals {\n  c = "${purge}"\n}\n`, 2],
    ['ARM JSON with comments', `// nightly\n{ "c": "${purge}" }\n`, 2],
    ['Markdown', `# It's\n\n\`\`\`sh\n${purge}\n\`\`\`\n`, 4],
    ['PowerShell', `$c = "${purge}"\naz acr run --cmd $c /dev/null\n`, 2],
    ['a pipeline', `on: push\njobs:\n  a:\n    steps:\n      - run: ${purge}\n`, 5],
    ['a script', `#!/bin/sh\n${purge}\n`, 2],
  ])('standard input that is %s', (_what, text, line) => {
    const { purges } = purgesInText(text, null, new Map());
    expect(purges.map(({ command, line: at }) => [command.filters[0]?.text, at])).toEqual([['app:^v', line]]);
  });

  test.each([
    ['a.sh', `echo "${purge}"\n`],
    ['a.json', '{ "a": '],
  ])('none is found in %s: %j', (file, text) => {
    expect(purgesInText(text, file, new Map()).purges).toEqual([]);
  });

  const unknownIn = (repository: string) => `acr purge --filter '${repository}:^v' --ago 30d`;
  const braced = (name: string) => `$\{${name}}`;
  test.each<readonly [string, string | null, string]>([
    ['a script hands on to a task', null, `az acr run --cmd "${unknownIn('$R')}" /dev/null`],
    ['a script keeps in a variable', null, `P="${unknownIn(braced('R'))}"\naz acr run --cmd "$P" /dev/null`],
    ['another shell is given', null, `bash -c "${unknownIn('$R')}"`],
    ['a substitution makes', null, `az acr run --cmd "${unknownIn('$(cat r)')}" /dev/null`],
    [
      'a pipeline knows',
      'w.yml',
      `jobs:\n  a:\n    steps:\n      - run: az acr run --cmd "${unknownIn(braced('{ matrix.r }'))}" x\n`,
    ],
    ['Bicep fills in', 'a.bicep', `var c = 'acr purge --filter \\'${braced('r')}:^v\\' --ago 30d'\n`],
    ['format() of Bicep fills in', 'a.bicep', "var c = format('acr purge --filter {0}:^v --ago 30d', r)\n"],
    ['concat() of Bicep fills in', 'a.bicep', "var c = concat('acr purge --ago 30d --filter ', r)\n"],
    ['Terraform fills in', 'a.tf', `c = "${unknownIn(braced('var.r'))}"\n`],
    ['Terraform fills into a here-document', 'a.tf', `c = <<EOT\n${unknownIn(braced('var.r'))}\nEOT\n`],
    [
      'an expression of ARM concatenates',
      'a.json',
      JSON.stringify({ c: "[concat('acr purge --ago 30d --filter ', parameters('r'), ':^v')]" }),
    ],
    [
      'an expression of ARM formats',
      'a.json',
      JSON.stringify({ c: "[format('acr purge --ago 30d --filter {0}:^v', parameters('r'))]" }),
    ],
    [
      'PowerShell fills in',
      'a.ps1',
      `foreach ($r in "a","b") { az acr run --cmd "${unknownIn(braced('r'))}" /dev/null }\n`,
    ],
    [
      'a pipeline of Azure DevOps fills in, whatever the quotes',
      'p.yml',
      `steps:\n- script: acr purge --filter '$(repo):^v' --ago 30d\n`,
    ],
    ['make fills in', 'Makefile', `purge:\n\tacr purge --filter '$(REPO):^v$$' --ago 30d\n`],
    ['cmd.exe fills in', 'a.bat', 'acr purge --filter "%REPO%:^v" --ago 30d\n'],
    ['a program fills in', 'a.py', 'c = f"acr purge --filter \'{repo}:^v\' --ago 30d"\n'],
    ['PowerShell formats', 'a.ps1', `$c = "acr purge --filter '{0}:^v' --ago 30d" -f $repo\n`],
    ['an array of a script holds', 'a.sh', `A=(--filter app:^v --ago 30d)\nacr purge "$\{A[@]}"\n`],
    ['PowerShell splats', 'a.ps1', '$a = @("--filter", "app:^v")\nacr purge @a --ago 30d\n'],
  ])('what %s is not taken for a part of the pattern', (_what, file, text) => {
    const { purges } = purgesInText(text, file, new Map());
    expect(purges).toHaveLength(1);
    const [found] = purges;
    const fate = found && readPurge(found.command, { scheduled: true, abac: () => false }).fate;
    expect(fate?.deletes).toBe('unknown');
  });

  test('what the user says a value is, is filled in', () => {
    const [found] = purgesInText(
      "acr purge --filter '{{.Values.repo}}:^v' --ago $AGO",
      null,
      new Map([
        ['repo', 'app'],
        ['AGO', '30d'],
      ]),
    ).purges;
    expect([found?.command.filters[0], found?.command.ago]).toEqual([
      { text: 'app:^v', open: false },
      { text: '30d', open: false },
    ]);
  });

  test.each<readonly [string, string, readonly string[]]>([
    ['in the repository, never deletes', "--filter '{{.Values.repo}}:^v1' --ago 30d", ['fails']],
    ['as the whole filter, never deletes', "--filter '{{ .Values.repo }}' --ago 30d", ['fails']],
    ['as the age, never deletes', "--filter 'app:^v1' --ago '{{.Values.repo}}'", ['fails']],
    ['as the number that is kept, never deletes', "--filter 'app:^v1' --ago 30d --keep '{{.Values.repo}}'", ['fails']],
    ['is not taken for empty where that would delete', "--filter 'app:^{{.Values.repo}}' --ago 30d", []],
    ['is told by the file', '--filter \'{{.Values.repo | default "app"}}:^v1\' --ago 30d', []],
  ])('a value that a task file does not set, %s: %s', (_what, flags, dangers) => {
    const text = `version: v1.1.0\nsteps:\n  - cmd: >\n      acr purge ${flags}\n`;
    const [found] = purgesInText(text, 'task.yaml', new Map()).purges;
    expect(found?.stuck?.dangers.map(({ kind }) => kind) ?? []).toEqual(dangers);
    if (dangers.length > 0) expect(found?.stuck?.dangers[0]?.happens).toMatch(/^Nothing in this file sets \{\{/);
    const [set] = purgesInText(text, 'task.yaml', new Map([['repo', 'app:^v1']])).purges;
    expect(set?.stuck).toBeNull();
  });

  test('steps that begin alike have a line each', () => {
    const text = `version: v1.1.0\nsteps:\n  - cmd: ${purge}\n  - cmd: ${purge} --keep 2\n`;
    expect(purgesInText(text, 'task.yaml', new Map()).purges.map(({ line }) => line)).toEqual([3, 4]);
  });

  test('a task file without a version never purges', () => {
    const [found] = purgesInText(`steps:\n  - cmd: ${purge}\n`, 'task.yaml', new Map()).purges;
    expect(found?.stuck?.dangers).toMatchObject([
      { kind: 'fails', happens: expect.stringContaining('version: v1.1.0') },
    ]);
  });
});

describe('what runs', () => {
  const pods = JSON.stringify({
    items: [
      {
        metadata: { namespace: 'shop', name: 'web-1' },
        spec: { containers: [{ image: 'x.azurecr.io/app:v1' }], initContainers: [{ image: 'x.azurecr.io/init:v2' }] },
        status: {
          containerStatuses: [{ image: 'x.azurecr.io/app:v1', imageID: `x.azurecr.io/app@sha256:${'a'.repeat(64)}` }],
        },
      },
    ],
  });

  test('is read from what kubectl prints, and from a list', () => {
    expect(runningIn(pods).map(({ image, by }) => `${by} ${image}`)).toEqual([
      'shop/web-1 x.azurecr.io/app:v1',
      'shop/web-1 x.azurecr.io/init:v2',
      `shop/web-1 x.azurecr.io/app@sha256:${'a'.repeat(64)}`,
    ]);
    expect(runningIn('x.azurecr.io/app:v1\nx.azurecr.io/b:v2\n')).toHaveLength(2);
  });

  const digest = `sha256:${'a'.repeat(64)}`;
  const item = { repository: 'app', digest, updatedAt: null, size: null, goes: true, why: '' };
  const tag = { ...item, kind: 'tag', name: 'v1' } as const;
  const manifest = { ...item, kind: 'manifest', name: digest } as const;
  const host = 'x.azurecr.io';

  test.each([
    ['its tag goes, and its manifest stays', [tag], [{ loses: 'tag', by: 'shop/web-1', name: 'v1' }]],
    ['its manifest goes too', [tag, manifest], [{ loses: 'image', by: 'shop/web-1', name: 'v1' }]],
    [
      'another tag of the same manifest goes',
      [
        { ...tag, name: 'v0' },
        { ...tag, goes: false },
      ],
      [],
    ],
    ['another image goes', [{ ...tag, name: 'v2', digest: 'sha256:b' }], []],
    ['only its digest is left, and goes', [manifest], [{ loses: 'image', by: 'shop/web-1' }]],
    ['the same name goes in another repository', [{ ...tag, repository: 'other' }], []],
  ])('of a pod: %s', (_what, items, expected) => {
    expect(inUseOf(items, runningIn(pods), host)).toMatchObject(expected);
    expect(inUseOf(items, runningIn(pods), host)).toHaveLength(expected.length);
  });

  test.each([
    ['x.azurecr.io/app:v1', 1],
    ['X.azurecr.io/app:v1', 1],
    ['app:v1', 1],
    [`x.azurecr.io/app@${digest}`, 1],
    [digest, 1],
    ['docker-pullable://x.azurecr.io/app:v1', 1],
    ['other.azurecr.io/app:v1', 0],
    ['x.azurecr.io/app', 0],
    ['x.azurecr.io/apps:v1', 0],
  ])('in a list: %s', (line, times) => {
    expect(inUseOf([tag, manifest], runningIn(`# what runs\n${line} # in production\n`), host)).toHaveLength(times);
  });

  test('of a pod, an image without a host is of Docker Hub', () => {
    const hub = pods.replaceAll('x.azurecr.io/', '');
    expect(inUseOf([tag], runningIn(hub), host)).toEqual([]);
  });

  test.each(['', '# nothing\n', '{"items": [', '{"items": []}'])('is not told by %j', (text) => {
    expect(() => runningIn(text)).toThrow(InUseError);
  });
});
