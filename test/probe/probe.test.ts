import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../src/dev/files.ts';
import { acrAudit } from '../cli/run.ts';
import { dnsServer, type Zone } from '../dns-server.ts';
import { type Answer, blackHole, closedPort, type Listening, registryAt, silentServer } from './servers.ts';

const login = 'contoso.azurecr.io';
const data = 'contoso.westeurope.data.azurecr.io';
const asksForToken: Answer = {
  status: 401,
  headers: { 'www-authenticate': `Bearer realm="https://${login}/oauth2/token",service="${login}"` },
  body: '{"errors":[{"code":"UNAUTHORIZED"}]}',
};
const firewall: Answer = {
  status: 403,
  body: `{"errors":[{"code":"DENIED","message":"client with IP '203.0.113.7' is not allowed access. Refer https://aka.ms/acr/firewall to grant access."}]}`,
};

/** Runs `acr-audit probe` as a user would, with DNS and servers of the test. */
async function probe(zone: Zone, at: Listening, args: readonly string[] = [], trusted = true) {
  const dns = await dnsServer(zone);
  const ca = join(mkdtempSync(join(tmpdir(), 'acr-audit-ca-')), 'ca.pem');
  writeFileSync(ca, at.ca);
  try {
    const { code, stdout, stderr } = await acrAudit(
      ['probe', `${login}:${at.port}`, '--timeout', '1', '-o', 'json', ...args],
      {
        NODE_OPTIONS: `--import=${root}test/cli/loopback-dns.mjs`,
        TEST_DNS_SERVER: dns.address,
        ...(trusted ? { NODE_EXTRA_CA_CERTS: ca } : {}),
      },
    );
    return { code, stderr, page: stdout === '' ? null : JSON.parse(stdout) };
  } finally {
    await dns.close();
    await at.close();
  }
}

const here = { [login]: ['127.0.0.1'] };
const both = { ...here, [data]: ['127.0.0.1'] };
const privately = {
  [login]: { cname: 'contoso.privatelink.azurecr.io' },
  'contoso.privatelink.azurecr.io': ['127.0.0.1'],
};

describe('acr-audit probe', () => {
  test.each<[string, () => Promise<Listening>, Zone, readonly string[], number, string, RegExp]>([
    ['a registry that asks for a token', () => registryAt([login], asksForToken), here, [], 0, 'good', /^$/],
    ['a private answer through the alias', () => registryAt([login], asksForToken), privately, [], 0, 'good', /^$/],
    [
      'the data endpoint too',
      () => registryAt([login, data], asksForToken),
      both,
      ['--region', 'West Europe'],
      0,
      'good',
      /^$/,
    ],
    ['NXDOMAIN of everything', closedPort, {}, [], 1, 'broken', /NXDOMAIN: docker login fails/],
    [
      'NXDOMAIN of the private name',
      closedPort,
      { [login]: { cname: 'contoso.privatelink.azurecr.io' } },
      [],
      1,
      'broken',
      /(NXDOMAIN|NODATA): docker login fails/,
    ],
    [
      'a data endpoint without a record',
      () => registryAt([login], asksForToken),
      here,
      ['--region', 'westeurope'],
      1,
      'broken',
      /data\.azurecr\.io is NXDOMAIN: login works, and pulls hang on layers in westeurope/,
    ],
    ['a DNS server that fails', closedPort, { [login]: 'SERVFAIL' }, [], 3, 'unclear', /no answer from DNS: SERVFAIL/],
    ['a refused connection', closedPort, here, [], 1, 'broken', /127\.0\.0\.1, which refuses connections/],
    ['a black hole', blackHole, here, [], 1, 'broken', /connections time out/],
    ['a port that never speaks TLS', silentServer, here, [], 3, 'unclear', /does not complete TLS/],
    [
      'a certificate for another name',
      () => registryAt(['other.azurecr.io'], asksForToken),
      here,
      [],
      1,
      'broken',
      /a certificate for other\.azurecr\.io/,
    ],
    [
      'the firewall',
      () => registryAt([login], firewall),
      here,
      [],
      1,
      'broken',
      /client with IP '203\.0\.113\.7' is not allowed access/,
    ],
    [
      'a 403 of somebody else',
      () => registryAt([login], { status: 403, body: 'Forbidden by proxy' }),
      here,
      [],
      3,
      'unclear',
      /answers 403, which a registry does not do/,
    ],
    [
      'a redirect, which is not followed',
      () =>
        registryAt([login], { status: 302, headers: { location: 'https://login.proxy.example/start?token=secret' } }),
      here,
      [],
      3,
      'unclear',
      /redirects to login\.proxy\.example; it was not followed/,
    ],
    ['a busy registry', () => registryAt([login], { status: 429 }), here, [], 3, 'unclear', /answers 429/],
    [
      'an answer that is no registry’s',
      () => registryAt([login], { status: 200, body: 'x'.repeat(300_000) }),
      here,
      [],
      3,
      'unclear',
      /answers 200/,
    ],
  ])('%s', async (_, server, zone, args, code, verdict, symptom) => {
    const ran = await probe(zone, await server(), args);
    expect([ran.code, ran.page?.verdict, ran.stderr]).toEqual([code, verdict, '']);
    expect(ran.page.symptoms.map((one: { symptom: string }) => one.symptom).join('\n')).toMatch(symptom);
  });

  test('a certificate that this machine does not trust', async () => {
    const { code, page } = await probe(here, await registryAt([login], asksForToken), [], false);
    expect([code, page.symptoms[0].symptom]).toEqual([1, expect.stringMatching(/does not trust/)]);
  });

  test('asks /v2/ of the login server once, nothing of the data endpoint, and sends no credentials', async () => {
    const server = await registryAt([login, data], asksForToken);
    await probe(both, server, ['--region', 'westeurope']);
    expect(server.asked).toEqual([{ line: `GET /v2/ ${login}`, authorization: undefined }]);
  });

  test('reads well on a terminal', async () => {
    const server = await registryAt([login], firewall);
    const dns = await dnsServer(privately);
    const ca = join(mkdtempSync(join(tmpdir(), 'acr-audit-ca-')), 'ca.pem');
    writeFileSync(ca, server.ca);
    const { stdout } = await acrAudit(['probe', `${login}:${server.port}`], {
      NODE_OPTIONS: `--import=${root}test/cli/loopback-dns.mjs`,
      TEST_DNS_SERVER: dns.address,
      NODE_EXTRA_CA_CERTS: ca,
    });
    await Promise.all([server.close(), dns.close()]);
    expect(stdout.replace(dns.address, 'DNS').split('\n').slice(0, 11)).toEqual([
      'contoso.azurecr.io',
      '  something is broken, from here · asked DNS',
      '',
      '  contoso.azurecr.io · login server',
      '    alias of contoso.privatelink.azurecr.io',
      '    private: 127.0.0.1',
      "    127.0.0.1 answers 403, client with IP '203.0.113.7' is not allowed access. Refer",
      '      https://aka.ms/acr/firewall to grant access.',
      '',
      'What that means',
      "  ✗ contoso.azurecr.io refuses this machine: client with IP '203.0.113.7' is not allowed access.",
    ]);
  });
});

test.each([
  ['contoso', "'contoso' is no login server", 'acr-audit probe contoso.azurecr.io'],
  ['https://contoso.azurecr.io/v2/', 'is no login server', 'acr-audit probe contoso.azurecr.io'],
  ['contoso.azurecr.io:99999', 'is no login server', 'acr-audit probe contoso.azurecr.io'],
  ['a b.azurecr.io', 'is no login server', 'acr-audit probe'],
])('%s is refused in two lines', async (given, says, advice) => {
  const { code, stderr } = await acrAudit(['probe', given]);
  expect([code, stderr.trim().split('\n').length]).toEqual([2, 2]);
  expect(stderr).toContain(says);
  expect(stderr).toContain(advice);
});
