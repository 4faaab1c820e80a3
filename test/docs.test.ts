import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checks } from '../checks/index.ts';
import manifest from '../package.json' with { type: 'json' };
import { root } from '../src/dev/files.ts';

const pages = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(`${root}docs`)
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

describe.each(pages)('%s', (page) => {
  const text = readFileSync(`${root}${page}`, 'utf8');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));

  test('links to files that are there', () => {
    const broken = links
      .map((target) => target.replace(/#.*/, ''))
      .filter((target) => target !== '' && !existsSync(join(root, dirname(page), target)));
    expect(broken).toEqual([]);
  });

  test('links to nothing that is not published with it', () => {
    const published = [...manifest.files, 'README.md', 'LICENSE', 'package.json'];
    const outside = links
      .map((target) => normalize(join(dirname(page), target.replace(/#.*/, ''))))
      .filter((path) => !published.some((one) => path === one || path.startsWith(`${one}/`)));
    expect(outside.filter((path) => path !== normalize(page))).toEqual([]);
  });

  test('names npm scripts that are there', () => {
    const scripts = [...text.matchAll(/npm run ([a-z-]+)/g)].map(([, script = '']) => script);
    expect(scripts.filter((script) => !(script in manifest.scripts))).toEqual([]);
  });

  test('explains checks that are there', () => {
    const named = [...text.matchAll(/explain ([a-z]+(?:-[a-z]+)+)/g)].map(([, id]) => id);
    expect(named.filter((id) => !checks.some((check) => check.id === id))).toEqual([]);
  });
});

test('the README tells the whole command line', () => {
  const readme = readFileSync(`${root}README.md`, 'utf8');
  for (const command of ['scan', 'collect', 'checks', 'explain']) expect(readme).toContain(`\`${command}`);
  for (const code of ['0', '1', '2', '3', '130']) expect(readme).toMatch(new RegExp(`^\\| ${code} \\|`, 'm'));
});

test('the published package leaves nothing to install', () => {
  expect(Object.keys(manifest)).not.toContain('dependencies');
  const built = readdirSync(`${root}build`, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.js'),
  );
  expect(built.length).toBeGreaterThan(3);
  for (const file of built) {
    const code = readFileSync(`${root}build/${file}`, 'utf8');
    const outside = [...code.matchAll(/^import (?:[^'"\n]*? from )?["']([^"']+)["'];?$/gm)].map(
      ([, name = '']) => name,
    );
    expect(
      outside.filter((name) => !name.startsWith('.') && !name.startsWith('node:') && !builtin.has(name)),
      file,
    ).toEqual([]);
  }
});

const builtin = new Set((await import('node:module')).builtinModules);

test('what is published has no script that npm would run, and the package of a clone comes back as it was', () => {
  const folder = mkdtempSync(join(tmpdir(), 'acr-audit-pack-'));
  const file = join(folder, 'package.json');
  copyFileSync(`${root}package.json`, file);
  const run = (step: string) => execFileSync(process.execPath, [`${root}manifest.mjs`, step], { cwd: folder });
  run('publish');
  const published: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'));
  for (const key of ['scripts', 'dependencies', 'devDependencies']) expect(published).not.toHaveProperty(key);
  expect(published).toMatchObject({ bin: manifest.bin, exports: manifest.exports, homepage: manifest.homepage });
  run('restore');
  expect(readFileSync(file, 'utf8')).toBe(readFileSync(`${root}package.json`, 'utf8'));
  expect(readdirSync(folder)).toEqual(['package.json']);
});
