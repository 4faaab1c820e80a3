import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../src/dev/files.ts';

/** A copy of the project in which something may be changed. */
function copy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'acr-audit-copy-'));
  for (const part of readdirSync(root).filter((name) => !/^(?:\.git|node_modules|dist)$/.test(name)))
    cpSync(`${root}${part}`, join(folder, part), { recursive: true });
  symlinkSync(`${root}node_modules`, join(folder, 'node_modules'));
  return folder;
}

/** What runs there is no test: the tables of checks must not be registered. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
const run = (folder: string, program: string, ...args: string[]) =>
  spawnSync(process.execPath, [`${root}node_modules/${program}`, ...args], { cwd: folder, encoding: 'utf8', env });
const tsx = (folder: string, ...args: string[]) => run(folder, 'tsx/dist/cli.mjs', ...args);

/** What a program said when it failed, without its stack: vitest would look for the files that it names. */
const problemOf = ({ status, stderr }: { readonly status: number | null; readonly stderr: string }): string =>
  status === 0 ? '' : `exit ${status}: ${/^.*Error.*$/m.exec(stderr)?.[0] ?? stderr.slice(0, 200)}`;

describe('docs/writing-a-check.md, followed to the letter', { timeout: 120_000 }, () => {
  const folder = copy();
  const page = readFileSync(`${root}docs/writing-a-check.md`, 'utf8');
  const commands = /```sh\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const asked = /npm run new-check -- (\S+)/.exec(commands)?.[1] ?? '';
  const files = [...page.matchAll(/```ts (\S+)\n([\s\S]*?)```/g)].map(
    ([, path = '', text = '']) => [path, text] as const,
  );
  const problems = () =>
    tsx(
      folder,
      '--eval',
      `import check from './checks/${asked}.ts'; import { problemsWith } from './src/engine/wellformed.ts'; console.log(problemsWith(check).join('\\n'))`,
    ).stdout;

  test('it names every command', () => {
    for (const command of ['npm ci', 'new-check', 'npm run format', 'npm run gen', 'npx vitest run', 'npm test'])
      expect(commands).toContain(command);
  });

  test('new-check writes the two files that it shows, and the check is red until it is filled in', () => {
    const ran = tsx(folder, 'src/dev/new-check.ts', asked);
    expect(problemOf(ran)).toBe('');
    expect(files.map(([path]) => path)).toEqual([`checks/${asked}.ts`, `test/checks/${asked}.test.ts`]);
    for (const [path] of files) expect(ran.stdout).toContain(`wrote ${path}`);
    expect(problems()).toMatch(/title is not written/);
    expect(problems()).toMatch(/a step is not written/);
  });

  test('new-check refuses what is there already', () => {
    expect(tsx(folder, 'src/dev/new-check.ts', asked).status).toBe(2);
  });

  test('filled in as shown it is well formed, and its types hold', () => {
    for (const [path, text] of files) writeFileSync(join(folder, path), text);
    const formatted = run(folder, '@biomejs/biome/bin/biome', 'check', '--write', ...files.map(([path]) => path));
    expect(formatted.status, formatted.stderr).toBe(0);
    expect(problems().trim()).toBe('');
    expect(run(folder, 'typescript/bin/tsc', '--noEmit').stdout).toBe('');
  });

  test('its table is green', () => {
    writeFileSync(
      join(folder, 'test/followed.ts'),
      `import './checks/${asked}.test.ts';
       import { cases } from '../src/testing/index.ts';
       import { tables } from './support.ts';
       for (const { check, rows } of tables) for (const { name, run } of cases(check, rows as never)) { run(); console.log(name); }`,
    );
    const ran = tsx(folder, 'test/followed.ts');
    expect(problemOf(ran)).toBe('');
    expect(ran.stdout).toContain('unknown: tasks was denied');
    expect(ran.stdout).toContain('not pass: it ends within the hour, without any one value that was read');
  });

  test('gen puts it into the index and writes its page', () => {
    const ran = tsx(folder, 'src/dev/generate.ts');
    expect(problemOf(ran)).toBe('');
    expect(readFileSync(join(folder, 'checks/index.ts'), 'utf8')).toContain(`./${asked}.ts`);
    expect(readdirSync(join(folder, 'docs/checks'))).toContain(`${asked.split('/')[1]}.md`);
  });

  test('removed again, it leaves nothing behind (if docs/irrelevant.md differs: npm run gen)', () => {
    for (const [path] of files) rmSync(join(folder, path));
    expect(problemOf(tsx(folder, 'src/dev/generate.ts'))).toBe('');
    for (const path of ['checks/index.ts', 'docs/comparison.md', 'docs/article.md', 'docs/irrelevant.md'])
      expect(readFileSync(join(folder, path), 'utf8')).toBe(readFileSync(`${root}${path}`, 'utf8'));
    expect(readdirSync(join(folder, 'docs/checks'))).toEqual(readdirSync(`${root}docs/checks`));
  });
});

test.each([['wetware/my-control'], ['My-Control'], []])('npm run new-check refuses %s', (...args) => {
  const ran = tsx(root, 'src/dev/new-check.ts', ...args);
  expect(ran.status).toBe(2);
  expect(ran.stderr).not.toMatch(/\n\s+at /);
});
