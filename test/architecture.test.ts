import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { circles, mayImport, notYet, partOf, parts } from '../src/dev/architecture.ts';
import { root } from '../src/dev/files.ts';

const sources = ['bin', 'checks', 'src'].flatMap((folder) =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${folder}/${file}`),
);

/** Without comments, which may speak of what the code must not do. */
const codeOf = (file: string): string =>
  readFileSync(`${root}${file}`, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');

/** Every import of a file, types included: files by their path, packages by their name. */
const importsOf = (file: string): string[] =>
  [
    ...codeOf(file).matchAll(
      /^(?:import|export)\s[^'";]*?from '([^']+)'|^import '([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm,
    ),
  ]
    .map(([, from, bare, expression]) => from ?? bare ?? expression ?? '')
    .map((name) => (name.startsWith('.') ? normalize(join(dirname(file), name)) : name));

const graph = new Map(sources.map((file) => [file, importsOf(file)]));

test('there are sources, and their imports are seen', () => {
  expect(sources.length).toBeGreaterThan(50);
  expect(graph.get('bin/acr-audit.ts')).toEqual(['src/cli/start.ts']);
  expect(graph.get('src/cli/azure.ts')).toContain('src/emulator/emulate.ts');
  expect(graph.get('src/model/facets.ts')).toContain('src/model/facets/tokens.ts');
});

describe.each(sources)('%s', (file) => {
  test('imports only what its part may, types included', () => {
    const part = partOf(file);
    expect(part, `${file} belongs to no part: see src/dev/architecture.ts`).toBeDefined();
    const listed = notYet.filter(([from]) => from === file).map(([, to]) => to);
    const forbidden = part ? (graph.get(file) ?? []).filter((name) => !mayImport(part, name)) : [];
    expect([...new Set(forbidden)].sort(), 'what the table does not allow').toEqual([...listed].sort());
  });
});

describe('the table', () => {
  test.each(parts)('$name has files', ({ name }) => {
    expect(sources.some((file) => partOf(file)?.name === name)).toBe(true);
  });

  test('model imports nothing, and nobody but cli and dev imports everything', () => {
    expect(parts.find(({ name }) => name === 'model')?.may).toEqual([]);
    expect(parts.filter(({ may }) => may.includes('*')).map(({ name }) => name)).toEqual(['cli', 'dev']);
  });

  test.each([
    ['src/facts/path/endpoints.ts', 'src/report/table.ts'],
    ['src/report/table.ts', 'src/azure/index.ts'],
    ['src/model/check.ts', 'src/facts/path/endpoints.ts'],
    ['checks/identity/admin-user-disabled.ts', 'src/model/outcome.ts'],
    ['checks/identity/admin-user-disabled.ts', 'node:fs'],
    ['src/collect/tokens.ts', '@azure/identity'],
  ])('%s may not import %s', (file, imported) => {
    const part = partOf(file);
    expect(part && mayImport(part, imported)).toBe(false);
  });
});

test('no import runs in a circle, types included', () => {
  const found: string[] = [];
  const known = (from: string, to: string) => circles.some(([file, name]) => file === from && name === to);
  const state = new Map<string, 'open' | 'done'>();
  const visit = (file: string, way: readonly string[]): void => {
    if (state.get(file) === 'open') found.push([...way.slice(way.indexOf(file)), file].join(' → '));
    if (state.has(file)) return;
    state.set(file, 'open');
    for (const next of graph.get(file) ?? []) if (graph.has(next) && !known(file, next)) visit(next, [...way, file]);
    state.set(file, 'done');
  };
  for (const file of sources) visit(file, []);
  expect(found).toEqual([]);
  expect(
    circles.filter(([from, to]) => !graph.get(from)?.includes(to)),
    'gone: take it out',
  ).toEqual([]);
});

describe('purity', () => {
  const pure = sources.filter(
    (file) =>
      /^(checks|src\/(model|facts|engine|commands|explain))\//.test(file) && file !== 'src/facts/tasks/secrets.ts',
  );

  test.each(pure)('%s reads no clock, draws no lots, logs nothing and waits for nothing', (file) => {
    const text = codeOf(file);
    expect(
      text.match(/\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bconsole\.|\bprocess\.|\basync\b|\bawait\b/g) ?? [],
    ).toEqual([]);
  });

  test.each(sources.filter((file) => /^src\/report\//.test(file)))('%s asks nothing of the process', (file) => {
    expect(codeOf(file)).not.toMatch(/\bprocess\.|\bconsole\./);
  });

  test.each(sources.filter((file) => !/^src\/dev\//.test(file)))('%s never ends the process', (file) => {
    expect(codeOf(file)).not.toMatch(/\bprocess\.exit\(/);
  });

  test('no file outside src/azure runs the Azure SDK: others name its types at most', () => {
    const runs = /^(?:import|export) (?!type\b)[^'";]*?from '@azure\/|\bawait import\(\s*'@azure\//m;
    expect(sources.filter((file) => !file.startsWith('src/azure/') && runs.test(codeOf(file)))).toEqual([]);
    expect(sources.some((file) => runs.test(codeOf(file)))).toBe(true);
  });
});
