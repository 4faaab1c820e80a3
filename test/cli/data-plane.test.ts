import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Report, Rest } from '../../src/pages/report.ts';
import { acrAudit } from './run.ts';

/** What the built tool says of one opt-in check in the built-in tenant, and what it asked. */
function scan(...flags: readonly string[]): { rest: readonly Rest[]; findings: readonly string[][]; asked: string } {
  const args = ['scan', '--demo', '--check', 'purges-spare-newest', '-o', 'json', '--debug', ...flags];
  const { stdout, stderr } = spawnSync(process.execPath, ['build/bin/acr-audit.js', ...args], { encoding: 'utf8' });
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

/** What `explain purge` of the built tool says of a registry of the built-in tenant, and what it asked that registry. */
function purge(...args: readonly string[]): { out: string; asked: readonly string[]; code: number | null } {
  const all = ['explain', 'purge', ...args, '--demo', '--registry', 'contosoprod', '--debug'];
  const { status, stdout, stderr } = spawnSync(process.execPath, ['build/bin/acr-audit.js', ...all], {
    encoding: 'utf8',
  });
  return { out: stdout, code: status, asked: [...new Set(stderr.match(/\/(?:acr\/v1|v2)\/\S+/g) ?? [])] };
}

test('explain purge matches the catalogue first, and reads only what the command takes', () => {
  expect(purge("acr purge --filter 'payments/api:^2' --ago 0d").asked).toEqual([
    '/acr/v1/_catalog?n=100',
    '/acr/v1/payments/api/_tags?n=100&orderby=timedesc',
  ]);
});

test('explain purge of the tasks of a registry reads what they name, and the bodies that decide', () => {
  const { out, asked, code } = purge();
  expect(asked).toEqual(expect.arrayContaining(['/acr/v1/store/checkout/_tags?n=100&orderby=timedesc']));
  expect(asked.join(' ')).toContain('/v2/store/checkout/manifests/sha256:1313');
  expect(asked.join(' ')).not.toMatch(/payments|web\/shop/);
  expect(out).toContain('3 tags and 2 manifests');
  expect(code).toBe(1);
});

test('what a pattern might take is a remark once all tags were looked through, and a danger before', async () => {
  const command = "acr purge --filter 'store/.*:.*' --ago 30d --keep 150";
  const signatures = /also matches the tags of signatures/;
  const guessed = JSON.parse((await acrAudit(['explain', 'purge', command, '-o', 'json'])).stdout).commands[0];
  expect(guessed.dangers.map(({ happens }: { happens: string }) => happens).join('\n')).toMatch(signatures);
  const args = ['explain', 'purge', command, '--registry', 'contosoprod', '--demo', '-o', 'json'];
  const rehearsed = JSON.parse((await acrAudit(args)).stdout).commands[0];
  expect(rehearsed.dangers.map(({ happens }: { happens: string }) => happens).join('\n')).not.toMatch(signatures);
  expect(rehearsed.remarks.join('\n')).toMatch(signatures);
});
