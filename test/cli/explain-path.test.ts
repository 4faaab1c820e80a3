import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TenantDocument } from '../../src/emulator/index.ts';
import { dnsServer } from '../dns-server.ts';
import { networkId, networkTenant } from '../emulator/network-tenant.ts';
import { acrAudit, tenant } from './run.ts';

const path = (...args: string[]) => ['explain', 'path', 'contosoprod', ...args];

describe('explain path', () => {
  test('the demo tells from where its registry can be pulled, where not, and what mends it', async () => {
    const { stdout, code } = await acrAudit(path('--demo'));
    expect(code).toBe(1);
    expect(stdout).toContain('Who can pull, by the region that serves the layers');
    expect(stdout).toMatch(/1\. Broken: network vnet-apps is not linked to zone privatelink\.azurecr\.io/);
    expect(stdout).toMatch(
      /az network private-dns link vnet create --subscription \S+ .*--virtual-network \S+vnet-apps/,
    );
    expect(stdout).toMatch(/contosoprod\.eastus2\.data is missing/);
    expect(stdout).toMatch(/│ ACR Tasks .*│ no /);
    expect(stdout).not.toMatch(/<(registry|subscription|group)>/);
  });

  test('a snapshot tells the same as the scan it came from, as JSON too', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'path-')), 'snapshot.json');
    await acrAudit(['collect', '--demo', '-o', file, '--allow-incomplete', '-q']);
    const [live, saved] = await Promise.all([
      acrAudit(path('--demo', '-o', 'json')),
      acrAudit(path('--snapshot', file, '-o', 'json')),
    ]);
    expect(saved.stdout).toBe(live.stdout);
    const page = JSON.parse(saved.stdout);
    expect(page).toMatchObject({ schema: 'acr-audit/path@1', name: 'contosoprod', probed: null });
    expect(page.stops[0].hop.kind).toBe('not-linked');
  });

  const mistakes: [string, string[], RegExp][] = [
    ['no registry is named', ['explain', 'path', '--demo'], /the path of which registry\?\n.*explain path NAME/],
    [
      'the registry does not exist',
      ['explain', 'path', 'contosoprd', '--demo'],
      /no registry 'contosoprd'.*\n.*contosoprod/,
    ],
    ['the demo is to be probed', path('--demo', '--probe'), /--probe asks DNS/],
  ];
  test.each(mistakes)('%s', async (_, args, says) => {
    const { stderr, stdout } = await acrAudit(args);
    expect(stderr).toMatch(says);
    expect(stdout).toBe('');
  });
});

test('the configuration file decides on the profile, the bar and the consumers; the command line wins', async () => {
  const azure = await tenant(closedRegistry());
  try {
    const config = join(mkdtempSync(join(tmpdir(), 'config-')), 'own.yaml');
    writeFileSync(
      config,
      `profile: regulated\nfailOn: none\nconsumers:\n  - registry: contoso\n    networks: [${networkId('vnet-ci')}]\n`,
    );
    const page = await azure.run(['explain', 'path', 'contoso', '--config', config, '-o', 'json']);
    expect(JSON.parse(page.stdout).from.map(({ name }: { name: string }) => name)).toEqual(['vnet-ci', 'vnet-hub']);

    const scan = ['scan', '--allow-incomplete', '-o', 'json', '--config', config];
    const [configured, overruled] = await Promise.all([
      azure.run(scan),
      azure.run([...scan, '--profile', 'recommended', '--fail-on', 'low']),
    ]);
    expect([JSON.parse(configured.stdout).profile, configured.code]).toEqual(['regulated', 0]);
    expect([JSON.parse(overruled.stdout).profile, overruled.code]).toEqual(['recommended', 1]);

    writeFileSync(config, 'profile: regulated\nwaver: []\n');
    const mistaken = await azure.run(scan);
    expect(mistaken.stderr).toMatch(/own\.yaml:2: unknown key 'waver'\n.*waivers/);
    expect(mistaken.code).toBe(2);
  } finally {
    await azure.close();
  }
});

test('--probe asks DNS for the names and tells the answers; of verdicts it changes the one that probe names', async () => {
  const server = await dnsServer({ 'contoso.azurecr.io': ['127.0.0.4'] });
  const azure = await tenant(closedRegistry());
  const env = {
    NODE_OPTIONS: `--import=${new URL('./loopback-dns.mjs', import.meta.url).href}`,
    TEST_DNS_SERVER: server.address,
  };
  try {
    const scan = ['scan', '--allow-incomplete', '-o', 'json'];
    const [plain, probed] = await Promise.all([azure.run(scan, env), azure.run([...scan, '--probe'], env)]);
    const looked = ['contoso.azurecr.io', 'contoso.westeurope.data.azurecr.io'];
    expect(server.asked.sort()).toEqual(
      ['A', 'AAAA', 'CNAME'].flatMap((type) => looked.map((name) => `${type} ${name}`)),
    );
    expect(probed.stderr).toContain('DNS here, contoso: 1 private, 1 NXDOMAIN');
    expect(plain.stderr).not.toContain('DNS here');
    const told = (stdout: string) =>
      JSON.parse(stdout).subjects.flatMap(({ findings }: { findings: { check: string; verdict: string }[] }) =>
        findings.map(({ check, verdict }) => `${check}: ${verdict}`),
      );
    expect(told(probed.stdout).filter((one: string) => !told(plain.stdout).includes(one))).toEqual([
      'private-dns-records-complete: fail',
    ]);
    expect(told(plain.stdout).filter((one: string) => !told(probed.stdout).includes(one))).toEqual([]);

    const page = await azure.run(['explain', 'path', 'contoso', '--probe'], env);
    expect(page.stdout).toMatch(/contoso\.azurecr\.io +│ private: 127\.0\.0\.4 +│ 127\.0\.0\.4 \(agrees\)/);
    expect(page.stdout).toMatch(/contoso\.westeurope\.data\.azurecr\.io +│ NXDOMAIN +│ 127\.0\.0\.5/);
    expect(page.stdout).toContain('✗ contoso.westeurope.data.azurecr.io is NXDOMAIN: login works, then pulls');
  } finally {
    await Promise.all([azure.close(), server.close()]);
  }
});

/** One registry in one region, with an endpoint in vnet-hub; vnet-ci has no private path. */
function closedRegistry(): TenantDocument {
  const endpoints = [{ name: 'pe', registry: 'contoso', network: 'vnet-hub', prefix: '127.0.0', zone: 'rg-dns' }];
  return networkTenant({
    registries: { contoso: { regions: ['westeurope'] } },
    networks: { 'vnet-hub': {}, 'vnet-ci': {} },
    endpoints,
    zones: { 'rg-dns': ['vnet-hub'] },
  });
}
