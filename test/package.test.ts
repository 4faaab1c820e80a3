import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { root } from '../src/dev/files.ts';
import { built } from './cli/run.ts';

const text = (path: string): string => readFileSync(`${root}${path}`, 'utf8');

test('tests build beside what a linked command runs, and never into it', () => {
  const { bin } = JSON.parse(text('package.json')) as { readonly bin: Readonly<Record<string, string>> };
  const [folder = ''] = (bin['acr-audit'] ?? '').split('/');
  expect(folder).toBe('dist');
  const [into = ''] = built.slice(root.length).split('/');
  expect(into).toBe('build');
  // The only build that the tests start names that folder.
  expect(text('test/build.ts')).toContain(`['build.mjs', '${into}']`);
});

test('the README installs a tarball, and says what a link would do', () => {
  const installs = text('README.md')
    .split('\n')
    .filter((line) => line.includes('npm install --global'));
  expect(installs.length).toBeGreaterThan(0);
  for (const line of installs) expect(line).toMatch(/\.tgz .*# .*`npm install --global \.` is a link/);
});
