import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { root } from '../../src/dev/files.ts';
import { acrAudit } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'acr-audit-modules-'));
const hooks = join(folder, 'hooks.mjs');
const preload = join(folder, 'preload.mjs');
writeFileSync(
  hooks,
  `import { appendFileSync } from 'node:fs';
export async function load(url, context, next) {
  if (url.startsWith('file:')) appendFileSync(process.env.LOADED, url + '\\n');
  return next(url, context);
}`,
);
writeFileSync(
  preload,
  `import { register } from 'node:module';\nregister(${JSON.stringify(pathToFileURL(hooks).href)});`,
);

/** The text of every module that the run loaded: the built chunks say what they are made of. */
function loadedBy(name: string, args: readonly string[]): string {
  const list = join(folder, `${name}.txt`);
  writeFileSync(list, '');
  spawnSync(process.execPath, ['--import', pathToFileURL(preload).href, `${root}build/bin/acr-audit.js`, ...args], {
    env: { PATH: '/usr/bin:/bin', LOADED: list },
  });
  const modules = readFileSync(list, 'utf8')
    .split('\n')
    .filter((url) => url.includes('/build/'));
  expect(modules.length).toBeGreaterThan(0);
  return modules.map((url) => readFileSync(new URL(url), 'utf8')).join('\n');
}

const azure = /node_modules\/@azure\/|node_modules\/@typespec\//;
const emulator = /src\/emulator\//;

describe('what is loaded', () => {
  test.each<[string, string[]]>([
    ['help', ['--help']],
    ['help-of-the-parser', ['scan', '--help', '--color', 'auto']],
    ['checks', ['checks']],
    ['explain', ['explain', 'admin-user-disabled']],
  ])('%s loads nothing of Azure', (name, args) => {
    const text = loadedBy(name, args);
    expect(azure.test(text)).toBe(false);
    expect(emulator.test(text)).toBe(false);
  });

  test.each([['--version'], ['--help'], ['scan', '--help'], ['explain', '-h']])('%s %s loads no parser', (...words) => {
    expect(/node_modules\/yargs/.test(loadedBy('ready', words))).toBe(false);
  });

  test('the parser loads no reporter, no check and no reader of YAML', () => {
    const text = loadedBy('parser', ['scan', '--help', '--color', 'auto']);
    expect(/node_modules\/yargs/.test(text)).toBe(true);
    const own = text.split('\n').filter((line) => /^\/\/ \S+\.(ts|js|mjs|json)$/.test(line));
    expect(own).toContain('// src/cli/main.ts');
    expect(
      own.filter((line) => /checks\/|report\/(table|html|sarif)|facts\/|(yaml|chalk|cli-table3)\//.test(line)),
    ).toEqual([]);
  });

  test('a scan of a snapshot loads nothing of Azure', async () => {
    const file = join(folder, 'snapshot.json');
    await acrAudit(['collect', '--demo', '-o', file]);
    expect(azure.test(loadedBy('snapshot', ['scan', '--snapshot', file]))).toBe(false);
  });

  test('the demo does, so that this test can see it', () => {
    const text = loadedBy('demo', ['scan', '--demo']);
    expect(azure.test(text)).toBe(true);
    expect(emulator.test(text)).toBe(true);
  });
});
