import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** What the built tool says of one opt-in check in the built-in tenant, and what it asked. */
function scan(...flags: readonly string[]): { messages: readonly string[]; asked: string } {
  const args = ['scan', '--demo', '--check', 'purges-spare-newest', '-o', 'json', '--debug', ...flags];
  const { stdout, stderr } = spawnSync(process.execPath, ['dist/bin/acr-audit.js', ...args], { encoding: 'utf8' });
  const { findings } = JSON.parse(stdout) as { findings: readonly { message: string }[] };
  return { messages: [...new Set(findings.map(({ message }) => message))], asked: stderr };
}

test('no registry is entered unless it is asked for', () => {
  const { messages, asked } = scan();
  expect(messages).toContain('only judged with --data-plane');
  expect(asked).not.toContain('/acr/v1/');
});

test('with --data-plane its catalog is read', () => {
  const { messages, asked } = scan('--data-plane');
  expect(asked).toContain('GET /acr/v1/_catalog');
  expect(messages).toContain('purge-nightly would delete 0 tags now');
});
