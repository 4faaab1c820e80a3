import { expect, test } from 'vitest';
import { acrAudit } from './run.ts';

const explainAccess = (...args: readonly string[]) => acrAudit(['explain', 'access', ...args, '--demo']);

test('who can do what to a registry, with the identity and the cluster behind an object id', async () => {
  const { code, stdout } = await explainAccess('contosoprod');
  expect(code).toBe(0);
  expect(stdout).toContain('Who can do what to contosoprod');
  expect(stdout).toMatch(/Owner at management group/);
  expect(stdout).toMatch(/kubelet identity of aks-store/);
});

test('what could not be seen is named, and has its own exit code', async () => {
  const { code, stdout } = await explainAccess('fabrikamapps', '-o', 'json');
  expect(code).toBe(3);
  expect(JSON.parse(stdout).unseen).toMatchObject([
    { what: 'roleAssignments', missing: [{ action: 'Microsoft.Authorization/roleAssignments/read' }] },
    { what: 'tokens', missing: [{ action: 'Microsoft.ContainerRegistry/registries/tokens/read' }] },
    { what: 'scopeMaps' },
  ]);
});

test('without a registry it asks for one', async () => {
  const { code, stderr } = await explainAccess();
  expect(code).toBe(2);
  expect(stderr).toContain('acr-audit explain access NAME');
});
