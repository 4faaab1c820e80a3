import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { root } from '../../src/dev/files.ts';
import { probePage } from '../../src/explain/probe.ts';
import { probeNames } from '../../src/explain/probe-names.ts';
import { acrAudit } from './run.ts';

function errorsIn(name: string, page: unknown): string | null {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
  formats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(`${root}schemas/${name}.schema.json`, 'utf8')));
  return validate(page) ? null : ajv.errorsText(validate.errors);
}

const purge = "acr purge --filter 'app:.*' --ago 1d --untagged";

test.each([
  ['access', ['explain', 'access', 'contosoprod', '--demo']],
  ['path', ['explain', 'path', 'contosoprod', '--demo']],
  ['purge', ['explain', 'purge', purge]],
  ['purge', ['explain', 'purge', '--registry', 'contosoprod', '--demo', purge]],
  ['symptom', ['explain', 'symptom', 'denied: requested access to the resource is denied']],
  ['plan', ['plan', '--demo']],
])('what %s prints is as its schema says: %j', async (name, args) => {
  const { stdout } = await acrAudit([...args, '-o', 'json']);
  const page = JSON.parse(stdout);
  expect(page.schema).toBe(`acr-audit/${name}@1`);
  expect(errorsIn(name, page)).toBeNull();
  expect(errorsIn(name, { ...page, schema: 'acr-audit/else@1' })).toMatch(/schema/);
});

test('what probe prints is as its schema says', () => {
  const names = probeNames('contoso.azurecr.io', ['westeurope']).map((name) => ({
    ...name,
    aliases: [],
    ips: ['10.0.0.4'],
    problem: null,
    connections: [{ address: '10.0.0.4', step: 'tcp' as const, problem: 'timeout' as const }],
  }));
  const page = probePage(names, ['10.0.0.1'], false);
  expect(errorsIn('probe', page)).toBeNull();
  expect(errorsIn('probe', { ...page, verdict: 'perfect' })).toMatch(/verdict/);
});

test.each([
  [['scan', '--demo']],
  [['plan', '--demo', '--until-severity', 'critical']],
  [['explain', 'access', 'contosoprod', '--demo']],
  [['explain', 'path', 'contosoprod', '--demo']],
  [['explain', 'purge', purge]],
  [['explain', 'purge', 'acr purge --unknown-flag']],
  [['explain', 'symptom', 'NXDOMAIN']],
  [['explain', 'admin-user-disabled']],
  [['checks']],
])('in colour %j says the same', async (args) => {
  const [plain, coloured] = await Promise.all([acrAudit(args), acrAudit(args, { FORCE_COLOR: '1' })]);
  expect(coloured.stdout).not.toBe(plain.stdout);
  expect(stripVTControlCharacters(coloured.stdout)).toBe(plain.stdout);
});
