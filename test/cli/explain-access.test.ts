import { expect, test } from 'vitest';
import { acrAudit } from './run.ts';

const explainAccess = (...args: readonly string[]) => acrAudit(['explain', 'access', ...args, '--demo']);

test('who can do what to a registry, with the identity and the cluster behind an object id', async () => {
  const { code, stdout } = await explainAccess('contosoprod');
  expect(code).toBe(0);
  expect(stdout).toContain('Who can do what to contosoprod');
  expect(stdout).toMatch(/Owner at management group/);
  expect(stdout).toMatch(/kubelet identity of aks-store/);
  expect(stdout).toMatch(
    /May activate a role \(1\)[\s\S]*Dana Fischer[\s\S]*Owner at the subscription, until 2027-02-28/,
  );
});

test('what could not be seen is named, and has its own exit code', async () => {
  const { code, stdout } = await explainAccess('fabrikamapps', '-o', 'json');
  expect(code).toBe(3);
  expect(JSON.parse(stdout).unseen).toMatchObject([
    { what: 'roleAssignments', missing: [{ action: 'Microsoft.Authorization/roleAssignments/read' }] },
    { what: 'denyAssignments', missing: [{ action: 'Microsoft.Authorization/denyAssignments/read' }] },
    { what: 'tokens', missing: [{ action: 'Microsoft.ContainerRegistry/registries/tokens/read' }] },
    { what: 'scopeMaps' },
    { what: 'eligibleRoles', missing: [{ action: 'Microsoft.Authorization/roleAssignments/read' }] },
  ]);
});

test('without a registry it asks for one', async () => {
  const { code, stderr } = await explainAccess();
  expect(code).toBe(2);
  expect(stderr).toContain('acr-audit explain access NAME');
});

test('only this page asks who may activate a role: neither a scan nor a collection does', async () => {
  const { stdout } = await acrAudit(['scan', '--demo', '--registry', 'contosoprod', '--debug', '-o', 'html']);
  expect(stdout).toContain('asks it of Azure itself');
  expect(stdout).not.toContain('Dana Fischer');
});
