import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../src/dev/files.ts';

/** A copy of the project in which something may be changed. */
function copy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'acr-audit-copy-'));
  for (const part of ['bin', 'checks', 'docs', 'fixtures', 'schemas', 'src', 'test', 'package.json', 'tsconfig.json'])
    cpSync(`${root}${part}`, join(folder, part), { recursive: true });
  symlinkSync(`${root}node_modules`, join(folder, 'node_modules'));
  return folder;
}

const tsx = (folder: string, ...args: string[]) =>
  spawnSync(process.execPath, [`${root}node_modules/tsx/dist/cli.mjs`, ...args], { cwd: folder, encoding: 'utf8' });

describe('npm run new-check', () => {
  const folder = copy();

  test('writes the check and its test, and nothing else', () => {
    const ran = tsx(folder, 'src/dev/new-check.ts', 'network/my-control');
    expect(ran.status, ran.stderr).toBe(0);
    expect(readdirSync(join(folder, 'checks/network'))).toContain('my-control.ts');
    expect(readdirSync(join(folder, 'test/checks/network'))).toContain('my-control.test.ts');
  });

  test('npm run gen then puts it into the index and writes its page', () => {
    const ran = tsx(folder, 'src/dev/generate.ts');
    expect(ran.status, ran.stderr).toBe(0);
    expect(readFileSync(join(folder, 'checks/index.ts'), 'utf8')).toContain('./network/my-control.ts');
    expect(readFileSync(join(folder, 'docs/checks/my-control.md'), 'utf8')).toContain('# my-control');
  });

  test('the page of what checks read and pass without is fresh (if not: npm run gen)', () => {
    const page = readFileSync(join(folder, 'docs/irrelevant.md'), 'utf8');
    expect(readFileSync(`${root}docs/irrelevant.md`, 'utf8')).toBe(page);
  });

  test('the check is red until it is filled in', () => {
    const problems = tsx(
      folder,
      '--eval',
      "import check from './checks/network/my-control.ts'; import { problemsWith } from './src/engine/wellformed.ts'; console.log(problemsWith(check).join('\\n'))",
    );
    expect(problems.stdout).toMatch(/title is not written/);
    expect(problems.stdout).toMatch(/no step to fix it/);
  });

  test.each([['network/my-control'], ['wetware/my-control'], ['My-Control'], []])('refuses %s', (...args) => {
    const ran = tsx(folder, 'src/dev/new-check.ts', ...args);
    expect(ran.status).toBe(2);
    expect(ran.stderr).not.toMatch(/\n\s+at /);
  });
});
