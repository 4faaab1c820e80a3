import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checks } from '../checks/index.ts';
import { checkFiles, root } from '../src/dev/files.ts';
import { generated } from '../src/dev/generated.ts';
import { problemsWith } from '../src/engine/wellformed.ts';

const files = checkFiles();

test('there are checks', () => {
  expect(files.length).toBeGreaterThanOrEqual(13);
});

test('every check file is in the index, under its own id and area', () => {
  const listed = checks.map(({ area, id }) => `${area}/${id}`).sort();
  expect(listed).toEqual(files.map(({ area, id }) => `${area}/${id}`).sort());
});

describe.each(files)('$area/$id', ({ area, id }) => {
  test('has a table of its own', () => {
    const path = `test/checks/${area}/${id}.test.ts`;
    expect(existsSync(`${root}${path}`), `${path} is missing`).toBe(true);
    // `npm run gen` loads the tables without a test runner.
    expect(readFileSync(`${root}${path}`, 'utf8'), 'a table and nothing beside it').not.toMatch(/from 'vitest'/);
  });

  test('is well formed', () => {
    const check = checks.find((one) => one.id === id);
    expect(check ? problemsWith(check) : ['not in the index: run npm run gen']).toEqual([]);
  });
});

test('where a fix stops names from resolving, it says of which: only a registry with a private endpoint has an alias', () => {
  const stopping = checks.map(({ fix: { breaks } }) => breaks).filter((breaks) => /stops? resolving/.test(breaks));
  expect(stopping.length).toBeGreaterThan(3);
  for (const breaks of stopping) expect(breaks).toMatch(/private endpoints? elsewhere/);
});

test('no command looks for a cluster in the subscription of the registry alone: it may be in another', () => {
  for (const { confirm, id } of checks) expect(confirm.join('\n'), id).not.toMatch(/az aks list --subscription/);
});

describe('generated files', () => {
  const texts = generated();

  test.each(Object.keys(texts))('%s is fresh (if not: npm run gen)', (path) => {
    expect(existsSync(`${root}${path}`) ? readFileSync(`${root}${path}`, 'utf8') : 'missing: run npm run gen').toBe(
      texts[path],
    );
  });

  test('there is no page of a check that is gone (if so: npm run gen)', () => {
    const pages = readdirSync(`${root}docs/checks`).map((page) => `docs/checks/${page}`);
    expect(pages.filter((page) => !(page in texts))).toEqual([]);
  });
});
