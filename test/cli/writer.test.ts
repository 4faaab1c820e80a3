import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readHeld, readSnapshot } from '../../src/cli/snapshot/file.ts';
import { snapshotWriter } from '../../src/cli/snapshot/writer.ts';
import { writeTo } from '../../src/cli/terminal.ts';
import { observed } from '../../src/model/evidence.ts';
import type { SnapshotPart } from '../../src/model/snapshot.ts';
import { acr, registryId, subscriptionId } from '../support.ts';

const folder = mkdtempSync(join(tmpdir(), 'acr-audit-writer-'));
const parts: readonly SnapshotPart[] = [
  {
    kind: 'header',
    opening: {
      schema: 'acr-audit/snapshot@1',
      tool: { name: 'acr-audit', version: '0' },
      collectedAt: '2026-11-23T02:00:00Z',
      cloud: { name: 'public', resourceManager: 'https://management.azure.com', registrySuffix: 'azurecr.io' },
      asked: { registries: [], groups: [], tags: [], subscriptions: [], managementGroup: null, optIns: [] },
      scope: [{ id: subscriptionId, name: null }],
    },
  },
  {
    kind: 'registry',
    entry: { id: registryId, name: 'contoso', subscription: subscriptionId, facets: { registry: observed(acr()) } },
  },
];

test.each(['part.jsonl', 'part.jsonl.gz'])('%s: what an interrupt leaves is a file without its end', async (name) => {
  const path = join(folder, name);
  writeFileSync(path, 'before');
  const writer = await snapshotWriter(path);
  for (const part of parts) await writer.keep(part);
  expect(readFileSync(path, 'utf8')).toBe('before');
  await writer.finish('interrupted');
  expect((await readHeld(path)).end).toBeNull();
  const { subscriptions, registries } = await readSnapshot(path);
  expect(registries.map(({ name }) => name)).toEqual(['contoso']);
  expect(subscriptions.map(({ registries }) => registries.state)).toEqual(['unreadable']);
  expect(existsSync(`${path}.part`)).toBe(false);
});

test('a collection that fails, and an output that breaks off, leave what was there before', async () => {
  const path = join(folder, 'kept');
  writeFileSync(path, 'before');
  const writer = await snapshotWriter(path);
  for (const part of parts) await writer.keep(part);
  await writer.discard();
  const broken = function* () {
    yield 'x'.repeat(2 ** 17);
    throw new Error('broken');
  };
  await expect(writeTo(path, broken(), 'w')).rejects.toThrow('broken');
  expect(readFileSync(path, 'utf8')).toBe('before');
  expect(existsSync(`${path}.part`)).toBe(false);
  await writeTo(path, ['after'], 'w');
  expect(readFileSync(path, 'utf8')).toBe('after');
});
