// Bundles the tool into dist/, or the folder that is named: the entry stays small, and everything behind a dynamic import (the Azure SDK above all)
// becomes a chunk of its own that is only read when it is needed. Nothing is left to install at run time, so the
// licences of what is bundled are written beside it.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const outdir = process.argv[2] ?? 'dist';
await rm(outdir, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ['bin/acr-audit.ts', 'src/check.ts', 'src/testing/index.ts'],
  outdir,
  outbase: '.',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  legalComments: 'none',
  metafile: true,
  // CommonJS dependencies call require(); an ES module has none of its own.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});

const folders = new Set(
  Object.keys(metafile.inputs).flatMap((input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []),
);
const notices = await Promise.all(
  [...folders].sort().map(async (folder) => {
    const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file && existsSync(`${folder}/${file}`) ? (await readFile(`${folder}/${file}`, 'utf8')).trim() : '';
    return `${name} ${version} (${license ?? 'see below'})\n\n${text}`;
  }),
);
await writeFile(`${outdir}/THIRD-PARTY-NOTICES.txt`, `${notices.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);

// What the parser prints for help, so that a run that only wants to read it need not load the parser.
const printed = (words) =>
  execFileSync(process.execPath, [`${outdir}/bin/acr-audit.js`, ...words], {
    encoding: 'utf8',
    env: { ...process.env, COLUMNS: '80', NODE_DISABLE_COMPILE_CACHE: '1' },
  });
const help = printed(['--help']);
const commands = [...help.matchAll(/^ {2}acr-audit ([a-z]+)/gm)].map(([, command]) => command);
const asked = [['--version'], ['--help'], ...commands.map((command) => [command, '--help'])];
await writeFile(
  `${outdir}/help.json`,
  `${JSON.stringify(Object.fromEntries(asked.map((words) => [words.join(' '), printed(words)])), null, 1)}\n`,
);
