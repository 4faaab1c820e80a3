import { expect, test } from 'vitest';
import { lineText } from '../../src/cli/snapshot/writer.ts';
import { linesOf } from '../../src/cli/snapshot/writing.ts';
import { collect } from '../../src/collect/collect.ts';
import type { Facet } from '../../src/model/facets.ts';
import { arm, azureWith, ownNetwork, registry } from '../azure/support.ts';

ownNetwork();

const planted = 'correct-horse-battery';
const definition = `version: v1.1.0\nsteps:\n  - cmd: docker login -u app -p ${planted} contoso.azurecr.io\n`;
const task = {
  id: `${registry}/tasks/nightly`,
  name: 'nightly',
  properties: {
    status: 'Enabled',
    step: { type: 'EncodedTask', encodedTaskContent: Buffer.from(definition).toString('base64') },
  },
};
const run = {
  id: `${registry}/runs/cf1`,
  properties: { task: 'nightly', status: 'Failed', createTime: '2026-11-22T03:00:00Z' },
};

test('tasks, their runs and the usages: one request each, and no secret in the snapshot', async () => {
  const contoso = { id: registry, name: 'contoso', location: 'westeurope', sku: { name: 'Premium' }, properties: {} };
  const version = { 'api-version': '2025-03-01-preview' };
  arm().get(registry).query(true).reply(200, contoso);
  arm()
    .get(`${registry}/tasks`)
    .query(version)
    .reply(200, { value: [task] });
  arm()
    .get(`${registry}/runs`)
    .query({ ...version, $top: '200' })
    .reply(200, { value: [run] });
  arm()
    .get(`${registry}/listUsages`)
    .query(true)
    .reply(200, { value: [{ name: 'Size', limit: 100, currentValue: 1, unit: 'Bytes' }] });

  const asked = { registries: [registry], subscriptions: [], managementGroup: null, groups: [], tags: [] };
  const snapshot = await collect(
    azureWith(),
    { ...asked, facets: new Set<Facet>(['registry', 'tasks', 'taskRuns', 'usages']) },
    { tool: { name: 'acr-audit', version: '0' }, now: () => '2026-11-23T02:00:00Z', progress: () => {} },
  );

  expect(snapshot.registries[0]?.facets).toMatchObject({
    tasks: { value: [{ step: { secretFindings: [{ rule: 'password-argument' }] } }] },
    taskRuns: { value: { runs: [{ task: 'nightly', status: 'Failed' }], since: null } },
    usages: { value: [{ name: 'Size', currentValue: 1 }] },
  });
  const text = [...linesOf(snapshot)].map(lineText).join('');
  expect(text).toContain('docker login -u app -p <masked>');
  expect(text).not.toContain(planted);
  expect(text).not.toContain(Buffer.from(definition).toString('base64'));
});
