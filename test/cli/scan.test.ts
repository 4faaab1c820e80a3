import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import standard from '../../fixtures/tenants/standard.json' with { type: 'json' };
import threeRegions from '../../fixtures/tenants/three-regions.json' with { type: 'json' };
import zoneDenied from '../../fixtures/tenants/three-regions-zone-denied.json' with { type: 'json' };
import withoutSoftDelete from '../../fixtures/tenants/without-soft-delete.json' with { type: 'json' };
import type { TenantDocument } from '../../src/emulator/index.ts';
import type { Report } from '../../src/pages/report.ts';
import { findingIn, toldOf, toldVerdicts, verdictsByCheck } from '../verdicts.ts';
import { tenant } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'acr-audit-scan-'));

/** The checks of the first release, of the registry and of the subscription. */
const first = [
  'admin-user-disabled',
  'unlisted-networks-refused',
  'public-network-access-disabled',
  'private-endpoint-approved',
  'registry-reachable',
  'private-endpoint-covers-every-region',
  'private-dns-records-complete',
  'trusted-services-bypass',
  'untagged-manifests-cleaned',
  'deletes-recoverable',
  'lifecycle-policies-compatible',
  'defender-scans-registries',
  'premium-sku',
];
const chosen = first.flatMap((id) => ['--check', id]);

async function scanned(document: TenantDocument, args: readonly string[] = []) {
  const azure = await tenant(document);
  try {
    const ran = await azure.run(['scan', ...chosen, '-o', 'json', ...args]);
    const report = JSON.parse(ran.stdout) as Report;
    return { ...ran, report, verdicts: verdictsByCheck(report), finding: (id: string) => findingIn(report, id) };
  } finally {
    await azure.close();
  }
}

describe('a three-region registry with one data-endpoint record missing', () => {
  test('the record, its address and what the network notices are named; the other twelve are right', async () => {
    const { code, verdicts, finding } = await scanned(threeRegions);
    expect(code).toBe(1);
    expect(verdicts).toEqual({
      'admin-user-disabled': 'pass',
      'unlisted-networks-refused': 'pass',
      'public-network-access-disabled': 'pass',
      'private-endpoint-approved': 'pass',
      'registry-reachable': 'pass',
      'private-endpoint-covers-every-region': 'pass',
      'private-dns-records-complete': 'fail',
      'trusted-services-bypass': 'pass',
      'untagged-manifests-cleaned': 'pass',
      'deletes-recoverable': 'not-applicable',
      'lifecycle-policies-compatible': 'pass',
      'defender-scans-registries': 'pass',
      'premium-sku': 'pass',
    });
    const dns = finding('private-dns-records-complete');
    if (dns?.verdict !== 'fail') throw new Error('it fails');
    expect(dns.message).toMatch(/contosoprod\.eastus2\.data\b.*10\.20\.16\.6.*NXDOMAIN/);
    expect(dns.observations.find(({ words }) => words.includes('contosoprod.eastus2.data'))).toMatchObject({
      wanted: ['10.20.16.6'],
    });
    expect(dns.fix.map(({ text }) => text).join('\n')).toContain('contosoprod.eastus2.data');
  });

  test('collect and a later scan of the snapshot say the same, byte for byte', async () => {
    const azure = await tenant(threeRegions);
    const file = join(folder, 'snapshot.json');
    const scan = await azure.run(['scan', '-o', 'json']);
    const collected = await azure.run(['collect', '-o', file]);
    await azure.close();
    const { acrAudit } = await import('./run.ts');
    const later = await acrAudit(['scan', '--snapshot', file, '-o', 'json'], { SOURCE_DATE_EPOCH: '1999999999' });
    expect(collected.code).toBe(0);
    expect(later.stdout).toBe(scan.stdout);
    expect(later.code).toBe(scan.code);
    expect(statSync(file).mode & 0o077).toBe(0);
    const piped = await acrAudit(['scan', '--snapshot', '-', '-o', 'json'], {}, readFileSync(file, 'utf8'));
    expect(piped.stdout).toBe(scan.stdout);
  });
});

describe("the same registry, where the zone's subscription may not be read", () => {
  test('the verdict is unknown, with the missing action and scope, and the exit code is 3', async () => {
    const { code, report, finding } = await scanned(zoneDenied);
    expect(finding('private-dns-records-complete')).toMatchObject({
      verdict: 'unknown',
      missing: expect.arrayContaining([
        {
          action: 'Microsoft.Network/privateDnsZones/A/read',
          scope: expect.stringContaining('/privateDnsZones/privatelink.azurecr.io'),
        },
      ]),
    });
    expect(report.complete).toBe(false);
    expect(code).toBe(3);
  });

  test('and SARIF says that the run was no success', async () => {
    const azure = await tenant(zoneDenied);
    const ran = await azure.run(['scan', ...chosen, '-o', 'sarif', '--allow-incomplete']);
    await azure.close();
    const [run] = JSON.parse(ran.stdout).runs;
    expect(run.invocations[0].executionSuccessful).toBe(false);
    expect(JSON.stringify(run.invocations[0].toolExecutionNotifications)).toContain(
      'Microsoft.Network/privateDnsZones/A/read',
    );
    expect(ran.code).toBe(0);
  });
});

test('a Standard registry is told what its SKU keeps from it, once', async () => {
  const { report, verdicts } = await scanned(standard);
  expect(verdicts).toMatchObject({
    'premium-sku': 'fail',
    'public-network-access-disabled': 'not-applicable',
    'private-endpoint-approved': 'not-applicable',
    'untagged-manifests-cleaned': 'not-applicable',
  });
  expect(toldOf(report, 'public-network-access-disabled')).toContain('Standard');
  expect(toldOf(report, 'premium-sku')).toContain('private-endpoint-approved');
  expect(toldVerdicts(report).filter(({ check }) => check === 'premium-sku')).toHaveLength(1);
});

test('a registry whose answer lacks the soft delete policy gets no verdict on it', async () => {
  const { report, verdicts } = await scanned(withoutSoftDelete);
  expect(verdicts['deletes-recoverable']).toBe('unknown');
  expect(toldOf(report, 'deletes-recoverable')).toContain('2025-11-01');
});

test('one registry named on the command line is one registry', async () => {
  const azure = await tenant(threeRegions);
  const ran = await azure.run(['scan', 'CONTOSOPROD', '-o', 'json']);
  await azure.close();
  expect((JSON.parse(ran.stdout) as Report).subjects.filter(({ kind }) => kind === 'registry')).toHaveLength(1);
});

test('a scan reads and does nothing else', async () => {
  const azure = await tenant(threeRegions);
  await azure.run(['scan', '--profile', 'regulated']);
  await azure.close();
  expect(azure.requests.length).toBeGreaterThan(5);
  expect(
    azure.requests.filter(
      (request) =>
        !('method' in request) ||
        (request.method !== 'GET' && !request.path.startsWith('/providers/Microsoft.ResourceGraph/resources')),
    ),
  ).toEqual([]);
});

describe('a tenant without any registry', () => {
  const empty = { ...threeRegions, resources: [] };
  test.each([
    [['scan', '-q'], 3],
    [['scan', '-q', '--allow-empty'], 0],
    [['collect', '-o', join(folder, 'empty.jsonl')], 3],
    [['collect', '-o', join(folder, 'empty.jsonl'), '--allow-empty'], 0],
    [['plan'], 3],
  ])('%j ends in %i', async (args, code) => {
    const azure = await tenant(empty);
    try {
      expect((await azure.run(args)).code).toBe(code);
    } finally {
      await azure.close();
    }
  });
});
