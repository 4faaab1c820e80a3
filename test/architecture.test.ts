import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../src/dev/files.ts';

/** Who may import what at run time. A file that belongs to no layer fails, and so does an import that no pattern allows. */
const layers: readonly { readonly files: RegExp; readonly may: readonly RegExp[] }[] = [
  { files: /^checks\/index\.ts$/, may: [/^checks\//] },
  { files: /^checks\//, may: [/^src\/check\.ts$/] },
  { files: /^src\/check\.ts$/, may: [/^src\/(model|facts|commands)\//] },
  { files: /^src\/model\//, may: [/^src\/model\//] },
  // Address arithmetic, and what tasks are written in: YAML, shell words, RE2, cron.
  {
    files: /^src\/facts\//,
    may: [/^src\/(model|facts)\//, /^(cidr-tools|yaml|re2js|shlex|croner)$/, /^@secretlint\//],
  },
  { files: /^src\/probe\//, may: [/^src\/(model|probe)\//, /^node:(dns\/promises|net|tls|http)$/] },
  { files: /^src\/explain\//, may: [/^src\/(model|facts|commands|explain)\//] },
  { files: /^src\/engine\//, may: [/^src\/(model|facts|commands|engine)\//, /^node:crypto$/] },
  { files: /^src\/commands\//, may: [/^src\/(model|facts|commands)\//] },
  { files: /^src\/report\//, may: [/^src\/(model|facts|report)\//, /^chalk$/, /^cli-table3$/, /^node:crypto$/] },
  { files: /^src\/collect\//, may: [/^src\/(model|collect|facts)\//, /^valibot$/] },
  {
    files: /^src\/azure\//,
    may: [/^src\/(model|azure)\//, /^src\/collect\/azure\.ts$/, /^@azure\//, /^node:/],
  },
  {
    files: /^src\/emulator\//,
    may: [/^src\/(model|commands|emulator)\//, /^fixtures\/tenants\//, /^selfsigned$/, /^node:/, /^valibot$/],
  },
  { files: /^src\/testing\//, may: [/^src\/(model|engine|commands|testing)\//, /^node:assert/] },
  { files: /^src\/(cli|dev)\//, may: [/./] },
  { files: /^bin\//, may: [/^src\/cli\//] },
];

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

/** Type-only imports are erased, and so is `import('…')` in a type. */
function runtimeImports(file: string): string[] {
  const text = readFileSync(`${root}${file}`, 'utf8');
  const statements = [
    ...text.matchAll(
      /^(?:import|export)(?! type\b)[^;]*?from '([^']+)'|^import '([^']+)'|\bawait import\('([^']+)'\)|[^:|<(] import\('([^']+)'\)(?!\.)/gms,
    ),
  ];
  return statements
    .filter(([statement]) => !/^(?:import|export) \{\s*(?:type [^,}]+,?\s*)+\} from/.test(statement))
    .map(([, from, bare, dynamic, expression]) => from ?? bare ?? dynamic ?? expression ?? '')
    .map((name) => (name.startsWith('.') ? normalize(join(dirname(file), name)) : name));
}

test('there are sources, and their imports are seen', () => {
  expect(sources.length).toBeGreaterThan(50);
  expect(runtimeImports('bin/acr-audit.ts')).toEqual(['src/cli/main.ts']);
  expect(runtimeImports('src/cli/azure.ts')).toContain('src/emulator/emulate.ts');
  expect(runtimeImports('src/collect/azure.ts')).toEqual([]);
});

describe.each(sources)('%s', (file) => {
  test('imports only what its layer may', () => {
    const layer = layers.find(({ files }) => files.test(file));
    expect(layer, `${file} belongs to no layer: put it into one, or name the layer here`).toBeDefined();
    expect(runtimeImports(file).filter((name) => !layer?.may.some((allowed) => allowed.test(name)))).toEqual([]);
  });
});

describe('purity', () => {
  const pure = sources.filter(
    (file) => /^(checks|src\/(model|facts|engine|commands))\//.test(file) && file !== 'src/facts/tasks/secrets.ts',
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

  test('no file outside src/azure imports the Azure SDK, types apart', () => {
    const others = sources.filter((file) => !file.startsWith('src/azure/'));
    expect(others.filter((file) => runtimeImports(file).some((name) => name.startsWith('@azure/')))).toEqual([]);
  });
});
