import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Report, Rest } from '../../src/model/report.ts';

/** What the built tool says of one opt-in check in the built-in tenant, and what it asked. */
function scan(...flags: readonly string[]): { rest: readonly Rest[]; findings: readonly string[][]; asked: string } {
  const args = ['scan', '--demo', '--check', 'purges-spare-newest', '-o', 'json', '--debug', ...flags];
  const { stdout, stderr } = spawnSync(process.execPath, ['dist/bin/acr-audit.js', ...args], { encoding: 'utf8' });
  const { subjects } = JSON.parse(stdout) as Report;
  const findings = subjects.map((one) => one.findings.map((finding) => ('message' in finding ? finding.message : '')));
  return { rest: subjects.map(({ rest }) => rest), findings, asked: stderr };
}

test('no registry is entered unless it is asked for', () => {
  const { rest, asked } = scan();
  expect(rest.map((one) => one['not-applicable']['purges-spare-newest'])).toContain('only judged with --data-plane');
  expect(asked).not.toContain('/acr/v1/');
});

test('with --data-plane its catalog is read', () => {
  const { findings, asked } = scan('--data-plane');
  expect(asked).toContain('GET /acr/v1/_catalog');
  expect(findings.flat()).toContainEqual(expect.stringContaining('among them store/checkout:latest'));
});
