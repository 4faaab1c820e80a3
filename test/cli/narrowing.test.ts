import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSnapshot } from '../../src/cli/snapshot/file.ts';
import { acrAudit } from './run.ts';

const path = join(mkdtempSync(join(tmpdir(), 'acr-audit-narrowing-')), 'snapshot.jsonl');
const file = acrAudit(['collect', '--demo', '-o', path]).then(() => path);
const collected = file.then(readSnapshot);
const idOf = async (name: string): Promise<string> =>
  (await collected).registries.find((registry) => registry.name === name)?.id ?? '';

async function judged(...args: readonly string[]): Promise<readonly string[]> {
  const { stdout, stderr } = await acrAudit(['scan', '-o', 'json', ...args]);
  if (stdout === '') throw new Error(stderr);
  const { subjects } = JSON.parse(stdout) as { subjects: { kind: string; name: string }[] };
  return subjects.filter(({ kind }) => kind === 'registry').map(({ name }) => name);
}

test('a registry named twice, by name, by id, in capitals or with a slash at its end, is judged once', async () => {
  const id = await idOf('contosoprod');
  expect(await judged('--demo', id, id.toUpperCase(), `${id}/`)).toEqual(['contosoprod']);
  expect(await judged('--demo', id, 'contosoprod', 'CONTOSOPROD')).toEqual(['contosoprod']);
  expect(await judged('--snapshot', await file, `${id.toUpperCase()}/`, 'contosoprod')).toEqual(['contosoprod']);
});

test('a subscription named twice, by id, as a path and by name, is looked in once', async () => {
  const id = '00000000-0000-0000-0000-000000000003';
  const once = await judged('--demo', '--subscription', id);
  expect(once.length).toBeGreaterThan(0);
  for (const again of [id, `/subscriptions/${id}`, 'contoso development'])
    expect(await judged('--demo', '--subscription', id, '--subscription', again)).toEqual(once);
});

test('a resource group narrows a snapshot as it narrows a collection', async () => {
  const [, group = ''] = /resourceGroups\/([^/]+)/i.exec(await idOf('contosodev')) ?? [];
  const narrowed = await judged('--demo', '-g', group);
  expect(narrowed).toContain('contosodev');
  expect(narrowed).not.toContain('contosoprod');
  expect(await judged('--snapshot', await file, '-g', group)).toEqual(narrowed);
});

test('the id of a registry called like a part of an object is an id like any other', async () => {
  for (const name of ['constructor', '__proto__', 'hasOwnProperty']) {
    const ran = await acrAudit(['scan', '--snapshot', await file, name]);
    expect(ran.stderr).toContain(`no registry '${name}'`);
    expect(ran.code).toBe(3);
  }
});
