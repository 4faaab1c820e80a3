import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { emulate } from '../../src/emulator/index.ts';

/** Answers recorded from live Azure, beside the project. */
const folder = new URL('../../../shared/corpus/', import.meta.url);

interface Row {
  readonly op: string;
  readonly apiVersion: string;
  readonly body: { readonly id?: string };
}

/** Files, and the api-version to ask with where the recorded one is too old to show every property. */
const recorded = {
  registries: '2026-09-01-preview',
  replications: null,
  tokens: '2025-11-01',
  tasks: '2025-03-01-preview',
  privateEndpoints: null,
  privateDns: null,
  managedClusters: null,
  roleAssignments: null,
  diagnosticSettings: null,
} as const;

for (const [file, version] of Object.entries(recorded)) {
  const path = new URL(`${file}.jsonl`, folder);
  const there = existsSync(path);
  test.skipIf(!there)(
    `recorded ${file} come back as they are${there ? '' : ' (skipped: no corpus beside the project)'}`,
    () => {
      const rows: Row[] = readFileSync(path, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      const bodies = rows.flatMap(({ op, apiVersion, body }) => {
        const subscriptionId = /^\/subscriptions\/([^/]+)/i.exec(body.id ?? '')?.[1];
        if (body.id === undefined || subscriptionId === undefined || !['GET', 'LIST'].includes(op)) return [];
        return [{ body: { ...body, id: body.id }, subscriptionId, apiVersion: version ?? apiVersion }];
      });
      expect(bodies.length).toBeGreaterThan(5);
      for (const { body, subscriptionId, apiVersion } of bodies) {
        const parents = parentsOf(body.id).map((id) => ({ id }));
        const { answer } = emulate({
          now: '2026-11-20T09:00:00Z',
          tenantId: 'contoso',
          subscriptions: [{ subscriptionId, displayName: 'recorded', state: 'Enabled' }],
          resources: [...parents, body],
        });
        const url = new URL(`https://management.azure.com${body.id}?api-version=${apiVersion}`);
        const given = answer({ method: 'GET', url, body: null });
        expect(JSON.parse(given.body), body.id).toEqual(body);
      }
    },
  );
}

/** The resources that a nested or extending resource needs around it. */
function parentsOf(id: string): string[] {
  const [, provider = '', rest = ''] = /^(.*?\/providers\/[^/]+)(\/.*)$/i.exec(id) ?? [];
  const segments = rest.split('/').slice(1);
  const parents = [];
  for (let length = 2; length < segments.length; length += 2) {
    const parent = `${provider}/${segments.slice(0, length).join('/')}`;
    if (!/\/providers\/[^/]*$/i.test(parent)) parents.push(parent);
  }
  return parents;
}
