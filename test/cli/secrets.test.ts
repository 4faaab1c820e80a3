import { expect, test } from 'vitest';
import { demoTenant } from '../../src/emulator/demo.ts';
import { acrAudit, tenant } from './run.ts';

/** A password in a task of the built-in tenant. */
const password = 'correct-horse-battery-staple';

test('the built-in tenant has a task with a password', () => {
  const tasks = demoTenant().resources.filter(({ id }) => /\/tasks\//.test(id));
  const texts = tasks.map(({ properties }) => {
    const { step } = properties as { step?: { encodedTaskContent?: string } };
    return Buffer.from(step?.encodedTaskContent ?? '', 'base64').toString();
  });
  expect(texts.join('\n')).toContain(password);
});

test.each([
  [['scan', '--demo', '--debug', '-v']],
  [['scan', '--demo', '--debug', '-o', 'json']],
  [['scan', '--demo', '--debug', '-o', 'sarif']],
  [['scan', '--demo', '--debug', '-o', 'html', '--pages']],
  [['collect', '--demo', '--debug', '-o', '-']],
  [['plan', '--demo', '--debug', '-o', 'json']],
  [['explain', 'purge', '--demo', '--debug', '--registry', 'contosodev', '-o', 'json']],
])('%j repeats it nowhere, what is said on standard error among it', async (args) => {
  const { stdout, stderr } = await acrAudit(args);
  expect(stdout.length).toBeGreaterThan(0);
  expect(stdout + stderr).not.toContain(password);
});

test('an error text of Azure that repeats it is masked', async () => {
  const document = demoTenant();
  const azure = await tenant({
    ...document,
    faults: [
      {
        path: '/subscriptions/00000000-0000-0000-0000-000000000003/resourceGroups/rg-dev/providers/Microsoft.ContainerRegistry/registries/contosodev/tasks',
        status: 400,
        body: { error: { code: 'Bad', message: `The value DB_PASSWORD=${password} is not allowed.` } },
      },
    ],
  });
  const { stdout, stderr } = await azure.run(['scan', 'contosodev', '--debug', '-o', 'json']);
  await azure.close();
  expect(stdout).toContain('is not allowed');
  expect(stdout + stderr).not.toContain(password);
});
