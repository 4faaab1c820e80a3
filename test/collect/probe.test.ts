import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { probe } from '../../src/collect/probe.ts';
import { dnsServer } from '../dns-server.ts';
import { onlyNames } from '../probe/servers.ts';

const names = {
  'contoso.azurecr.io': { cname: 'contoso.privatelink.azurecr.io' },
  'contoso.privatelink.azurecr.io': ['10.1.0.5', '10.1.0.4'],
  'contoso.westeurope.data.azurecr.io': ['20.30.40.50'],
  'broken.azurecr.io': 'SERVFAIL',
  'refused.azurecr.io': 'REFUSED',
  'empty.azurecr.io': 'NODATA',
  'silent.azurecr.io': 'silence',
} as const;

describe('a name server answers', () => {
  let server: Awaited<ReturnType<typeof dnsServer>>;
  beforeAll(async () => {
    server = await dnsServer(names);
  });
  afterAll(() => server.close());

  const table: [string, string, readonly string[], string | null][] = [
    ['through the CNAME of a private link', 'CONTOSO.azurecr.io', ['10.1.0.4', '10.1.0.5'], null],
    ['with a public address', 'contoso.westeurope.data.azurecr.io', ['20.30.40.50'], null],
    ['that there is no such name', 'contoso.eastasia.data.azurecr.io', [], 'NXDOMAIN'],
    ['that the name has no address', 'empty.azurecr.io', [], 'NODATA'],
    ['that it failed', 'broken.azurecr.io', [], 'SERVFAIL'],
    ['that it will not say', 'refused.azurecr.io', [], 'REFUSED'],
    ['nothing in time', 'silent.azurecr.io', [], 'TIMEOUT'],
  ];
  test.each(table)('%s', async (_, name, ips, problem) => {
    const from = onlyNames(150, server.address);
    const { servers, answers } = await probe([name], from);
    expect(servers).toEqual([server.address]);
    expect(answers).toMatchObject([{ name: name.toLowerCase(), ips, problem, connections: [] }]);
  });

  test('each name is asked for once, for its addresses and its alias', async () => {
    server.asked.length = 0;
    await probe(['contoso.azurecr.io', 'Contoso.azurecr.io'], onlyNames(500, server.address));
    expect(server.asked.sort()).toEqual([
      'A contoso.azurecr.io',
      'AAAA contoso.azurecr.io',
      'CNAME contoso.azurecr.io',
      'CNAME contoso.privatelink.azurecr.io',
    ]);
  });
});

test('nobody listens', async () => {
  const server = await dnsServer({});
  await server.close();
  const { answers } = await probe(['contoso.azurecr.io'], onlyNames(200, server.address));
  expect(answers[0]?.ips).toEqual([]);
  expect(answers[0]?.problem).toMatch(/no name server|TIMEOUT/);
});
