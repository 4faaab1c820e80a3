import { expect, test } from 'vitest';
import { expectGolden } from '../report/support.ts';
import { acrAudit } from './run.ts';

/** The pages a person reads, whole: U=1 rewrites them, to be read before they are committed. */
const pages: readonly (readonly [file: string, args: readonly string[], code: number])[] = [
  ['contosoprod.path.txt', ['explain', 'path', '--demo', 'contosoprod'], 1],
  ['contosoprod.access.txt', ['explain', 'access', '--demo', 'contosoprod'], 0],
  ['purge.txt', ['explain', 'purge', "acr purge --filter 'app:.*' --ago 30d --untagged"], 1],
  ['demo.txt', ['scan', '--demo', '--area', 'network'], 1],
];

test.each(pages)('%s', async (file, args, code) => {
  const ran = await acrAudit(args);
  expectGolden(file, ran.stdout);
  expect(ran.stderr).toBe('');
  expect(ran.code).toBe(code);
});

test('the report alone tells what is wrong with the private path, where, and how to mend it', async () => {
  const { stdout } = await acrAudit(['scan', 'contosoprod', '--demo', '--area', 'network']);
  const read = stdout.replace(/[│\s]+/g, ' ');
  for (const part of [
    'no A record contosoprod.eastus2.data in privatelink.azurecr.io (rg-dns), wanted 10.0.1.6 (NXDOMAIN: login works, then pulls from eastus2 hang on layers)',
    'symptom In a network linked to the zone',
    '--zone-name privatelink.azurecr.io --record-set-name contosoprod.eastus2.data --ipv4-address 10.0.1.6',
  ])
    expect(read).toContain(part);
});
