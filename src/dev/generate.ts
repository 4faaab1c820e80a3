import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { checkIndex } from './check-index.ts';
import { checkFiles, root } from './files.ts';

const put = (path: string, text: string): void => {
  const file = `${root}${path}`;
  mkdirSync(dirname(file), { recursive: true });
  let before = '';
  try {
    before = readFileSync(file, 'utf8');
  } catch {}
  if (before === text) return;
  writeFileSync(file, text);
  process.stdout.write(`wrote ${path}\n`);
};

// The index first: everything else is made from the checks it lists.
put('checks/index.ts', checkIndex(checkFiles()));
const { generated } = await import('./generated.ts');
const texts = generated();
for (const [path, text] of Object.entries(texts)) put(path, text);
const { irrelevantPage } = await import('./irrelevant.ts');
put('docs/irrelevant.md', await irrelevantPage());
for (const page of readdirSync(`${root}docs/checks`))
  if (!(`docs/checks/${page}` in texts)) {
    rmSync(`${root}docs/checks/${page}`);
    process.stdout.write(`removed docs/checks/${page}\n`);
  }
