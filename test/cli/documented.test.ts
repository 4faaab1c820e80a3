import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../src/dev/files.ts';
import { built, ran } from './run.ts';

const pages = [
  'README.md',
  ...readdirSync(`${root}docs`).flatMap((file) => (file.endsWith('.md') ? `docs/${file}` : [])),
];

/** The lines that call the tool in the blocks of commands of a page, without what follows the command. */
const commandsIn = (page: string): readonly string[] =>
  [...readFileSync(`${root}${page}`, 'utf8').matchAll(/^```sh\n([\s\S]*?)^```/gm)]
    .flatMap(([, block = '']) => block.split('\n'))
    .filter((line) => /^(npx (--yes )?)?acr-audit /.test(line))
    .map((line) => line.replace(/\s+# .*$/, '').replace(/^(npx (--yes )?)?acr-audit /, ''));

const subnet =
  '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/hub/subnets/endpoints';

/** Those that run without Azure: the built-in tenant stands for it, and one of its registries for that of the page. */
const onDemo = (command: string): string => {
  const named = command
    .replace(/\b(kvacrprod|myregistry|contoso|NAME)(?=\s|$)/g, 'contosoprod')
    .replace('subnet-id=/subscriptions/…', `subnet-id=${subnet}`)
    .replace('"…"', `"acr purge --filter '$repo:^v' --ago 30d --keep 5"`);
  const ofAzure = /^(scan|collect|plan|explain (path|access))\b|--registry/.test(named);
  return ofAzure && !named.includes('--demo') && !named.includes('--snapshot') ? `${named} --demo` : named;
};

/** What the pages speak of as being there. */
const files = {
  'purge.sh': "acr purge --filter 'app:.*' --ago 30d\n",
  'task.yaml': "version: v1.1.0\nsteps:\n  - cmd: acr purge --filter 'app:.*' --ago 30d\n",
  'pods.json': 'contosoprod.azurecr.io/payments/api:1.0.0\n',
  'acr-audit.baseline.json': null,
};

const bare = (folder: string) => ({ PATH: '/usr/bin:/bin', HOME: folder, COLUMNS: '100' });

/** The codes that a command may end with: 3 where something in it is not told, which stands for `…` here. */
const mayEndWith = (command: string): readonly number[] => {
  if (command.includes('…') || command.includes('--registry') || command.includes('--baseline')) return [0, 1, 3];
  return /^(checks|explain (?!purge))/.test(command) || command.includes('--update-baseline') ? [0] : [0, 1];
};

const commands = [...new Set(pages.flatMap(commandsIn))];

test('the pages show the commands that people begin with', () => {
  expect(commands).toEqual(expect.arrayContaining(['scan --profile hardened', 'explain admin-user-disabled']));
  expect(commands.length).toBeGreaterThan(15);
});

test.each(commands)('acr-audit %s', async (command) => {
  const folder = mkdtempSync(join(tmpdir(), 'acr-audit-documented-'));
  // A page that reads a snapshot has made it in the line before.
  const made = command.startsWith('collect') ? [] : (command.match(/\b(snapshot|yesterday)\.jsonl\b/g) ?? []);
  for (const file of new Set(made))
    await ran('/bin/sh', ['-c', `${process.execPath} ${built} collect --demo -o ${folder}/${file}`], bare(folder), '');
  for (const [name, text] of Object.entries(files)) if (text !== null) writeFileSync(join(folder, name), text);
  const line = `cd ${folder} && ${command.includes('.baseline.json') && !command.includes('--update') ? `${process.execPath} ${built} ${onDemo(`${command} --update-baseline`)} >/dev/null && ` : ''}${process.execPath} ${built} ${onDemo(command)}`;
  const { code, stderr } = await ran('/bin/sh', ['-c', line], bare(folder), '');
  expect({ code, stderr: mayEndWith(command).includes(code ?? -1) ? '' : stderr }).toEqual({
    code: expect.toSatisfy((one: number) => mayEndWith(command).includes(one)),
    stderr: '',
  });
});
