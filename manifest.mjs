// What is published has no scripts and needs nothing else: npm warns of a script that it may have to run at install. Run by
// `npm pack` and `npm publish` around the packing; package.json is put back afterwards.
import { copyFile, readFile, rename, writeFile } from 'node:fs/promises';

const kept = 'package.json.kept';
if (process.argv[2] === 'publish') {
  const {
    scripts: _,
    devDependencies: __,
    allowScripts: ___,
    ...manifest
  } = JSON.parse(await readFile('package.json', 'utf8'));
  await copyFile('package.json', kept);
  await writeFile('package.json', `${JSON.stringify(manifest, null, 2)}\n`);
} else await rename(kept, 'package.json');
