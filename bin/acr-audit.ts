#!/usr/bin/env node
// Before anything else is loaded: what is loaded needs a Node of this age.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `acr-audit: Node ${process.versions.node} is too old: it takes 20.19 or later\n  install one: https://nodejs.org\n`,
  );
  process.exitCode = 2;
} else {
  const { start } = await import('../src/cli/start.ts');
  process.exitCode = await start(process.argv.slice(2), new URL('../help.json', import.meta.url));
}
